using Auth.Domain.Instances;
using Auth.Domain.Notices;
using Auth.Domain.SignIns;
using Auth.Host.Delivery;
using Auth.Host.Delivery.FakeSinch;
using Auth.Host.Delivery.Mail;
using Auth.Host.Instances;
using Auth.Specs.Given;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OtpNet;

namespace Auth.Specs.Mail;

/// <summary>Whom no mail reaches is told of changes by text, in one segment, within the money for texts; and a used backup code is told (R64).</summary>
public class TextedNoticeSpecs(RunningHost host)
{
    private static readonly byte[] Seed = [.. Enumerable.Range(1, 20).Select(n => (byte)n)];
    private static int _numbers = 6_000_000;

    private Operator Operator => new(host);

    [Fact]
    public async Task somebody_without_an_address_is_told_by_text_and_the_text_is_counted_R64_R56()
    {
        var (user, number) = await TextOnly();
        var before = await Notices();

        await Operator.Post($"/v1/users/{user}/lock", new { });

        (await Text(number)).ShouldBe("Your Auth account: it was locked. If this was not you, tell whoever runs Auth.");
        (await Eventually.Of(async () => await Notices() is { } now && now > before ? "counted" : null)).ShouldBe("counted");
        await using var session = host.Store.QuerySession("default");
        Auth.Host.Http.UserId.TryParse(user, out var id).ShouldBeTrue();
        var told = await session.Events.QueryAllRawEvents().Where(e => e.EventTypeName == "notice.texted").ToListAsync(TestContext.Current.CancellationToken);
        told.Select(e => (NoticeTexted)e.Data).Where(e => e.User == id.Value).ShouldHaveSingleItem().About.ShouldBe("AccountLocked");
    }

    [Fact]
    public async Task who_has_an_address_is_told_there_and_costs_no_text()
    {
        var person = await Person.Make(host, twoStep: false);
        await Operator.Post($"/v1/users/{person.UserId}/lock", new { });
        await person.LatestMail(host);
        (await person.Texts(host)).ShouldBe(0);
    }

    [Fact]
    public async Task a_number_that_is_added_is_told_at_the_other_one_R64()
    {
        var (_, number) = await TextOnly();
        var account = await SignIn(number);
        var added = NewNumber();
        var id = (string)(await account.Post("/phone_numbers", ("phone_number", added))).Response["id"]!;
        await account.Post($"/phone_numbers/{id}/prepare_verification", ("strategy", "phone_code"));
        var code = (await Text(added))[..6];

        (await account.Post($"/phone_numbers/{id}/attempt_verification", ("code", code))).Status.ShouldBe(200);

        (await Text(number)).ShouldStartWith("Your Auth account: a phone number was added.");
        (await Inbox(added)).Count.ShouldBe(1, "the code, and nothing else");
    }

    [Fact]
    public async Task a_used_backup_code_is_told_R64()
    {
        var account = await Account.New(host);
        await account.AddApp();
        var codes = await account.MakeBackupCodes();
        var visit = new Visit(host, account.Person);
        await visit.Create();
        (await visit.Browser.Post($"/v1/client/sign_ins/{visit.SignIn}/attempt_second_factor", ("strategy", "backup_code"), ("code", codes[0]))).Status.ShouldBe(200);
        await Mails(account.Person, 1);

        await account.StepUp("", ("level", "second_factor"));
        (await account.StepUp("/attempt_second_factor", ("strategy", "backup_code"), ("code", codes[1]))).Status.ShouldBe(200);
        await Mails(account.Person, 2);

        (await Operator.Post($"/v1/users/{account.Person.UserId}/verify_totp", new { code = codes[2] })).Status.ShouldBe(200);
        await Mails(account.Person, 3);
    }

    [Fact]
    public void without_money_for_texts_it_is_kept_and_that_is_told_R56()
    {
        var notice = new TextNotice(People.AnnsId, People.AnnsPhone, People.Id(1), "PasskeyAdded");
        Decided(new Traffic("SE", "SE", Settings.Shipped.Dials.TextsPerDay, 0, false)).ShouldBe(new NoticeKept(People.AnnsId, People.AnnsPhone, "PasskeyAdded", "SE", RefusalReason.Budget));
        Decided(new Traffic("NO", "SE", 0, 0, false)).ShouldBe(new NoticeKept(People.AnnsId, People.AnnsPhone, "PasskeyAdded", "NO", RefusalReason.Country));
        Decided(new Traffic("SE", "SE", 0, 0, false)).ShouldBe(new NoticeTexted(People.AnnsId, People.AnnsPhone, People.Id(1), "PasskeyAdded", "SE", null));

        NoticeEvent Decided(Traffic traffic) => NoticeDecider.Decide(notice, new(People.NineOClock, null, Standing.Clean, Sendings.None with { Traffic = traffic }, Settings.Shipped));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void every_notice_fits_one_text_without_a_link_R26(NoticeKind kind)
    {
        var text = NoticeText.Of(kind, new(Options.Create(new InstanceOptions { Name = new('W', 20) }), host.Alba.Services.GetRequiredService<Auth.Host.Instances.Tenants>().Of("default").Door));
        SmsParts.Of(text).ShouldBe(new(1, "GSM"), text);
        text.ShouldNotContain("http");
    }

    public static TheoryData<NoticeKind> Kinds => [.. Enum.GetValues<NoticeKind>()];

    private async Task<(string User, string Number)> TextOnly()
    {
        var number = NewNumber();
        var made = await Operator.Post("/v1/users", new { phone_number = number, password = "correct horse battery staple", totp_secret = Base32Encoding.ToString(Seed) });
        made.Status.ShouldBe(200, made.Text);
        return ((string)made.Json["id"]!, number);
    }

    private async Task<Account> SignIn(string number)
    {
        var person = new Person(Guid.Empty, number, number, "", "correct horse battery staple");
        var visit = new Visit(host, person);
        await visit.Create();
        var done = await visit.Browser.Post($"/v1/client/sign_ins/{visit.SignIn}/attempt_second_factor", ("strategy", "totp"), ("code", Account.CodeOf(Seed)));
        done.Status.ShouldBe(200, done.Text);
        return new(person, visit.Browser, (string)done.Response["created_session_id"]!);
    }

    private static string NewNumber() => $"+1201{Interlocked.Increment(ref _numbers)}";

    private async Task<int> Notices() => (await Operator.Get("/v1/instance/sms?limit=500")).Json.AsArray().Sum(row => (int)row!["notices"]!);

    private async Task<System.Text.Json.Nodes.JsonArray> Inbox(string number) => (await new Browser(host).Get($"/_sinch/inbox/{Uri.EscapeDataString(number)}")).Json.AsArray();

    private Task<string> Text(string number) => Eventually.Of(async () => await Inbox(number) is [{ } latest, ..] ? (string?)latest["body"] : null);

    private Task<string> Mails(Person person, int used) => Eventually.Of(async () =>
        (await new Browser(host).Get($"/_mail/inbox/{person.EmailAddress}")).Json.AsArray().Count(mail => ((string)mail!["subject"]!).Contains("a backup code was used", StringComparison.Ordinal)) == used ? "told" : null);
}
