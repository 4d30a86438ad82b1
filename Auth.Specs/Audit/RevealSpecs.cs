using System.Text.Json.Nodes;
using Auth.Domain.Audits;
using Auth.Host.Audit;
using Auth.Host.Audit.Telling;
using Auth.Specs.Given;

namespace Auth.Specs.Audit;

/// <summary>Who it was is masked, until somebody says why they must know; that is told before they do (R77, R84).</summary>
public class RevealSpecs(RunningHost host)
{
    private readonly Auditor _auditor = new(host);
    private readonly Auditing _api = new(host);

    [Fact]
    public async Task at_a_terminal_it_takes_a_reason()
    {
        var (code, data, _) = await _auditor.Ask("list", "--reveal");
        (code, data).ShouldBe((64, ""));
    }

    [Fact]
    public async Task with_a_reason_values_are_shown_and_it_is_recorded_by_whom_and_why()
    {
        var visit = new Visit(host, await Person.Make(host));
        await visit.Create();
        var person = (await _auditor.Ask("show", visit.SignIn, "--reveal", "--reason", "Asked by the court, 4711", "--json"));

        person.Json["sign_in"]!["identifier"]!.ToString().ShouldEndWith("@example.com");
        var told = person.Words.Split(' ').Last(word => word.StartsWith("aud_", StringComparison.Ordinal)).TrimEnd('.', '\n', '\r');
        var recorded = (await _api.Found($"type=audit.values_revealed&actor={told[..12]}"))[^1]!;
        recorded["facts"]!["reason"]!.ToString().ShouldBe("Asked by the court, 4711");
        recorded["facts"]!["of"].ShouldNotBeNull();
    }

    [Fact]
    public async Task without_it_nothing_is_shown_and_nothing_is_recorded()
    {
        var visit = new Visit(host, await Person.Make(host));
        await visit.Create();
        var before = await Recorded();
        (await _auditor.Ask("show", visit.SignIn, "--json")).Data.ShouldNotContain("@example.com");
        (await Recorded()).ShouldBe(before);
    }

    [Fact]
    public async Task over_http_it_is_told_on_the_auditors_trail_with_the_reason()
    {
        var person = await Person.Make(host);
        var visit = new Visit(host, person);
        await visit.Create();

        (await _api.Get($"/sign_ins/{visit.SignIn}?reveal=true")).ShouldBe(422, "form_param_missing");
        (await _api.Get($"/sign_ins/{visit.SignIn}?reveal=true&reason=court+4712")).Json["sign_in"]!["identifier"]!.ToString().ShouldBe(person.EmailAddress);
        (await _api.Trail()).OfType<ValuesRevealed>().ShouldContain(told => told.Reason == "court 4712");
    }

    [Fact]
    public async Task an_erased_person_stays_erased()
    {
        var person = await Person.Make(host);
        var visit = new Visit(host, person);
        await visit.Create();
        (await new Operator(host).Delete($"/v1/users/{person.UserId}")).Status.ShouldBe(200);

        (await _api.Get($"/sign_ins/{visit.SignIn}?reveal=true&reason=court")).Json["sign_in"]!["identifier"]!.ToString().ShouldBe("[erased]");
    }

    [Theory]
    [InlineData("Ann\u001b[31m", @"Ann\u{1b}[31m")]
    [InlineData("\u202egnp.exe", @"\u{202e}gnp.exe")]
    [InlineData("a\nb", @"a\u{a}b")]
    [InlineData("Zoë 王", "Zoë 王")]
    public void what_could_play_with_a_terminal_is_told_by_its_number_R84(string text, string shown) => Personal.Harmless(text).ShouldBe(shown);

    [Theory]
    [InlineData("Lovelace", "L•••")]
    [InlineData("curl/8.5.0", "curl•••")]
    [InlineData("ann@example.com", "a•••@e•••")]
    [InlineData("203.0.113.7", "203.0.•••")]
    public void a_mask_keeps_no_name(string value, string mask) => Masked.Of(value).ShouldBe(mask);

    private async Task<long> Recorded()
    {
        await using var session = host.Store.QuerySession("default");
        return await Marten.QueryableExtensions.CountAsync(session.Events.QueryRawEventDataOnly<ValuesRevealed>(), TestContext.Current.CancellationToken);
    }
}
