using System.Text.Json.Nodes;
using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Host.Audit;
using Auth.Host.Audit.Telling;
using Auth.Host.Audit.Verbs;
using Auth.Host.Database;
using Auth.Host.Factors;
using Auth.Host.Keys;
using Auth.Host.SignIns;
using Auth.Projections;
using Auth.Specs.Given;
using Marten;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.Specs.Http;

/// <summary>
/// A phone is lost. Three ways back, each with what the person, the operator (<c>mfa_status</c>) and the auditor (<c>audit show</c>) see of it:
/// a backup code, another number, the operator's recovery (R35, R64, R65).
/// </summary>
public class LostPhoneSpecs(RunningHost host)
{
    private static readonly TimeSpan OneDay = TimeSpan.FromHours(24);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Operator Operator => new(host);

    [Fact]
    public async Task a_backup_code_is_a_way_back()
    {
        var account = await Account.New(host, twoStep: true);
        var codes = await account.MakeBackupCodes();

        var visit = new Visit(host, account.Person);
        await visit.Create();
        ((string)(await Second(visit, "backup_code", codes[0])).Response["status"]!).ShouldBe("complete");

        var status = await Status(account.Person, json => (int)json["backup_codes_left"]! == 9);
        ((string)status["last_verified_with"]!).ShouldBe("backup_code");
        ((bool)status["enabled"]!).ShouldBeTrue();
        (await Shown(visit)).ShouldContain("Second factor verified: backup code");
    }

    [Fact]
    public async Task another_number_is_a_way_back()
    {
        var person = await Person.Make(host);
        var other = await Person.Make(host, twoStep: false);
        var account = await Account.SignIn(host, person);
        await account.AddApp();
        await Operator.Delete($"/v1/users/{other.UserId}");

        var added = await account.Post("/phone_numbers", ("phone_number", other.PhoneNumber), ("reserved_for_second_factor", "true"));
        var id = (string)added.Response["id"]!;
        await account.Post($"/phone_numbers/{id}/prepare_verification", ("strategy", "phone_code"));
        (await account.Post($"/phone_numbers/{id}/attempt_verification", ("code", await other.LatestCode(host)))).Status.ShouldBe(200);
        await account.Patch($"/phone_numbers/{id}", ("reserved_for_second_factor", "true"));

        StoryClock.Advance(TimeSpan.FromMinutes(2));
        var visit = new Visit(host, person);
        var begun = await visit.Create();
        begun.Response["supported_second_factors"]!.AsArray().Select(factor => (string?)factor!["phone_number_id"]).ShouldContain(id);
        (await visit.Browser.Post($"/v1/client/sign_ins/{visit.SignIn}/prepare_second_factor", ("strategy", "phone_code"), ("phone_number_id", id))).Status.ShouldBe(200);
        ((string)(await visit.Attempt(await other.LatestCode(host, texts: 2))).Response["status"]!).ShouldBe("complete");

        var status = await Status(person, json => (string?)json["last_sign_in_id"] == visit.SignIn);
        ((string)status["last_verified_with"]!).ShouldBe("phone_code");
        (await Shown(visit)).ShouldContain($"code to •••{other.PhoneNumber[^2..]}");
    }

    [Fact]
    public async Task the_operators_recovery_waits_is_told_everywhere_and_takes_nothing_away_before_its_day_R64_R65()
    {
        var person = await Person.Make(host);
        var begun = await Operator.Delete($"/v1/users/{person.UserId}/mfa?reason=She%20came%20to%20the%20desk.");
        begun.Text.ShouldBe($$"""{"user_id":"{{person.UserId}}"}""");

        (await Mailed.About(host, person, "recovery of your account was started")).ShouldContain("It takes effect at");
        ((string)(await person.LatestText(host))["body"]!).ShouldStartWith("Recovery of your Auth account was started.");

        var status = await Status(person, json => json["recovery"] is not null);
        ((string)status["recovery"]!["reason"]!).ShouldBe("She came to the desk.");
        ((string)status["recovery"]!["by"]!).ShouldStartWith("key_");
        ((long)status["recovery"]!["due_at"]!).ShouldBe((await Facts(person)).OfType<RecoveryStarted>().Single().Due.ToUnixTimeMilliseconds());
        ((bool)status["must_enrol"]!).ShouldBeFalse();
        ((string)(await new Visit(host, person).Create()).Response["status"]!).ShouldBe("needs_second_factor");
    }

