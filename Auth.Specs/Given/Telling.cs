namespace Auth.Specs.Given;

/// <summary>How a story that went wrong is told back.</summary>
public static class Telling
{
    /// <summary>One thing a line, under each other.</summary>
    public static string Lines(this IEnumerable<object> things) =>
        string.Join("\n          ", things.Select(thing => thing.ToString()).DefaultIfEmpty("nothing"));
}
