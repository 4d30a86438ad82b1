using Auth.Host.Http;
using Auth.Host.Keys;
using Microsoft.IdentityModel.Tokens;

namespace Auth.Host.Clients;

/// <summary>A browser or an app, as its secret proves it (Clerk's <c>__client</c>): the sign-in it runs now and when it last did something.</summary>
/// <param name="SecretHash">SHA-256 of the secret, base64; a conversion gives it a new one (R67).</param>
/// <param name="SignIn">The sign-in under way; the next one supersedes it, a conversion clears it.</param>
/// <param name="UserId">Whose sign-in that is; null for a stranger's.</param>
/// <param name="Typed">The id of the row of the identifier that sign-in began with, a stranger's too: so that a step finds in its one batch what hangs on it.</param>
public sealed record Client(
    Guid Id, string SecretHash, Guid? SignIn, Guid? UserId, string? Typed, string? LastStrategy,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset CookieExpiresAt)
{
    /// <summary>How long a browser keeps its secret.</summary>
    public static readonly TimeSpan CookieLife = TimeSpan.FromDays(365);

    /// <summary>The sign-up under way; whatever is begun next takes its place.</summary>
    public Guid? SignUp { get; init; }

    /// <summary>Failures are counted apart for known devices, in so many lanes a person: however many devices they have, guesses are not multiplied beyond that (R18, R59).</summary>
    public const int Lanes = 4;

    /// <summary>So many people are known on one client.</summary>
    internal const int MostKnown = 8;

    /// <summary>Who completed a sign-in here, as HMAC: the last few. It outlives their sessions.</summary>
    public IReadOnlyList<string> Known { get; init; } = [];

    /// <summary>Which lane this client is in for that person; null where they never completed a sign-in on it.</summary>
    public int? LaneOf(InstanceKeys keys, Guid user) => Known.Contains(Mark(keys, user)) ? Lane(Id) : null;

    /// <summary>The lane of a client that is known to somebody.</summary>
    internal static int Lane(Guid client) => client.ToByteArray()[^1] % Lanes;

    /// <summary>The same client, known to that person.</summary>
    public Client KnownTo(InstanceKeys keys, Guid user) => this with { Known = [.. Known.Where(mark => mark != Mark(keys, user)).TakeLast(MostKnown - 1), Mark(keys, user)] };

    private string Mark(InstanceKeys keys, Guid user) => Base64UrlEncoder.Encode(keys.Index.Mac("known device", Id.ToString("N"), user.ToString("N")));

    /// <summary>Revision of the row; two at once cannot both move it.</summary>
    public long Version { get; set; }

    /// <summary>The same client with another secret; the one it had is nobody's from the commit on (R67).</summary>
    public (Client Client, IssuedSecret Issued) Renewed(DateTimeOffset now)
    {
        var secret = ClientSecret.Make();
        return (this with { SecretHash = secret.Hash, UpdatedAt = now, CookieExpiresAt = now + CookieLife }, new(new(Id), secret, now + CookieLife));
    }

    /// <summary>A client that was not here before, and its secret.</summary>
    public static (Client Client, ClientSecret? Secret) New(DateTimeOffset now)
    {
        var secret = ClientSecret.Make();
        return (new(Guid.CreateVersion7(now), secret.Hash, null, null, null, null, now, now, now + CookieLife), secret);
    }
}
