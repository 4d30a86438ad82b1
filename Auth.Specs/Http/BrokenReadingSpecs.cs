using Auth.Projections;
using Auth.Specs.Given;
using Marten;
using Npgsql;

namespace Auth.Specs.Http;

/// <summary>Whether somebody needs a second factor is read from their own events, so readings that never ran change nothing (R05, R90).</summary>
public class BrokenReadingSpecs
{
    private static readonly string[] Gone = ["mt_event_progression", "mt_doc_usermfastatus", "mt_doc_signinhistory", "mt_doc_signintimeline"];

    [Fact]
    public async Task enabled_while_no_reading_follows_the_second_factor_is_asked_for_all_the_same()
    {
        await using var host = new RunningHost { Name = "readings_never_ran" };
        await host.InitializeAsync();
        foreach (var table in Gone) await Do(host, $"alter table auth.{table} rename to {table}_gone");
        var person = await Person.Make(host, twoStep: false);
        ((string)(await new Visit(host, person).Create()).Response["status"]!).ShouldBe("complete");

        (await new Operator(host).Patch($"/v1/phone_numbers/{person.PhoneNumberId}", new { reserved_for_second_factor = true })).Status.ShouldBe(200);
        var visit = new Visit(host, person);
        var reply = await visit.Create();

        ((string)reply.Response["status"]!).ShouldBe("needs_second_factor");
        (await visit.Browser.Get("/v1/me")).Status.ShouldBe(401);
        (await visit.Prepare()).Status.ShouldBe(200);
        (await visit.Attempt(await person.LatestCode(host))).Status.ShouldBe(200);
        (await visit.Browser.Get("/v1/me")).Status.ShouldBe(200);
        foreach (var table in Gone.Skip(1)) (await Do(host, $"select count(*) from auth.{table}_gone")).ShouldBe(0L);
    }

    private static async Task<object?> Do(RunningHost host, string sql)
    {
        await using var database = NpgsqlDataSource.Create(host.ConnectionString);
        await using var command = database.CreateCommand(sql);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
