using Auth.Specs.Given;

namespace Auth.Specs.Audit;

/// <summary>Events as they happen.</summary>
public class FollowSpecs(RunningHost host)
{
    [Fact]
    public async Task the_stream_tells_events_in_order_and_goes_on_behind_the_last_one_seen()
    {
        var visit = new Visit(host, await Person.Make(host));
        await visit.Create();
        var first = (await Follow($"stream={visit.SignIn}&after=0", null, 2)).ToList();
        first.Select(e => e.Type).ShouldBe(["sign_in.identified", "sign_in.first_factor_verified"]);

        await visit.Prepare();
        (await Follow($"stream={visit.SignIn}", first[0].Id, 2)).Select(e => e.Type).ShouldBe(["sign_in.first_factor_verified", "sign_in.second_factor_prepared"]);
    }

    [Fact]
    public async Task following_is_told_once_and_never_tells_itself()
    {
        var auditor = new Auditing(host, RunningHost.OtherAuditKey);
        var visit = new Visit(host, await Person.Make(host));
        await visit.Create();
        var before = (await auditor.Trail()).OfType<Domain.Audits.HistoryFollowed>().Count();
        await Follow($"stream={visit.SignIn}&after=0", null, 1);

        (await auditor.Trail()).OfType<Domain.Audits.HistoryFollowed>().Count().ShouldBe(before + 1);
    }

    [Fact]
    public async Task a_tail_tells_a_line_each_and_stops_after_so_many()
    {
        var visit = new Visit(host, await Person.Make(host));
        await visit.Create();

        var told = await new Auditor(host).Ask("tail", "--stream", visit.SignIn, "--after", "0", "--limit", "2");
        told.Data.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(2);
        told.Data.ShouldContain("First factor verified");
    }

    private async Task<IReadOnlyList<(string Id, string Type)>> Follow(string query, string? behind, int many)
    {
        using var client = host.Connect();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/audit/stream?{query}");
        request.Headers.Authorization = new("Bearer", RunningHost.OtherAuditKey);
        if (behind is not null) request.Headers.Add("Last-Event-ID", behind);
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        List<(string, string)> told = [];
        var id = "";
        while (told.Count < many && await lines.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            if (line.StartsWith("id: ", StringComparison.Ordinal)) id = line[4..];
            else if (line.StartsWith("event: ", StringComparison.Ordinal)) told.Add((id, line[7..]));
        return told;
    }
}
