using Auth.Domain.Audits;
using Auth.Host.Http;
using Auth.Specs.Given;

namespace Auth.Specs.Audit;

/// <summary>Searching over HTTP, and the trail that it leaves.</summary>
public class AuditApiSpecs(RunningHost host)
{
    private readonly Auditing _auditor = new(host);

    [Fact]
    public async Task a_persons_events_are_found_wherever_they_stand()
    {
        var account = await Account.New(host);
        (await account.Browser.Post($"/v1/client/sessions/{account.Session}/end")).Status.ShouldBe(200);

        var types = await _auditor.Types($"user={account.Person.UserId}&limit=1000", 9);
        types.ShouldContain("user.created");
        types.ShouldContain("sign_in.converted");
        types.ShouldContain("session.ended");
    }

    [Fact]
    public async Task each_filter_finds_what_it_names()
    {
        var visit = new Visit(host, await Person.Make(host));
        await visit.Attempt(Wrong.For(await visit.UpToCode()));

        (await _auditor.Types($"stream={visit.SignIn}&type=sign_in.first_*")).ShouldBe(["sign_in.first_factor_verified"]);
        (await _auditor.Types($"stream={visit.SignIn}&type=sign_in.identified,sign_in.second_factor_prepared", 2)).ShouldBe(["sign_in.identified", "sign_in.second_factor_prepared"]);
        (await _auditor.Types($"stream={visit.SignIn}&factor=password")).ShouldBe(["sign_in.first_factor_verified"]);
        (await _auditor.Types($"stream={visit.SignIn}&outcome=failure")).ShouldBe(["sign_in.second_factor_rejected"]);
        (await _auditor.Get($"/events?stream={visit.SignIn}&until=2020-01-01")).Json["data"]!.AsArray().ShouldBeEmpty();
        var trace = (string)(await _auditor.Found($"stream={visit.SignIn}&type=sign_in.second_factor_rejected"))[0]!["trace"]!;
        (await _auditor.Types($"trace={trace}&stream={visit.SignIn}")).ShouldContain("sign_in.second_factor_rejected");
        var client = (string)(await _auditor.Found($"stream={visit.SignIn}&type=sign_in.identified"))[0]!["facts"]!["client"]!;
        (await _auditor.Found($"device={client}", 4)).ShouldAllBe(e => (string)e!["stream"]! == visit.SignIn);
    }

    [Fact]
    public async Task what_a_key_did_is_found_by_the_keys_short_id()
    {
        var person = await Person.Make(host);
        (await new Operator(host).Post($"/v1/users/{person.UserId}/start_mfa_recovery?reason=lost", new { reason = "lost" })).Status.ShouldBeLessThan(500);
        var read = await _auditor.Get("/events?type=audit.*&limit=1000");
        read.Status.ShouldBe(200);
        await _auditor.Get("/events?limit=1");
        var by = (string)(await _auditor.Found("type=audit.history_read"))[0]!["by"]!;

        (await _auditor.Found($"type=audit.*&actor={by}")).ShouldAllBe(e => (string)e!["by"]! == by);
    }

    [Fact]
    public async Task pages_follow_each_other_without_a_gap_or_a_repeat()
    {
        var visit = new Visit(host, await Person.Make(host));
        await visit.Through();
        var whole = (await _auditor.Found($"stream={visit.SignIn}&type=sign_in.identified,sign_in.first_*,sign_in.second_*,sign_in.converted", 5)).Select(e => (long)e!["sequence"]!).ToList();

        List<long> paged = [];
        var (cursor, more) = (0L, true);
        while (more)
        {
            var page = (await _auditor.Get($"/events?stream={visit.SignIn}&type=sign_in.identified,sign_in.first_*,sign_in.second_*,sign_in.converted&limit=2&after={cursor}")).Json;
            paged.AddRange(page["data"]!.AsArray().Select(e => (long)e!["sequence"]!));
            (cursor, more) = ((long)page["cursor"]!, (bool)page["more"]!);
        }

        paged.ShouldBe(whole);
    }

    [Fact]
    public async Task values_of_people_are_masked()
    {
        var person = await Person.Make(host);
        await new Visit(host, person).Create();
        var text = (await _auditor.Found($"user={person.UserId}", 5)).ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

        text.ShouldContain("a•••@e•••");
        text.ShouldNotContain("Lovelace");
        text.ShouldNotContain(person.EmailAddress);
        text.ShouldNotContain(person.PhoneNumber);
        text.ShouldNotContain("nonce");
    }

