using System.Text.Json.Nodes;
using Auth.Host.Delivery;
using Auth.Host.Delivery.Mail;
using Auth.Host.Http;
using Auth.Host.Instances;
using Auth.Specs.Given;
using Microsoft.Extensions.DependencyInjection;
using Wolverine;

namespace Auth.Specs.Mail;

/// <summary>People are told of what changed in their accounts, at every address but the one that is not to know (R64).</summary>
public class NoticeSpecs(RunningHost host)
{
    [Fact]
    public async Task a_person_is_told_that_an_operator_enabled_two_step_verification()
    {
        var person = await Person.Make(host, twoStep: false);

        await Reserve(person, true);

        var mail = (await Inbox(person.EmailAddress, 1)).ShouldHaveSingleItem()!;
        ((string)mail["to"]!).ShouldBe(person.EmailAddress);
        ((string)mail["subject"]!).ShouldBe("Auth: 2-step verification was enabled");
        ((string)mail["reference"]!).ShouldStartWith("ntc_");
    }

    [Fact]
    public async Task each_change_is_told_once_and_no_change_is_told_never()
    {
        var person = await Person.Make(host, spare: true);
        await Reserve(person, true);
        await Reserve(person, false);
        await Reserve(person, false);
        await Operator.Post($"/v1/users/{person.UserId}/unlock", new { });
        await Operator.Post($"/v1/users/{person.UserId}/lock", new { });
        await Operator.Post($"/v1/users/{person.UserId}/lock", new { });

        // A notice of our own comes last, so all before it have left.
        (await Subjects(person.EmailAddress, 3)).ShouldBe(["Auth: 2-step verification was enabled", "Auth: 2-step verification was disabled", "Auth: your account was locked"], ignoreOrder: true);
        await Told(person, NoticeKind.NewSignIn);
        (await Subjects(person.EmailAddress, 4)).Count().ShouldBe(4);
    }

    [Fact]
    public async Task a_change_that_is_refused_is_not_told()
    {
        var person = await Person.Make(host, twoStep: false);

        (await Operator.Patch($"/v1/phone_numbers/{person.PhoneNumberId}", new { default_second_factor = true })).Status.ShouldBe(422);
        await Told(person, NoticeKind.NewSignIn);

        (await Subjects(person.EmailAddress, 1)).ShouldBe(["Auth: somebody signed in from a new device"]);
    }

    [Fact]
    public async Task every_address_is_told_but_the_one_named()
    {
        var (one, two, three) = (Address(), Address(), Address());
        var user = (await Operator.Post("/v1/users", new { email_address = new[] { one, two, three } })).Json;
        UserId.TryParse((string)user["id"]!, out var id).ShouldBeTrue();
        IdentifierId.TryParse((string)user["email_addresses"]![1]!["id"]!, out var second).ShouldBeTrue();
        ((string)user["email_addresses"]![1]!["email_address"]!).ShouldBe(two);

        await Told(id.Value, NoticeKind.EmailAddressAdded, except: second.Value);

        var (first, third) = ((await Inbox(one, 1)).ShouldHaveSingleItem()!, (await Inbox(three, 1)).ShouldHaveSingleItem()!);
        ((string)first["reference"]!).ShouldBe((string)third["reference"]!);
        await Told(id.Value, NoticeKind.NewSignIn);
        (await Subjects(two, 1)).ShouldBe(["Auth: somebody signed in from a new device"]);
    }

    [Fact]
    public async Task who_is_gone_in_the_meantime_is_told_nothing()
    {
        await using var scope = host.Alba.Services.CreateAsyncScope();
        var bus = scope.ServiceProvider.GetRequiredService<IMessageBus>();
        var (nobody, notice) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        await bus.InvokeForTenantAsync(Tenants.Default, new SendNotice(nobody, NoticeKind.AccountLocked, notice, People.NineOClock, null), TestContext.Current.CancellationToken);
        await bus.InvokeForTenantAsync(Tenants.Default, new SendNoticeTo(nobody, NoticeKind.AccountLocked, notice, People.NineOClock, nobody), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task the_letter_box_leads_to_the_page()
    {
        var answer = await new Browser(host).Get("/_mail/inbox");
        (answer.Status, answer.Headers["Location"]).ShouldBe((302, "/_sinch/inbox"));
    }

    private static string Address() => $"{Guid.NewGuid():n}@example.com";

    private Operator Operator => new(host);

    private async Task Reserve(Person person, bool reserved) =>
        (await Operator.Patch($"/v1/phone_numbers/{person.PhoneNumberId}", new { reserved_for_second_factor = reserved })).Status.ShouldBe(200);

    private Task Told(Person person, NoticeKind kind) => Told(person.Id, kind);

    private async Task Told(Guid person, NoticeKind kind, Guid? except = null)
    {
        await using var scope = host.Alba.Services.CreateAsyncScope();
        var bus = (IMessageContext)scope.ServiceProvider.GetRequiredService<IMessageBus>();
        bus.TenantId = Tenants.Default;
        await bus.Notify(person, kind, People.NineOClock, except);
    }

    private async Task<IEnumerable<string>> Subjects(string address, int mails) => (await Inbox(address, mails)).Select(mail => (string)mail!["subject"]!);

    /// <summary>What came, once at least so much is there.</summary>
    private Task<JsonArray> Inbox(string address, int mails) => Eventually.Of(async () =>
        (await new Browser(host).Get($"/_mail/inbox/{address}")).Json.AsArray() is { } inbox && inbox.Count >= mails ? inbox : null);
}
