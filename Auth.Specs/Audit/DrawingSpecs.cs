using System.Xml.Linq;
using Auth.Domain.Audits;
using Auth.Host.Audit.Pictures;
using Auth.Host.Http;
using Auth.Specs.Given;

namespace Auth.Specs.Audit;

/// <summary>Pictures at a terminal and over HTTP: the same ones, told on the trail like any look.</summary>
public class DrawingSpecs(RunningHost host) : IDisposable
{
    private readonly Auditing _api = new(host, RunningHost.OtherAuditKey);
    private readonly Auditor _auditor = new(host);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    [Fact]
    public async Task the_command_writes_what_http_answers()
    {
        var visit = await Over();
        var (svg, html) = (Path.Combine(_folder.FullName, "one.svg"), Path.Combine(_folder.FullName, "one.html"));
        var told = await _auditor.Ask("show", visit.SignIn, "--svg", svg, "--html", html);

        (told.Code, told.Data).ShouldBe((0, ""));
        (await Read(svg)).ShouldBe((await _api.Get($"/sign_ins/{visit.SignIn}/picture")).Text);
        (await Read(html)).ShouldBe((await _api.Get($"/sign_ins/{visit.SignIn}/picture?format=html")).Text);
        (await _auditor.Ask("show", visit.SignIn, "--svg", "-")).Data.ShouldBe(await Read(svg));
    }

    [Fact]
    public async Task what_cannot_be_written_is_73_and_a_line()
    {
        var told = await _auditor.Ask("show", (await Over()).SignIn, "--svg", Path.Combine(_folder.FullName, "no", "such", "folder.svg"));
        (told.Code, told.Data).ShouldBe((73, ""));
        told.Words.ShouldContain("folder.svg cannot be written");
    }

    [Theory]
    [InlineData("--svg", "-", "--html", "-")]
    [InlineData("--svg", "-", "--json")]
    public async Task only_one_thing_goes_to_stdout(params string[] ways) => (await _auditor.Ask(["show", "sia_01m86jqc01epdv13njyn73g0nx", .. ways])).Code.ShouldBe(64);

    [Theory]
    [InlineData("", "image/svg+xml")]
    [InlineData("?format=svg", "image/svg+xml")]
    [InlineData("?format=html", "text/html")]
    public async Task over_http_it_is_what_it_says_it_is_and_may_only_wear_its_own_style(string query, string type)
    {
        var visit = await Over();
        var reply = await _api.Get($"/sign_ins/{visit.SignIn}/picture{query}");

        (reply.Status, reply.Headers["Content-Type"], reply.Headers["Cache-Control"]).ShouldBe((200, $"{type}; charset=utf-8", "no-store"));
        reply.Headers["Content-Security-Policy"].ShouldBe(BrowserRules.Styled(BrowserRules.Nothing, Page.Styles));
        XDocument.Parse(reply.Text).Root!.Name.LocalName.ShouldBe(type is "text/html" ? "html" : "svg");
        reply.Text.ShouldNotContain("@example.com");
    }

    [Fact]
    public async Task each_look_is_told_on_the_trail_and_values_are_shown_for_a_reason_only_R77()
    {
        var visit = await Over();
        SignInId.TryParse(visit.SignIn, out var id).ShouldBeTrue();
        var before = (await _api.Trail()).Count;
        await _api.Get($"/sign_ins/{visit.SignIn}/picture");
        (await _api.Get($"/sign_ins/{visit.SignIn}/picture?reveal=true")).ShouldBe(422, "form_param_missing");
        (await _api.Get($"/sign_ins/{visit.SignIn}/picture?reveal=true&reason=court+4713")).Text.ShouldContain("@example.com");

        var trail = (await _api.Trail()).Skip(before).ToList();
        trail.ShouldBe([new HistoryRead(trail[0].By, Material.SignIn, id.Value, null), new ValuesRevealed(trail[0].By, Material.SignIn, id.Value, null, "court 4713")]);
    }

    [Fact]
    public async Task a_form_that_there_is_not_is_a_problem() => (await _api.Get("/sign_ins/sia_01m86jqc01epdv13njyn73g0nx/picture?format=png")).ShouldBe(422, "form_param_value_invalid");

    [Fact]
    public async Task a_sign_in_that_is_not_there_is_404() => (await _api.Get("/sign_ins/sia_01m86jqc01epdv13njyn73g0nx/picture")).Status.ShouldBe(404);

    /// <summary>One to which nothing more will happen: with a wrong password no text is on its way.</summary>
    private async Task<Visit> Over()
    {
        var visit = new Visit(host, await Person.Make(host));
        await visit.Create("not the password at all");
        return visit;
    }

    private static Task<string> Read(string path) => File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);

    /// <inheritdoc />
    public void Dispose()
    {
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }
}
