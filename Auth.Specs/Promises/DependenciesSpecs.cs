namespace Auth.Specs.Promises;

/// <summary>Older versions of these let strings into SQL (CVE-2026-75513, CVE-2026-45288, CVE-2024-32655; R80).</summary>
public class DependenciesSpecs
{
    [Theory]
    [InlineData("Marten", "9.15.3")]
    [InlineData("Npgsql", "8.0.3")]
    public void are_new_enough(string name, string least)
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Auth.Host.deps.json"));
        using var libraries = System.Text.Json.JsonDocument.Parse(file);

        var version = libraries.RootElement.GetProperty("libraries").EnumerateObject().Select(library => library.Name.Split('/')).Single(library => library[0] == name)[1];
        Version.Parse(version).ShouldBeGreaterThanOrEqualTo(Version.Parse(least));
    }
}
