using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Auth.Host.Http;
using Auth.Specs.Given;

namespace Auth.Specs.Promises;

/// <summary><c>docs/http-api.md</c> tells of every operation of the API document and of no other, each with a line to paste and with codes that exist.</summary>
public partial class HttpApiPageSpecs
{
    private static readonly string Page = File.ReadAllText(Checkout.File("docs", "http-api.md"));
    private static readonly string[] Promised = [.. JsonNode.Parse(File.ReadAllText(Checkout.File("docs", "openapi.json")))!["paths"]!.AsObject()
        .SelectMany(path => path.Value!.AsObject().Select(operation => $"{operation.Key.ToUpperInvariant()} {path.Key}"))];

    [Fact]
    public void every_operation_has_its_section_and_every_section_its_operation() =>
        Sections.Select(section => section.Operation).ShouldBe(Promised, ignoreOrder: true);

    [Fact]
    public void every_section_has_one_line_to_paste_and_it_asks_for_what_the_section_is_about() =>
        Sections.Where(section => section.Asks is not [var asked] || asked != section.Operation).Select(section => $"{section.Operation}: {string.Join(", ", section.Asks)}").ShouldBeEmpty();

    [Fact]
    public void no_path_is_named_that_is_not_there() =>
        Path().Matches(Page).Select(match => match.Value).Distinct().Where(path => !Promised.Any(operation => operation.EndsWith($" {path}", StringComparison.Ordinal))).ShouldBeEmpty();

    [Fact]
    public void every_code_is_in_the_catalogue() =>
        Sections.SelectMany(section => section.Codes).Distinct().Where(code => Problems.Of(code) is null).ShouldBeEmpty();

    private static IEnumerable<Section> Sections => Heading().Split(Page).Skip(1).Chunk(2).Select(parts => new Section(parts[0], parts[1].Split("\n## ")[0]));

    private sealed record Section(string Operation, string Text)
    {
        public string[] Asks => [.. Pasted().Matches(Text).Select(match => match.Value).Select(line => $"{Asked(line)} {Variable().Replace(Address().Match(line).Groups[1].Value, Operation.Contains("{version}", StringComparison.Ordinal) ? "{version}" : "{id}")}")];

        public IEnumerable<string> Codes => Text.Split("[Errors](errors.md): ").Skip(1).SelectMany(errors => Code().Matches(errors).Select(match => match.Groups[1].Value));

        private static string Asked(string line) => Method().Match(line) is { Success: true } said ? said.Groups[1].Value : line.Contains(" -d ", StringComparison.Ordinal) ? "POST" : "GET";
    }

    [GeneratedRegex(@"^### ([A-Z]+ /\S+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^    curl .+$", RegexOptions.Multiline)]
    private static partial Regex Pasted();

    [GeneratedRegex(@"\$H(/[^\s?""]*)")]
    private static partial Regex Address();

    [GeneratedRegex(@" -X ([A-Z]+) ")]
    private static partial Regex Method();

    [GeneratedRegex(@"\$[A-Z]+")]
    private static partial Regex Variable();

    [GeneratedRegex(@"`([a-z_]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"(?<=[\s`])/(v1|\.well-known)/[^\s?`""]*")]
    private static partial Regex Path();
}
