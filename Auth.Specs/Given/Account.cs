using System.Globalization;
using OtpNet;

namespace Auth.Specs.Given;

/// <summary>Somebody who is signed in at one browser, changing their own account.</summary>
public sealed class Account(Person person, Browser browser, string session)
{
    /// <summary>Who it is.</summary>
    public Person Person => person;

    /// <summary>Their browser.</summary>
    public Browser Browser => browser;

    /// <summary>Their session, <c>sess_…</c>.</summary>
    public string Session => session;

    /// <summary>Signs in with everything they have.</summary>
    public static async Task<Account> SignIn(IReachable host, Person person, bool twoStep = true)
    {
        var visit = new Visit(host, person);
        if (twoStep) return new(person, visit.Browser, await visit.Through());
        var reply = await visit.Create();
        reply.Status.ShouldBe(200, reply.Text);
        return new(person, visit.Browser, (string)reply.Response["created_session_id"]!);
    }

    /// <summary>Somebody new without a second factor, signed in.</summary>
    public static async Task<Account> New(IReachable host, bool twoStep = false) => await SignIn(host, await Given.Person.Make(host, twoStep), twoStep);

    /// <summary>Somebody whose number is a second factor, signed in where they can take all of them off: an authenticator app proved it.</summary>
    public static async Task<Account> WithNumber(IReachable host)
    {
        var account = await New(host);
        await account.AddApp();
        (await account.Patch($"/phone_numbers/{account.Person.PhoneNumberId}", ("reserved_for_second_factor", "true"))).Status.ShouldBe(200);
        return account;
    }

    /// <summary>Takes the number and the app off: no second factor is left.</summary>
    public async Task TakeAllOff()
    {
        (await Patch($"/phone_numbers/{person.PhoneNumberId}", ("reserved_for_second_factor", "false"))).Status.ShouldBe(200);
        (await Delete("/totp")).Status.ShouldBe(200);
    }

    /// <summary>POST under <c>/v1/me</c>.</summary>
    public Task<Reply> Post(string path, params (string Name, string Value)[] form) => browser.Post($"/v1/me{path}", form);

    /// <summary>PATCH, as Clerk's clients send it.</summary>
    public Task<Reply> Patch(string path, params (string Name, string Value)[] form) => browser.Post($"/v1/me{path}?_method=PATCH", form);

    /// <summary>DELETE, as Clerk's clients send it.</summary>
    public Task<Reply> Delete(string path) => browser.Post($"/v1/me{path}?_method=DELETE");

    /// <summary>GET under <c>/v1/me</c>.</summary>
    public Task<Reply> Get(string path) => browser.Get($"/v1/me{path}");

    /// <summary>A step of a step-up.</summary>
    public Task<Reply> StepUp(string step, params (string Name, string Value)[] form) => browser.Post($"/v1/client/sessions/{session}/verify{step}", form);

    /// <summary>Adds an authenticator app and proves it; the seed.</summary>
    public async Task<byte[]> AddApp()
    {
        var seed = await ShownSeed();
        var proved = await Post("/totp/attempt_verification", ("code", CodeOf(seed)));
        proved.Status.ShouldBe(200, proved.Text);
        return seed;
    }

    /// <summary>The same with an older code, so that the next one can be used at once; for hosts whose time a spec cannot move.</summary>
    public async Task<byte[]> AddAppEarlier()
    {
        var seed = await ShownSeed();
        var (before, now) = (CodeOf(seed, -1), CodeOf(seed));
        // Half a minute may end between reading the code and entering it; then it is the later of the two.
        var proved = await Post("/totp/attempt_verification", ("code", before));
        if (proved.Status != 200) proved = await Post("/totp/attempt_verification", ("code", now));
        proved.Status.ShouldBe(200, proved.Text);
        return seed;
    }

    /// <summary>Makes backup codes; as they are shown.</summary>
    public async Task<IReadOnlyList<string>> MakeBackupCodes()
    {
        var made = await Post("/backup_codes");
        made.Status.ShouldBe(200, made.Text);
        return [.. made.Response["codes"]!.AsArray().Select(code => (string)code!)];
    }

    private async Task<byte[]> ShownSeed()
    {
        var shown = await Post("/totp");
        shown.Status.ShouldBe(200, shown.Text);
        return Base32Encoding.ToBytes((string)shown.Response["secret"]!);
    }

    /// <summary>What the app shows at that time, by the library that apps are compared with.</summary>
    public static string CodeOf(byte[] seed, int stepsFromNow = 0) =>
        new Totp(seed).ComputeTotp((new StoryClock().GetUtcNow() + TimeSpan.FromSeconds(30 * stepsFromNow)).UtcDateTime);

    /// <summary>Six digits that are not these.</summary>
    public static string Not(string code) => ((int.Parse(code, CultureInfo.InvariantCulture) + 500_000) % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
}
