using Auth.Domain.SignIns;
using Auth.Host.Delivery;
using Auth.Host.Http;
using Auth.Host.Instances;
using Auth.Specs.Given;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Wolverine;

namespace Auth.Specs.Http;

/// <summary>A text leaves only after its fact is committed, and only while its code is worth something (R27).</summary>
public class UnsentSpecs(RunningHost host)
{
    /// <summary>The database refuses at the very end, in the commit: everything that the request queued is taken back with it.</summary>
    [Fact]
    public async Task a_request_whose_commit_fails_sends_nothing()
    {
        await using var own = new RunningHost { Name = "commit_fails" };
        await own.InitializeAsync();
        var person = await Person.Make(own);
        var visit = new Visit(own, person);
        (await visit.Create()).Status.ShouldBe(200);
        await Do(own, """
            create function refuse() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$;
            create constraint trigger refuse after insert on auth.mt_doc_sends deferrable initially deferred for each row execute function refuse();
            """);

        (await visit.Prepare()).ShouldBe(500, "internal_clerk_error");
        (await visit.Facts()).ShouldNotContain(fact => fact is SecondFactorPrepared);
        (await Do(own, "select count(*) from auth_bus.wolverine_incoming_envelopes where message_type like '%SendText'")).ShouldBe(0L);

        await Do(own, "drop trigger refuse on auth.mt_doc_sends");
        (await visit.Prepare()).Status.ShouldBe(200);
        await Settled(own);
        (await person.Texts(own)).ShouldBe(1);
        (await visit.Attempt(await person.LatestCode(own))).Status.ShouldBe(200);
    }

    /// <summary>All but one lose the race, read again, and find the text on its way.</summary>
    [Fact]
    public async Task of_prepares_that_race_one_text_leaves()
    {
        await using var own = new RunningHost { Name = "prepares_race" };
        await own.InitializeAsync();
        var person = await Person.Make(own);
        var visit = new Visit(own, person);
        (await visit.Create()).Status.ShouldBe(200);

        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            visit.Browser.Twin().Post($"/v1/client/sign_ins/{visit.SignIn}/prepare_second_factor", ("strategy", "phone_code"))));

        replies.ShouldAllBe(reply => reply.Status == 200 || reply.Status == 409);
        (await visit.Facts()).Count(fact => fact is SecondFactorPrepared).ShouldBe(1);
        await Settled(own);
        (await person.Texts(own)).ShouldBe(1);
    }

    /// <summary>A text that was not handed over for a while, and meanwhile this happened.</summary>
    [Theory]
    [InlineData("nothing", 1)]
    [InlineData("the code ran out", 0)]
    [InlineData("a newer code was issued", 0)]
    [InlineData("the sign-in was superseded", 0)]
    [InlineData("the number was released", 0)]
    [InlineData("it is of another sign-in", 0)]
    public async Task a_text_that_waited_leaves_only_if_its_code_still_counts(string meanwhile, int texts)
    {
        var account = await Account.WithNumber(host);
        var (person, visit) = (account.Person, new Visit(host, account.Person));
        (await visit.Create()).Status.ShouldBe(200);
        var (text, late) = ((await Untexted.Issue(host, visit, person)).Text, visit.SignIn);

        switch (meanwhile)
        {
            case "the code ran out": StoryClock.Advance(TimeSpan.FromMinutes(5)); break;
            case "a newer code was issued": await Untexted.Issue(host, visit, person, issue: 2); break;
            case "the sign-in was superseded": await visit.Identify(); break;
            case "the number was released": await account.TakeAllOff(); break;
            case "it is of another sign-in": (await visit.Create()).Status.ShouldBe(200); late = visit.SignIn; break;
        }

        await using (var scope = host.Alba.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<IMessageBus>().InvokeForTenantAsync(Tenants.Default, new SendText(Id(late), text), TestContext.Current.CancellationToken);

        (await person.Texts(host)).ShouldBe(texts);
    }

    private static Guid Id(string signIn) => SignInId.TryParse(signIn, out var id) ? id.Value : Guid.Empty;

    private static Task<string> Settled(RunningHost own) =>
        Eventually.Of(async () => await Do(own, "select count(*) from auth_bus.wolverine_incoming_envelopes where status <> 'Handled'") is 0L ? "done" : null);

    private static async Task<object?> Do(RunningHost own, string sql)
    {
        await using var database = NpgsqlDataSource.Create(own.ConnectionString);
        await using var command = database.CreateCommand(sql);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
