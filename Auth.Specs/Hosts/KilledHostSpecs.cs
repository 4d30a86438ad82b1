using Auth.Specs.Given;

namespace Auth.Specs.Hosts;

/// <summary>kill -9 takes nothing back that was answered, and no text gets lost.</summary>
public class KilledHostSpecs
{
    /// <summary>Until then a dead host's texts have left: a promise, not a measurement.</summary>
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(20);

    /// <summary>The text is still on its way out when its host dies: somebody else sends it, once, with the code that works (R28).</summary>
    [Fact]
    public async Task the_other_host_sends_what_a_killed_one_did_not()
    {
        await using var database = await SharedDatabase.Make();
        await using var silent = await SmsProvider.Start(silent: true);
        var (first, second) = (await database.Host(silent), await database.Host());
        var person = await Person.Make(first);
        var visit = await Prepared(first, person);
        await silent.Asked;

        await first.Kill();

        await OneText(database, second, visit, person);
    }

    /// <summary>The same with nobody else there (R28).</summary>
    [Fact]
    public async Task after_a_restart_a_host_sends_what_it_did_not_before()
    {
        await using var database = await SharedDatabase.Make();
        await using var silent = await SmsProvider.Start(silent: true);
        var killed = await database.Host(silent);
        var person = await Person.Make(killed);
        var visit = await Prepared(killed, person);
        await silent.Asked;

        await killed.Kill();

        await OneText(database, await database.Host(), visit, person);
    }

    /// <summary>Killed after the provider took the text and before we knew: at most one more, and never another code (R28).</summary>
    [Fact]
    public async Task a_text_that_may_have_left_comes_again_with_the_same_code()
    {
        await using var database = await SharedDatabase.Make();
        var (first, second) = (await database.Host(), await database.Host());
        var person = await Person.Make(first, number: "+12015550154");                 // taken, and not a word for a minute
        var visit = await Prepared(first, person);
        var code = await person.LatestCode(second);

        await first.Kill();

        (await person.LatestCode(second, texts: 2).WaitAsync(Promised, TestContext.Current.CancellationToken)).ShouldBe(code);
        (await new Visit(second, visit).Attempt(code)).Status.ShouldBe(200);
    }

    /// <summary>R16: four wrong on one host, it dies, four on the other: five compared in all.</summary>
    [Fact]
    public async Task guesses_count_on_after_their_host_was_killed()
    {
        await using var database = await SharedDatabase.Make();
        var (first, second) = (await database.Host(), await database.Host());
        var visit = new Visit(first, await Person.Make(first));
        var right = await visit.UpToCode();
        var wrong = right == "000000" ? "000001" : "000000";

        for (var guess = 1; guess <= 4; guess++) (await visit.Attempt(wrong)).Status.ShouldBe(422);
        await first.Kill();
        var there = new Visit(second, visit);
        (await there.Attempt(wrong)).Status.ShouldBe(422);
        for (var guess = 6; guess <= 8; guess++) (await there.Attempt(wrong)).Problem.ShouldBe("verification_failed");

        (await database.Events(visit.SignIn))["sign_in.second_factor_rejected"].ShouldBe(5);
        (await there.Attempt(right)).Problem.ShouldBe("verification_failed");
    }

    /// <summary>R88: killed at the moment of the answer, and what was answered is there.</summary>
    [Fact]
    public async Task what_was_answered_is_there_after_the_host_was_killed()
    {
        await using var database = await SharedDatabase.Make();
        var (first, second) = (await database.Host(), await database.Host());
        var visit = new Visit(first, await Person.Make(first));
        var reply = await visit.Attempt(await visit.UpToCode());

        await first.Kill();

        reply.Status.ShouldBe(200);
        (await database.Events(visit.SignIn))["sign_in.converted"].ShouldBe(1);
        (await visit.Browser.Twin(second).Get("/v1/me")).Status.ShouldBe(200);
    }

    private static async Task<Visit> Prepared(HostProcess host, Person person)
    {
        var visit = new Visit(host, person);
        (await visit.Create()).Status.ShouldBe(200);
        (await visit.Prepare()).Status.ShouldBe(200);
        return visit;
    }

    /// <summary>The code works, and when everything that was due has been done there is still one text.</summary>
    private static async Task OneText(SharedDatabase database, HostProcess host, Visit visit, Person person)
    {
        var code = await person.LatestCode(host).WaitAsync(Promised, TestContext.Current.CancellationToken);
        (await new Visit(host, visit).Attempt(code)).Status.ShouldBe(200);
        await Eventually.Of(async () => await database.Count("select count(*) from auth_bus.wolverine_incoming_envelopes where status <> 'Handled'") == 0 ? "done" : null);
        (await new Browser(host).Get($"/_sinch/inbox/{Uri.EscapeDataString(person.PhoneNumber)}")).Json.AsArray().Count.ShouldBe(1);
    }
}
