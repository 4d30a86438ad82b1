using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Auth.Host.Instances;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Auth.Host.Sessions.Tokens;

/// <summary>Signs session tokens and reads them back: ES256 only, one minute long (R68, R73).</summary>
public sealed class SessionTokens(SigningKeys keys, Tenants tenants, TimeProvider clock, IOptions<TokenOptions> options)
{
    private const int LongestToken = 4096;

    // A reader's clock may be a little behind ours.
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(10);
    private static readonly string[] HeaderOfOurs = ["alg", "kid", "typ"];

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false, MaximumTokenSizeInBytes = LongestToken };

    /// <summary><c>iss</c>: where the instance is reached.</summary>
    public string Issuer(string tenant) => tenants.Of(tenant).Door.PublicUrl.GetLeftPart(UriPartial.Authority);

    /// <summary>A token for the session, from now on for a minute.</summary>
    public async ValueTask<string> Mint(string tenant, TokenSubject subject, CancellationToken ct = default) =>
        _handler.CreateToken(Payload(tenant, subject, clock.GetUtcNow()), new SigningCredentials(await keys.Current(tenant, ct), SecurityAlgorithms.EcdsaSha256));

    /// <summary>Cookies for that origin, signed for a minute. It names no issuer and has a type of its own, so that it is no session token for anybody (R69).</summary>
    public async ValueTask<string> Sign(string tenant, IReadOnlyList<string> cookies, string origin, CancellationToken ct = default) => _handler.CreateToken(
        JsonSerializer.Serialize(new Dictionary<string, object> { ["aud"] = origin, ["exp"] = clock.GetUtcNow().AddMinutes(1).ToUnixTimeSeconds(), ["handshake"] = cookies }),
        new SigningCredentials(await keys.Current(tenant, ct), SecurityAlgorithms.EcdsaSha256), new Dictionary<string, object> { ["typ"] = "handshake+jwt" });

    /// <summary>What a token says, or null when it is not one of ours, of this instance, alive, and for this audience.</summary>
    public ValueTask<SessionClaims?> Read(string tenant, string jwt, CancellationToken ct = default) => Read(tenant, jwt, evenDead: false, ct);

    /// <summary>The same of a token whose minute may be over: it says whose session it was, and opens nothing.</summary>
    public ValueTask<SessionClaims?> ReadEvenDead(string tenant, string jwt, CancellationToken ct = default) => Read(tenant, jwt, evenDead: true, ct);

    private async ValueTask<SessionClaims?> Read(string tenant, string jwt, bool evenDead, CancellationToken ct)
    {
        if (Parse(jwt) is not { } token || await keys.Named(tenant, token.Kid, ct) is not { } key) return null;
        var result = await _handler.ValidateTokenAsync(jwt, new TokenValidationParameters
        {
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            ValidTypes = ["JWT"],
            IssuerSigningKey = key,
            ValidIssuer = Issuer(tenant),
            ValidateAudience = options.Value.Audience is not null,
            ValidAudience = options.Value.Audience,
            LifetimeValidator = (from, until, _, _) => from <= clock.GetUtcNow().UtcDateTime && (evenDead || clock.GetUtcNow().UtcDateTime < until),
        });
        return result.IsValid && token.Subject is { Length: > 0 } user && Text(token, "sid") is { Length: > 0 } session
            ? new(user, session, Text(token, "azp"), token.IssuedAt, token.ValidTo)
            : null;
    }

    // A header that names a key or says that more must be understood is nothing of ours, even with a good signature.
    private JsonWebToken? Parse(string jwt)
    {
        if (jwt.Length > LongestToken || jwt.Count(c => c == '.') != 2) return null;
        try
        {
            using var header = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(jwt[..jwt.IndexOf('.', StringComparison.Ordinal)]));
            return header.RootElement.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal).SequenceEqual(HeaderOfOurs)
                && _handler.ReadJsonWebToken(jwt) is { Kid.Length: > 0 } token ? token : null;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or JsonException or InvalidOperationException or SecurityTokenException)
        {
            return null;
        }
    }

    private static string? Text(JsonWebToken token, string claim) => token.TryGetPayloadValue<string>(claim, out var value) ? value : null;

    private string Payload(string tenant, TokenSubject subject, DateTimeOffset now)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (subject.AuthorizedParty is { } party) json.WriteString("azp", party);
            if (options.Value.Audience is { } audience) json.WriteString("aud", audience);
            json.WriteNumber("exp", now.AddSeconds(options.Value.LifeSeconds).ToUnixTimeSeconds());
            json.WriteNumber("iat", now.ToUnixTimeSeconds());
            json.WriteNumber("nbf", (now - Early).ToUnixTimeSeconds());
            json.WriteString("iss", Issuer(tenant));
            json.WriteString("jti", Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(16)));
            json.WriteString("sub", subject.UserId);
            json.WriteString("sid", subject.SessionId);
            json.WriteString("sts", subject.Status);
            json.WriteNumber("auth_time", subject.AuthenticatedAt.ToUnixTimeSeconds());
            json.WriteStartArray("fva");
            json.WriteNumberValue(MinutesSince(subject.FirstFactorAt, now));
            json.WriteNumberValue(subject.SecondFactorAt is { } second ? MinutesSince(second, now) : -1);
            json.WriteEndArray();
            json.WriteStartArray("amr");
            foreach (var way in subject.Amr) json.WriteStringValue(way);
            json.WriteEndArray();
            json.WriteNumber("v", 2);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static int MinutesSince(DateTimeOffset then, DateTimeOffset now) => Math.Max(0, (int)(now - then).TotalMinutes);
}
