using Auth.Host.Delivery;
using Auth.Host.Delivery.Mail;
using Auth.Host.Factors;
using Auth.Host.Http;
using Auth.Host.Instances;
using Auth.Specs.Given;
using Microsoft.Extensions.Options;

namespace Auth.Specs.Http;

/// <summary>The name that the operator sets is the one variable word of texts and mails, from the next message on (R26).</summary>
public class BrandingSpecs(Office desk) : IClassFixture<Office>
{
    private const string Longest = "Twenty letters these";

    [Fact]
    public async Task the_texts_say_it_and_a_resend_says_the_name_of_that_moment_with_the_same_code()
    {
        var office = await desk.Open();
        var person = await Person.Make(office.Host);
        var visit = new Visit(office.Host, person);
        var code = await visit.UpToCode();
        ((string)(await person.LatestText(office.Host))["body"]!).ShouldBe($"{code} is your Auth code.\n\n@localhost #{code}");

        await Apply(office, new { branding = new { name = "Acme 24" } });
        StoryClock.Advance(TimeSpan.FromSeconds(31));
        await visit.Prepare();

        ((string)(await person.LatestText(office.Host, texts: 2))["body"]!).ShouldBe($"{code} is your Acme 24 code.\n\n@localhost #{code}");
    }

    [Fact]
    public async Task so_do_the_mails_of_sign_ups_of_step_ups_and_of_changes_and_an_app_is_named_so()
    {
        var office = await desk.Open();
        await Apply(office, new { branding = new { name = "Acme 24" } });
        var cleo = new Newcomer(office.Host);
        var code = await cleo.UpToCode();
        await Mailed(office, cleo.EmailAddress, $"{code} is your Acme 24 code");

        var account = await Account.New(office.Host);
        StoryClock.Advance(TimeSpan.FromMinutes(11));
        await account.StepUp("", ("level", "first_factor"));
        var address = (string)(await account.Get("")).Response["email_addresses"]![0]!["id"]!;
        (await account.StepUp("/prepare_first_factor", ("strategy", "email_code"), ("email_address_id", address))).Status.ShouldBe(200);
        await Mailed(office, account.Person.EmailAddress, "is your Acme 24 code");
        await account.StepUp("/attempt_first_factor", ("strategy", "password"), ("password", account.Person.Password));

        ((string)(await account.Post("/totp")).Response["uri"]!).ShouldContain("issuer=Acme%2024");
        await account.AddApp();
        await Mailed(office, account.Person.EmailAddress, "Acme 24: ");
    }

    [Theory]
    [InlineData("Call +1 900 555 now")]
    [InlineData("https://evil.example")]
    [InlineData("A\nB")]
    [InlineData("Auth\n")]
    [InlineData("123456789012345678901")]
    [InlineData("Аuth")]
    public async Task a_name_that_could_say_something_else_is_never_staged_R26(string name) =>
        (await (await desk.Open()).Stage(new { branding = new { name } })).Status.ShouldBe(422);

    [Fact]
    public void the_longest_name_still_fits_one_text_R26()
    {
        var named = new InstanceName(Options.Create(new InstanceOptions()), new FrontDoor(new("https://accounts.a-rather-long-name.example.com"), new HashSet<string>(), [], false))
            .Under(Domain.Instances.Settings.Shipped with { Branding = new() { Name = Longest } });

        Longest.Length.ShouldBe(20);
        named.TextOf(new("123456")).Length.ShouldBeLessThanOrEqualTo(160);
        Enum.GetValues<NoticeKind>().ShouldAllBe(kind => NoticeText.Of(kind, named).Length <= 160);
        CodeMail.Of("ada@example.com", new("123456"), MailedCode.SignIn, named, "ver_1", People.NineOClock).From.ShouldBe(Longest);
    }

    private static Task<string> Mailed(Office office, string address, string subject) => Eventually.Of(async () =>
        (await new Browser(office.Host).Get($"/_mail/inbox/{address}")).Json.AsArray().Select(mail => (string)mail!["subject"]!).FirstOrDefault(found => found.Contains(subject, StringComparison.Ordinal)));

    private static async Task Apply(Office office, object change)
    {
        var staged = await office.Stage(change);
        staged.Status.ShouldBe(200, staged.Text);
        (await office.Apply(office.Tag())).Status.ShouldBe(200);
    }
}