    [Fact]
    public async Task from_its_instant_on_it_has_happened_for_every_reader_and_once_R65()
    {
        var account = await Account.New(host, twoStep: true);
        var codes = await account.MakeBackupCodes();
        var person = account.Person;
        await Start(person);
        StoryClock.Advance(OneDay - TimeSpan.FromMinutes(1));
        var waiting = new Visit(host, person);
        await waiting.Create();
        StoryClock.Advance(TimeSpan.FromMinutes(1));

        (await Second(waiting, "backup_code", codes[0])).ShouldBe(400, "sign_in_expired");
        (await account.Get("")).ShouldBe(401, "authentication_invalid");
        var seen = (await Operator.Get($"/v1/users/{person.UserId}")).Json;
        ((bool)seen["two_factor_enabled"]!, (bool)seen["backup_code_enabled"]!).ShouldBe((false, false));

        var facts = await Facts(person);
        facts.OfType<Recovered>().ShouldHaveSingleItem();
        facts.OfType<ReleasedFromSecondFactor>().ShouldHaveSingleItem();
        await using var session = host.Store.QuerySession("default");
        (await session.Query<BackupCodeSet>().CountAsync(set => set.UserId == person.Id, Ct)).ShouldBe(0);
        (await Shown(waiting)).ShouldContain("Invalidated");
    }

    [Fact]
    public async Task the_recovered_sign_in_with_one_factor_and_are_not_whole_before_they_enrolled_R65()
    {
        var person = await Person.Make(host);
        await Start(person);
        StoryClock.Advance(OneDay);

        var visit = new Visit(host, person);
        var begun = await visit.Create();
        ((string)begun.Response["status"]!).ShouldBe("complete");
        var session = begun.Json["client"]!["sessions"]![0]!;
        ((string)session["status"]!, (string)session["tasks"]![0]!["key"]!).ShouldBe(("pending", "setup-mfa"));
        ((bool)(await Status(person, json => (bool)json["must_enrol"]!))["enabled"]!).ShouldBeFalse();
        (await Shown(visit)).ShouldContain("which waits until a second factor is enrolled");

        await new Account(person, visit.Browser, (string)session["id"]!).AddApp();
        ((string)(await visit.Browser.Get("/v1/client")).Response["sessions"]![0]!["status"]!).ShouldBe("active");
        var status = await Status(person, json => (bool)json["totp_enabled"]!);
        ((bool)status["must_enrol"]!, (bool)status["enabled"]!).ShouldBe((false, true));
        ((string)(await new Visit(host, person).Create()).Response["status"]!).ShouldBe("needs_second_factor");
    }

    [Fact]
    public async Task whoever_is_signed_in_sees_it_and_stops_it_R65()
    {
        var account = await Account.New(host, twoStep: true);
        (await account.Get("/recovery")).ShouldBe(404, "resource_not_found");
        (await account.Post("/recovery/cancel")).ShouldBe(404, "resource_not_found");
        await Start(account.Person);
        ((string)(await account.Get("/recovery")).Json["object"]!).ShouldBe("recovery");
        (await account.Post("/recovery/cancel")).Status.ShouldBe(200);
        StoryClock.Advance(OneDay);

        ((string)(await new Visit(host, account.Person).Create()).Response["status"]!).ShouldBe("needs_second_factor");
        (await Facts(account.Person))[^1].ShouldBeOfType<RecoveryCancelled>().By.ShouldBeNull();
        await Mailed.About(host, account.Person, "the recovery of your account was stopped");
    }

    [Fact]
    public async Task the_operator_stops_it_too()
    {
        var person = await Person.Make(host);
        await Start(person);
        (await Operator.Delete($"/v1/users/{person.UserId}/recovery")).Status.ShouldBe(200);
        (await Facts(person))[^1].ShouldBeOfType<RecoveryCancelled>().By.ShouldNotBeNull();
        (await Operator.Delete($"/v1/users/{person.UserId}/recovery")).ShouldBe(404, "resource_not_found");
    }

