using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Auth.Domain.Audits;
using Auth.Host.Audit.Export;
using Auth.Projections;
using Auth.Specs.Given;

namespace Auth.Specs.Audit;

/// <summary>Events taken along: what the file looks like, and that it is known which one it was.</summary>
public class ExportSpecs(RunningHost host)
{
    private readonly Auditing _auditor = new(host, RunningHost.OtherAuditKey);

    [Fact]
    public async Task a_file_is_whole_and_can_be_gone_on_from()
    {
        var visit = new Visit(host, await Person.Make(host));
        await visit.Through();
        await _auditor.Found($"stream={visit.SignIn}", 5);

        var (first, trailers) = await Export($"stream={visit.SignIn}");
        first.Select(line => (string)JsonNode.Parse(line)!["type"]!).ShouldContain("sign_in.converted");
        trailers["Export-Events"].ShouldBe($"{first.Length}");
        trailers["Export-Sha256"].ShouldBe(Hash(first));

        var middle = (long)JsonNode.Parse(first[1])!["sequence"]!;
        var (rest, _) = await Export($"stream={visit.SignIn}&after={middle}");
        rest[..(first.Length - 2)].ShouldBe(first[2..]);
    }

    [Fact]
    public async Task it_is_told_before_and_after_with_its_hash()
    {
        var before = (await _auditor.Trail()).Count;
        var (_, trailers) = await Export("type=user.erased");
        var trail = (await _auditor.Trail()).Skip(before).ToList();

        trail[0].ShouldBeOfType<HistoryExported>().Sought!.Types.ShouldBe("user.erased");
        trail[1].ShouldBeOfType<ExportFinished>().Sha256.ShouldBe(trailers["Export-Sha256"]);
    }

    [Fact]
    public async Task every_line_is_as_its_published_schema_says()
    {
        await new Visit(host, await Person.Make(host)).Through();
        foreach (var line in (await Export("")).Lines)
        {
            var e = JsonNode.Parse(line)!.AsObject();
            var schema = JsonNode.Parse(EventSchemas.Of((string)e["type"]!)!)!;
            e.Select(member => member.Key).ShouldBe(schema["properties"]!.AsObject().Select(member => member.Key), (string)e["type"]!);
            e["facts"]!.AsObject().Select(member => member.Key).Except(schema["properties"]!["facts"]!["properties"]?.AsObject().Select(member => member.Key) ?? []).ShouldBeEmpty((string)e["type"]!);
        }
    }

    [Fact]
    public async Task ocsf_lines_have_what_their_class_requires()
    {
        var visit = new Visit(host, await Person.Make(host));
        await visit.Through();
        var lines = (await Export("format=ocsf")).Lines.Select(line => JsonNode.Parse(line)!.AsObject()).ToList();

        foreach (var line in lines)
        {
            foreach (var required in (string[])["activity_id", "category_uid", "class_uid", "metadata", "severity_id", "time", "type_uid"]) line.ContainsKey(required).ShouldBeTrue($"{required} in {line}");
            ((long)line["type_uid"]!).ShouldBe(((long)line["class_uid"]! * 100) + (long)line["activity_id"]!);
            if ((int)line["class_uid"]! is not 0) line["user"]!["uid"].ShouldNotBeNull();
            if ((int)line["class_uid"]! is 3002) line["service"]!["name"]!.ToString().ShouldBe("Auth");
        }

        lines.ShouldContain(line => (int)line["class_uid"]! == 3002 && (int)line["activity_id"]! == 1 && (int)line["status_id"]! == 1);
        lines.ShouldContain(line => (int)line["class_uid"]! == 3001 && (int)line["activity_id"]! == 10);
        lines.ShouldContain(line => line["auth_factors"] != null && (int)line["auth_factors"]![0]!["factor_type_id"]! == 11);
    }

