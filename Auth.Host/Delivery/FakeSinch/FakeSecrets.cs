using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Auth.Host.Delivery.Sms;
using Auth.Host.Instances;
using Auth.Host.Keys;
using Microsoft.Extensions.Options;

namespace Auth.Host.Delivery.FakeSinch;

/// <summary>What the fake and its callers share. All of it is derived from the instance's inbox key, so that every host agrees and nothing is configured.</summary>
internal sealed class FakeSecrets(IKeyring keyring, IOptions<SinchOptions> options, TimeProvider clock)
{
    /// <summary>The fake has one instance.</summary>
    public const string Tenant = Tenants.Default;

    /// <summary>The service plan of a host without settings.</summary>
    public const string Plan = "fake";

    private static readonly TimeSpan TokenLife = TimeSpan.FromHours(1);

    public async ValueTask<Key> InboxAsync(CancellationToken ct) => (await keyring.Of(Tenant, ct)).Inbox;

    public async ValueTask<string> PlanTokenAsync(CancellationToken ct) => Base64Url.EncodeToString((await InboxAsync(ct)).Mac("fake token"));

    /// <summary>What reports are signed with: the settings' secret, or the derived one.</summary>
    public async ValueTask<string> CallbackSecretAsync(CancellationToken ct) =>
        options.Value.CallbackSecret is { Length: > 0 } set ? set : Base64Url.EncodeToString((await InboxAsync(ct)).Mac("fake callbacks"));

    public static string NumberOf(Key inbox, string e164) => Convert.ToBase64String(inbox.Mac("fake number", e164));

    /// <summary>An access token of an hour for the configured key pair, or null when this is not it.</summary>
    public async ValueTask<string?> IssueAsync(string keyId, string keySecret, CancellationToken ct)
    {
        if (options.Value is not { KeyId: { Length: > 0 } id, KeySecret: { Length: > 0 } secret } || id != keyId || secret != keySecret) return null;
        var now = clock.GetUtcNow();
        var claims = JsonSerializer.SerializeToUtf8Bytes(new { iss = "fake", iat = now.ToUnixTimeSeconds(), exp = (now + TokenLife).ToUnixTimeSeconds(), jti = Guid.CreateVersion7() });
        var signed = $"{Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8)}.{Base64Url.EncodeToString(claims)}";
        return $"{signed}.{Base64Url.EncodeToString((await InboxAsync(ct)).Mac(Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>Whose bearer value is this? The id its paths must begin with; or null, with the moment it ended if it is only old.</summary>
    public async ValueTask<(string? Id, DateTimeOffset? Ended)> WhoAsync(string bearer, CancellationToken ct)
    {
        if (bearer == await PlanTokenAsync(ct)) return (Plan, null);
        if (options.Value is { ServicePlanId: { Length: > 0 } plan, ApiToken: { Length: > 0 } token } && bearer == token) return (plan, null);
        if (bearer.LastIndexOf('.') is not (> 0 and var end)) return (null, null);
        var inbox = await InboxAsync(ct);
        if (Base64Url.EncodeToString(inbox.Mac(Encoding.ASCII.GetBytes(bearer[..end]))) != bearer[(end + 1)..]) return (null, null);
        using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(bearer.Split('.')[1]));
        var ends = DateTimeOffset.FromUnixTimeSeconds(claims.RootElement.GetProperty("exp").GetInt64());
        return clock.GetUtcNow() < ends ? (options.Value.ProjectId, null) : (null, ends);
    }
}