    [Fact]
    public async Task an_identifier_and_an_address_are_found_exactly_until_the_person_is_erased()
    {
        var person = await Person.Make(host);
        await new Visit(host, person).Create();
        var asked = $"identifier={Uri.EscapeDataString(person.EmailAddress.ToUpperInvariant())}&limit=1000";
        (await _auditor.Types(asked, 5)).ShouldContain("user.created");
        (await _auditor.Get($"/events?identifier=x{person.EmailAddress}")).Json["data"]!.AsArray().ShouldBeEmpty();

        (await new Operator(host).Delete($"/v1/users/{person.UserId}")).Status.ShouldBe(200);
        (await _auditor.Get($"/events?{asked}")).Json["data"]!.AsArray().ShouldBeEmpty();
        await using var session = host.Store.QuerySession("default");
        (await Marten.QueryableExtensions.ToListAsync(session.Query<Projections.AuditMark>().Where(mark => mark.Key == person.Id), TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Fact]
    public async Task a_sign_in_is_shown_and_replayed()
    {
        var visit = new Visit(host, await Person.Make(host));
        await visit.Attempt(Wrong.For(await visit.UpToCode()));

        (await _auditor.Get($"/sign_ins/{visit.SignIn}")).Json["events"]!.AsArray().Count.ShouldBeGreaterThanOrEqualTo(4);
        (await _auditor.Get($"/sign_ins/{visit.SignIn}/replay?version=2")).Json["stage"]!.ToString().ShouldBe("waiting for a second factor to be chosen");
        (await _auditor.Get($"/sign_ins/{visit.SignIn}/replay?had=right")).Json["instead"]![1]!["type"]!.ToString().ShouldBe("sign_in.converted");
        (await _auditor.Get($"/sign_ins/{visit.SignIn}/replay?at=2020-01-01")).Status.ShouldBe(404);
        (await _auditor.Get("/sign_ins/sia_01m86jqc01epdv13njyn73g0nx")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task both_ways_replay_the_same()
    {
        var account = await Account.New(host);
        (await _auditor.Get($"/streams/{account.Person.UserId}/replay?version=2")).Json.ToJsonString().ShouldBe((await new Auditor(host).Ask("replay", account.Person.UserId, "--version", "2", "--json")).Json.ToJsonString());
    }

    [Theory]
    [InlineData("/events?type=DROP TABLE", "form_param_value_invalid")]
    [InlineData("/events?user=sia_01m86jqc01epdv13njyn73g0nx", "form_param_value_invalid")]
    [InlineData("/events?limit=0", "form_param_value_invalid")]
    [InlineData("/events?limit=1001", "form_param_value_invalid")]
    [InlineData("/events?after=-1", "form_param_value_invalid")]
    [InlineData("/events?since=yesterday", "form_param_value_invalid")]
    [InlineData("/events?outcome=2", "form_param_value_invalid")]
    [InlineData("/events?address=999.1.1.1", "form_param_value_invalid")]
    [InlineData("/events?reveal=true", "form_param_missing")]
    [InlineData("/events?reveal=yes&reason=x", "form_param_value_invalid")]
    [InlineData("/export?format=xml", "form_param_value_invalid")]
    public async Task what_makes_no_sense_is_a_problem(string path, string code)
    {
        var reply = await _auditor.Get(path);
        reply.Status.ShouldBe(422, reply.Text);
        reply.Json["code"]!.ToString().ShouldBe(code);
    }

    [Fact]
    public async Task each_reading_is_told_on_the_auditors_own_trail_and_no_further()
    {
        var other = new Auditing(host, RunningHost.OtherAuditKey);
        var visit = new Visit(host, await Person.Make(host));
        await visit.Create();
        var before = (await other.Trail()).Count;
        await other.Get($"/sign_ins/{visit.SignIn}");
        await other.Get("/events?type=user.*&identifier=ann@example.com");

        SignInId.TryParse(visit.SignIn, out var id).ShouldBeTrue();
        var trail = (await other.Trail()).Skip(before).ToList();
        trail.Count.ShouldBe(2);
        trail[0].ShouldBe(new HistoryRead(trail[0].By, Material.SignIn, id.Value, null));
        trail[1].ShouldBe(new HistoryRead(trail[0].By, Material.Events, null, new Sought { Types = "user.*", ByIdentifier = true }));
    }
}