    [Fact]
    public async Task cloud_events_have_what_version_1_0_requires()
    {
        await new Visit(host, await Person.Make(host)).Create();
        var line = JsonNode.Parse((await Export("format=cloudevents&type=sign_in.identified")).Lines[0])!;

        (line["specversion"]!.ToString(), line["type"]!.ToString(), line["source"]!.ToString()).ShouldBe(("1.0", "auth.sign_in.identified.v1", "http://localhost:5080"));
        line["id"]!.ToString().ShouldBe(line["data"]!["id"]!.ToString());
        line["dataschema"]!.ToString().ShouldEndWith("/v1/audit/schemas/sign_in.identified");
    }

    [Fact]
    public async Task csv_has_a_header_and_as_many_cells_in_every_line()
    {
        await new Visit(host, await Person.Make(host)).Create();
        var lines = (await Export("format=csv&type=sign_in.identified", "\r\n")).Lines;

        lines[0].ShouldStartWith("sequence,id,at,type");
        lines.Length.ShouldBeGreaterThan(1);
        foreach (var line in lines) Cells(line).ShouldBe(Cells(lines[0]));
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+46700000000", "'+46700000000")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("-1", "'-1")]
    [InlineData("\tx", "\"'\tx\"")]
    [InlineData("a,\"b\"", "\"a,\"\"b\"\"\"")]
    [InlineData("plain", "plain")]
    public void no_cell_is_a_formula(string text, string cell) => CsvForm.Cell(text).ShouldBe(cell);

    [Fact]
    public void every_kind_of_event_has_its_schema_in_the_docs() =>
        EventNames.All.Values.Where(type => Schema(type) != EventSchemas.Of(type)).ShouldBeEmpty("run: dotnet Auth.Host.dll audit schemas docs/schemas");

    [Fact]
    public void no_schema_is_there_of_what_is_no_event() =>
        Directory.GetFiles(Path.GetDirectoryName(Checkout.File("docs", "schemas", "sign_in.identified.json"))!).Select(Path.GetFileNameWithoutExtension).Except(EventNames.All.Values).ShouldBeEmpty();

    [Fact]
    public async Task the_command_writes_the_same_file_and_a_manifest()
    {
        var visit = new Visit(host, await Person.Make(host));
        await visit.Create();
        var folder = Directory.CreateTempSubdirectory();
        var path = Path.Combine(folder.FullName, "events.ndjson");
        string[] asked = ["export", "--stream", visit.SignIn, "--type", "sign_in.identified,sign_in.first_*", "--out", path];
        (await new Auditor(host).Ask(asked)).Code.ShouldBe(0);
        var manifest = JsonNode.Parse(await File.ReadAllTextAsync($"{path}.manifest.json", TestContext.Current.CancellationToken))!;

        manifest["sha256"]!.ToString().ShouldBe(Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken))));
        ((long)manifest["count"]!).ShouldBe(2);
        (await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken)).ShouldBe((await Export($"stream={visit.SignIn}&type=sign_in.identified,sign_in.first_*")).Lines);
        (await new Auditor(host).Ask(asked)).Code.ShouldBe(73);
        folder.Delete(recursive: true);
    }

    private static string? Schema(string type) => Checkout.File("docs", "schemas", $"{type}.json") is var path && File.Exists(path) ? File.ReadAllText(path) : null;

    private static int Cells(string line)
    {
        var (cells, quoted) = (1, false);
        foreach (var c in line)
            if (c == '"') quoted = !quoted;
            else if (c == ',' && !quoted) cells++;
        return cells;
    }

    private static string Hash(string[] lines) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")))));

    private async Task<(string[] Lines, IReadOnlyDictionary<string, string> Trailers)> Export(string query, string end = "\n")
    {
        using var client = host.Connect();
        client.DefaultRequestHeaders.Authorization = new("Bearer", RunningHost.OtherAuditKey);
        using var answer = await client.GetAsync(new Uri($"/v1/audit/export?{query}", UriKind.Relative), TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        ((int)answer.StatusCode).ShouldBe(200, text);
        return (text.Split(end, StringSplitOptions.RemoveEmptyEntries), answer.TrailingHeaders.ToDictionary(header => header.Key, header => header.Value.Single()));
    }
}
