using System.Reflection;
using System.Text.RegularExpressions;
using Auth.Specs.Given;

namespace Auth.Specs.Promises;

/// <summary><c>docs/security.md</c> says of every requirement whether it is held, and by which specs; the specs it names are there.</summary>
public partial class SecurityTableSpecs
{
    private static readonly Row[] Rows = [.. Line().Matches(File.ReadAllText(Checkout.File("docs", "security.md")))
        .Select(line => new Row(line.Groups[1].Value, line.Groups[2].Value, [.. Named().Matches(line.Groups[3].Value).Select(named => named.Groups[1].Value)], line.Groups[4].Value))];

    private static readonly Type[] Specs = [.. typeof(SecurityTableSpecs).Assembly.GetTypes().Where(type => type.Name.EndsWith("Specs", StringComparison.Ordinal))];

    [Fact]
    public void every_requirement_has_one_row() => Rows.Select(row => row.Id).ShouldBe(Enumerable.Range(1, 90).Select(id => $"R{id:d2}"));

    [Fact]
    public void every_spec_it_names_is_there() => Rows.SelectMany(row => row.Specs).Distinct().Where(name => !IsThere(name)).ShouldBeEmpty();

    [Fact]
    public void what_is_held_is_held_by_a_spec() => Rows.Where(row => row.State == "held" && row.Specs.Count == 0).Select(row => row.Id).ShouldBeEmpty();

    [Fact]
    public void what_is_partly_held_says_what_is_missing() =>
        Rows.Where(row => row.State == "partly" && (row.Specs.Count == 0 || row.Remark.Length == 0)).Select(row => row.Id).ShouldBeEmpty();

    [Fact]
    public void what_is_not_there_yet_names_no_spec() => Rows.Where(row => row.State == "not yet" && row.Specs.Count > 0).Select(row => row.Id).ShouldBeEmpty();

    [Fact]
    public void every_state_is_one_of_three() => Rows.Where(row => row.State is not ("held" or "partly" or "not yet")).Select(row => $"{row.Id} {row.State}").ShouldBeEmpty();

    // A class, or one of its specs; with the last part of the namespace in front where two classes share a name.
    private static bool IsThere(string name) => Classes(name) switch
    {
        [_] => true,
        [] => name.LastIndexOf('.') is > 0 and var dot && Classes(name[..dot]) is [var type] && type.GetMethod(name[(dot + 1)..])?.GetCustomAttributes().Any(a => a is FactAttribute) == true,
        _ => false,
    };

    private static Type[] Classes(string name) => [.. Specs.Where(type => type.FullName!.EndsWith($".{name}", StringComparison.Ordinal))];

    private sealed record Row(string Id, string State, IReadOnlyList<string> Specs, string Remark);

    [GeneratedRegex(@"^\| (R\d\d) \| [^|]+ \| ([^|]+) \| ([^|]*) ?\| ?([^|]*?) ?\|$", RegexOptions.Multiline)]
    private static partial Regex Line();

    [GeneratedRegex(@"`([A-Za-z0-9_.]+)`")]
    private static partial Regex Named();
}
