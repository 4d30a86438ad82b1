using System.Text.RegularExpressions;
using Auth.Specs.Given;

namespace Auth.Specs.Promises;

/// <summary>What the pages point to is there: other pages, and places in the code.</summary>
public partial class PagesSpecs
{
    private static readonly string[] Pages = [.. Directory.GetFiles(Checkout.File("docs"), "*.md", SearchOption.AllDirectories), .. Directory.GetFiles(Checkout.Root, "*.md")];

    [Fact]
    public void every_link_leads_somewhere() =>
        Named(Link(), (page, name) => Path.Combine(Path.GetDirectoryName(page)!, name)).ShouldBeEmpty();

    [Fact]
    public void every_place_in_the_code_is_there() =>
        Named(Place(), (_, name) => Checkout.File(name)).ShouldBeEmpty();

    [Fact]
    public void every_rule_the_threat_model_points_to_is_there() =>
        Rule().Matches(File.ReadAllText(Checkout.File("docs", "threat-model.md"))).Select(match => match.Groups[1].Value).Where(rule => !File.Exists(Checkout.File("Auth.Domain", "SignIns", rule))).ShouldBeEmpty();

    [Fact]
    public void the_readme_names_every_page() =>
        Directory.GetFiles(Checkout.File("docs"), "*.*").Select(file => $"`docs/{Path.GetFileName(file)}`").Where(name => !File.ReadAllText(Checkout.File("README.md")).Contains(name, StringComparison.Ordinal)).ShouldBeEmpty();

    private static IEnumerable<string> Named(Regex name, Func<string, string, string> file) =>
        from page in Pages
        from match in name.Matches(File.ReadAllText(page))
        where !Path.Exists(file(page, match.Groups[1].Value))
        select $"{Path.GetFileName(page)}: {match.Groups[1].Value}";

    [GeneratedRegex(@"\]\((?!https?:)([^)#\s]+)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`(Auth\.[A-Za-z]+/[A-Za-z0-9/.]+\.cs)`")]
    private static partial Regex Place();

    [GeneratedRegex(@"`([A-Z][A-Za-z]+\.cs)`")]
    private static partial Regex Rule();
}
