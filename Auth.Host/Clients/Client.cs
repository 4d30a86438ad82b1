using Auth.Host.Http;

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

    /// <summary>Revision of the row; two at once cannot both move it.</summary>
    public long Version { get; set; }

    /// <summary>A client that was not here before, and its secret.</summary>
    public static (Client Client, ClientSecret? Secret) New(DateTimeOffset now)
    {
        var secret = ClientSecret.Make();
        return (new(Guid.CreateVersion7(now), secret.Hash, null, null, null, null, now, now, now + CookieLife), secret);
    }
}
