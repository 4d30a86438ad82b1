using Auth.Host.Http;
using Auth.Specs.Passkeys;

namespace Auth.Specs.Given;

/// <summary>An id of each kind that a path or a field can name, by the word that stands before it in a path.</summary>
public sealed class Belongings : Dictionary<string, string>
{
    /// <summary>What opens some of them for their owner.</summary>
    public IReadOnlyList<(Browser Browser, string Path)> Opened { get; private init; } = [];

    /// <summary>Somebody's, all of them alive.</summary>
    public static async Task<Belongings> Of(IReachable host)
    {
        var settings = await Office.Send(host, HttpMethod.Get, Office.Path);
        await Office.Send(host, HttpMethod.Patch, Office.Path, new { trusted_devices = new { enabled = true }, branding = new { name = $"Home {Guid.NewGuid():n}"[..12] } });
        (await Office.Send(host, HttpMethod.Post, $"{Office.Path}/apply", new { }, settings.Headers["ETag"])).Status.ShouldBe(200);

        var person = await Person.Make(host);
        var key = await HeldPasskey.Enrol(await Account.SignIn(host, person));
        var visit = new Visit(host, person);
        (await visit.Create()).Status.ShouldBe(200);
        (await visit.Prepare()).Status.ShouldBe(200);
        var done = await visit.Browser.Post(
            $"/v1/client/sign_ins/{visit.SignIn}/attempt_second_factor", ("strategy", "phone_code"), ("code", await person.LatestCode(host, texts: 2)), ("trust_device", "true"));
        done.Status.ShouldBe(200, done.Text);
        var account = new Account(person, visit.Browser, (string)done.Response["created_session_id"]!);
        var open = new Visit(host, person);
        (await open.Create()).Status.ShouldBe(200);
        var newcomer = new Newcomer(host);
        (await newcomer.Begin()).Status.ShouldBe(200);
        var operators = new Operator(host);
        var user = (await account.Get("")).Response;
        var email = (string)user["email_addresses"]![0]!["id"]!;
        return new()
        {
            Opened =
            [
                (account.Browser, $"/v1/me/passkeys/{key.Id}"), (account.Browser, $"/v1/me/phone_numbers/{person.PhoneNumberId}"), (account.Browser, $"/v1/me/email_addresses/{email}"),
                (account.Browser, $"/v1/client/sessions/{account.Session}"), (open.Browser, $"/v1/client/sign_ins/{open.SignIn}"), (newcomer.Browser, $"/v1/client/sign_ups/{newcomer.SignUp}"),
            ],
            ["users"] = person.UserId,
            ["sessions"] = account.Session,
            ["clients"] = (string)(await account.Browser.Get("/v1/client")).Response["id"]!,
            ["phone_numbers"] = person.PhoneNumberId,
            ["email_addresses"] = email,
            ["passkeys"] = key.Id,
            ["sign_ins"] = open.SignIn,
            ["sign_ups"] = newcomer.SignUp,
            ["sign_in_tokens"] = (string)(await operators.Post("/v1/sign_in_tokens", new { user_id = person.UserId })).Json["id"]!,
            ["trusted_devices"] = (string)(await operators.Get($"/v1/users/{person.UserId}/trusted_devices")).Json[0]!["id"]!,
            ["streams"] = person.UserId,
            ["schemas"] = "sign_in.converted",
            ["versions"] = (string)(await operators.Get("/v1/instance/settings/versions")).Json[0]!["version"]!.ToString(),
        };
    }

    /// <summary>Ids that were never anybody's.</summary>
    public static Belongings Nobodys() => new()
    {
        ["users"] = new UserId(Guid.CreateVersion7()).ToString(),
        ["sessions"] = new SessionId(Guid.CreateVersion7()).ToString(),
        ["clients"] = new ClientId(Guid.CreateVersion7()).ToString(),
        ["phone_numbers"] = new IdentifierId(Guid.CreateVersion7()).ToString(),
        ["email_addresses"] = new IdentifierId(Guid.CreateVersion7()).ToString(),
        ["passkeys"] = new PasskeyId(Guid.CreateVersion7()).ToString(),
        ["sign_ins"] = new SignInId(Guid.CreateVersion7()).ToString(),
        ["sign_ups"] = new SignUpId(Guid.CreateVersion7()).ToString(),
        ["sign_in_tokens"] = new TicketId(Guid.CreateVersion7()).ToString(),
        ["trusted_devices"] = new TrustedDeviceId(Guid.CreateVersion7()).ToString(),
        ["streams"] = new UserId(Guid.CreateVersion7()).ToString(),
        ["schemas"] = "sign_in.converted",   // words of the contract, nobody's own
        ["versions"] = "987654",
    };
}