    [Fact]
    public async Task a_reason_is_needed_and_is_kept_sealed()
    {
        var person = await Person.Make(host);
        (await Operator.Delete($"/v1/users/{person.UserId}/mfa")).ShouldBe(422, "form_param_missing");
        (await Operator.Delete($"/v1/users/{person.UserId}/mfa?reason={new string('x', 201)}")).ShouldBe(422, "form_param_max_length_exceeded");
        (await Operator.Delete("/v1/users/user_nobody/mfa?reason=x")).ShouldBe(404, "resource_not_found");
        await Start(person);
        (await Facts(person))[^1].ShouldBeOfType<RecoveryStarted>().Reason.Box.ShouldNotContain("desk");
    }

    [Fact]
    public async Task asked_for_by_many_at_once_it_happens_once()
    {
        var person = await Person.Make(host);
        await Start(person);
        StoryClock.Advance(OneDay);
        var replies = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => new Visit(host, person).Create()));
        replies.ShouldAllBe(reply => reply.Status == 200);
        (await Facts(person)).OfType<Recovered>().ShouldHaveSingleItem();
    }

    private async Task Start(Person person) => (await Operator.Delete($"/v1/users/{person.UserId}/mfa?reason=Seen%20at%20the%20desk")).Status.ShouldBe(200);

    private async Task<IReadOnlyList<object>> Facts(Person person)
    {
        await using var session = host.Store.QuerySession("default");
        return [.. (await session.Events.FetchStreamAsync(person.Id, token: Ct)).Select(e => e.Data)];
    }

    private Task<JsonNode> Status(Person person, Func<JsonNode, bool> reached) => Eventually.Of(async () =>
        await Operator.Get($"/v1/users/{person.UserId}/mfa_status") is { Status: 200 } reply && reached(reply.Json) ? reply.Json : null);

    private static Task<Reply> Second(Visit visit, string strategy, string code) =>
        visit.Browser.Post($"/v1/client/sign_ins/{visit.SignIn}/attempt_second_factor", ("strategy", strategy), ("code", code));

    private async Task<string> Shown(Visit visit)
    {
        var (data, words) = (new StringWriter(), new StringWriter());
        var root = host.Alba.Services.GetRequiredService<IConfiguration>();
        var settings = new Dictionary<string, string?>
        {
            [ChosenDatabase.Key] = host.ConnectionString,
            ["Auth:Keys:Root"] = await File.ReadAllTextAsync(Path.Combine(root["Auth:Keys:Folder"]!, RootKeyFile.Name), Ct),
        };
        var code = await AuditCommand.Run(["audit", "show", visit.SignIn], new Terminal(data, words, new StringReader(""), 200, Colours: false), settings, new StoryClock(), Ct);
        code.ShouldBe(0, words.ToString());
        return data.ToString();
    }
}

/// <summary>Mails whose order nobody promised.</summary>
internal static class Mailed
{
    /// <summary>The body of the one with that subject, once it is there.</summary>
    internal static Task<string> About(RunningHost host, Person person, string subject) => Eventually.Of(async () =>
        (string?)(await new Browser(host).Get($"/_mail/inbox/{person.EmailAddress}")).Json.AsArray().FirstOrDefault(mail => ((string)mail!["subject"]!).Contains(subject, StringComparison.Ordinal))?["body"]);
}

/// <summary>A recovery that nobody asks about is told by the sweep (R65). On a host of its own: a sweep that is ahead of time ends what other specs are at.</summary>
public class SweptRecoverySpecs
{
    [Fact]
    public async Task a_recovery_that_is_due_is_told_once()
    {
        await using var host = new RunningHost { Name = "recovered" };
        await host.InitializeAsync();
        var person = await Person.Make(host);
        await new Operator(host).Delete($"/v1/users/{person.UserId}/mfa?reason=x");
        var sweep = host.Alba.Services.GetRequiredService<Sweep>();

        await sweep.Once(TestContext.Current.CancellationToken);
        StoryClock.Advance(TimeSpan.FromHours(24));
        await sweep.Once(TestContext.Current.CancellationToken);
        await sweep.Once(TestContext.Current.CancellationToken);

        await using var session = host.Store.QuerySession("default");
        var facts = await session.Events.FetchStreamAsync(person.Id, token: TestContext.Current.CancellationToken);
        facts.Count(e => e.Data is Recovered).ShouldBe(1);
        await Mailed.About(host, person, "all second factors were taken off by recovery");
    }
}
