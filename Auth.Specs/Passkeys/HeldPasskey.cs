using System.Buffers.Text;
using System.Text.Json.Nodes;
using Auth.Host.Http;
using Auth.Host.Passkeys;
using Auth.Specs.Given;

namespace Auth.Specs.Passkeys;

/// <summary>Somebody's passkey in software, used at a page of the service.</summary>
public sealed class HeldPasskey(SoftwareAuthenticator authenticator, Guid user, string id)
{
    /// <summary>The page that asks; the service believes it in Development.</summary>
    public const string Page = "http://localhost:5080";

    /// <summary>Touched, and nothing checked: a plain security key.</summary>
    public static readonly Lie Touched = new() { Origin = Page, Flags = AuthenticatorFlags.UserPresent };

    /// <summary>A phone: it checked who touched it.</summary>
    public static readonly Lie Checked = new() { Origin = Page };

    /// <summary>How the service calls it.</summary>
    public string Id => id;

    /// <summary>Makes one for somebody who is signed in.</summary>
    public static async Task<HeldPasskey> Enrol(Account account, Lie? how = null)
    {
        var authenticator = SoftwareAuthenticator.Es256();
        var asked = await account.Post("/passkeys");
        asked.Status.ShouldBe(200, asked.Text);
        var id = (string)asked.Response["id"]!;
        var made = await account.Post($"/passkeys/{id}/attempt_verification", ("strategy", "passkey"), ("public_key_credential", authenticator.Create(Asked(asked.Response["verification"]!), how ?? Checked)));
        made.Status.ShouldBe(200, made.Text);
        return new(authenticator, account.Person.Id, id);
    }

    /// <summary>What it answers to what a sign-in or step-up asks.</summary>
    public string Answer(Reply asked, Lie? how = null, string factor = "first_factor_verification") => Answer(asked.Response[factor]!, how);

    /// <summary>What it answers to what a verification asks.</summary>
    public string Answer(JsonNode verification, Lie? how = null) => authenticator.Get(Asked(verification), user, how ?? Checked);

    /// <summary>What a verification asks a browser for.</summary>
    public static Ceremony Asked(JsonNode verification)
    {
        var options = JsonNode.Parse((string)verification["nonce"]!)!;
        var party = (string?)options["rpId"] ?? (string)options["rp"]!["id"]!;
        return new(Passkey.Party with { Id = party }, Base64Url.DecodeFromChars((string)options["challenge"]!), VerifiesUser: false);
    }
}

/// <summary>Somebody at a browser, signing in with a passkey.</summary>
public sealed class KeyVisit(IReachable host)
{
    public Browser Browser { get; init; } = new(host);

    public string SignIn { get; private set; } = "";

    /// <summary>Begins without a name, or with one; a passkey is asked for.</summary>
    public async Task<Reply> Begin(string? identifier = null)
    {
        var reply = await Browser.Post("/v1/client/sign_ins", [("strategy", "passkey"), .. identifier is null ? [] : new[] { ("identifier", identifier) }]);
        reply.Status.ShouldBe(200, reply.Text);
        SignIn = (string)reply.Response["id"]!;
        return reply;
    }

    /// <summary>Has one asked for, once more or after something else.</summary>
    public Task<Reply> Prepare(string factor = "first_factor", string? signIn = null) => Browser.Post($"/v1/client/sign_ins/{signIn ?? SignIn}/prepare_{factor}", ("strategy", "passkey"));

    /// <summary>Hands in an answer.</summary>
    public Task<Reply> Attempt(string answer, string factor = "first_factor", string? signIn = null) =>
        Browser.Post($"/v1/client/sign_ins/{signIn ?? SignIn}/attempt_{factor}", ("strategy", "passkey"), ("public_key_credential", answer));

    /// <summary>What its stream holds.</summary>
    public Task<IReadOnlyList<object>> Facts() => Visit.Facts((RunningHost)host, SignIn);

    /// <summary>The session's token, opened.</summary>
    public async Task<JsonNode> Token(Reply complete)
    {
        ((string)complete.Response["status"]!).ShouldBe("complete", complete.Text);
        var token = (string)(await Browser.Post($"/v1/client/sessions/{complete.Response["created_session_id"]}/tokens")).Json["jwt"]!;
        return JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]))!;
    }
}
