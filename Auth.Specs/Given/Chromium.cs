namespace Auth.Specs.Given;

/// <summary>The browser of this machine, which <c>dotnet test</c> has installed when there was none.</summary>
public static class Chromium
{
    /// <summary>What <c>AUTH_CHROMIUM</c> names, or the first of the usual places that is there.</summary>
    public static string Program { get; } =
        Environment.GetEnvironmentVariable("AUTH_CHROMIUM") is { Length: > 0 } chosen ? chosen
        : Usual().FirstOrDefault(File.Exists) ?? throw new InvalidOperationException("There is no Chromium. Run the specs once through `dotnet test`, or set AUTH_CHROMIUM.");

    private static IEnumerable<string> Usual()
    {
        using var list = new StreamReader(typeof(Chromium).Assembly.GetManifestResourceStream("browsers.txt")!);
        while (list.ReadLine() is { } place) yield return place;
    }
}
