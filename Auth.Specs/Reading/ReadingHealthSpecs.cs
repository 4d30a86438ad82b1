using Auth.Projections;
using Auth.Specs.Given;
using Npgsql;

namespace Auth.Specs.Reading;

/// <summary>A reading that does not follow shows on the health page, and changes no decision (R05, R90).</summary>
public class ReadingHealthSpecs(RunningHost host)
{
    private const string OthersFollowed = """
        select 'yes' where exists (select from auth.mt_events where type = 'sign_in.text_handed_over') and (select max(seq_id) from auth.mt_events) =
            (select min(last_seq_id) from auth.mt_event_progression where name in ('SignInHistory:All', 'UserMfaStatus:All'))
        """;

    [Fact]
    public async Task every_reading_is_looked_at()
    {
        await new Visit(host, await Person.Make(host)).Through();

        (await Eventually.Of(async () => await Progressing() is { Count: var many } names && many == Readings.Shards.Length ? names : null)).ShouldBe(Readings.Shards, ignoreOrder: true);
    }

    [Fact]
    public async Task those_that_followed_are_well_however_long_ago_that_was()
    {
        await using var own = new RunningHost { Name = "readings_well" };
        await own.InitializeAsync();
        await new Visit(own, await Person.Make(own)).Through();
        await Eventually.Of(async () => (await Ask(own, OthersFollowed.Replace("'SignInHistory:All'", "'SignInHistory:All', 'SignInTimeline:All'"))).FirstOrDefault());
        StoryClock.Advance(TimeSpan.FromMinutes(5));

        ((string?)(await new Browser(own).Get("/health/ready")).Json["checks"]!["readings"]!["status"]).ShouldBe("ok");
    }

    [Fact]
    public async Task one_that_never_followed_degrades_the_health_and_no_sign_in()
    {
        await using var own = new RunningHost { Name = "readings_stuck" };
        await own.InitializeAsync();
        await Ask(own, "alter table auth.mt_doc_signintimeline rename to gone");
        await new Visit(own, await Person.Make(own)).Through();
        await Eventually.Of(async () => (await Ask(own, OthersFollowed)).FirstOrDefault());
        StoryClock.Advance(TimeSpan.FromSeconds(25));

        var reading = (await new Browser(own).Get("/health/ready")).Json["checks"]!["readings"]!;

        ((string?)reading["status"]).ShouldBe("degraded");
    }

    private async Task<List<string>> Progressing() => await Ask(host, "select name from auth.mt_event_progression where name not like 'HighWater%'");

    private static async Task<List<string>> Ask(RunningHost host, string sql)
    {
        await using var connection = new NpgsqlConnection(host.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var answers = new List<string>();
        while (await rows.ReadAsync(TestContext.Current.CancellationToken)) answers.Add(rows.GetString(0));
        return answers;
    }
}
