using Auth.Domain;
using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Host.Http;
using Auth.Projections;

namespace Auth.Host.Audit.Telling;

/// <summary>One sign-in, read and opened.</summary>
public sealed record OneSignIn(History History, DateTimeOffset Now, Personal Personal, Words Words)
{
    /// <summary>Opens what can be opened.</summary>
    public static async Task<OneSignIn> Of(History history, DateTimeOffset now, AuditReader reader, bool reveal, CancellationToken ct)
    {
        Sealed?[] values = [history.Identity.Identifier, .. history.User.Select(e => Words.Place(e.Data)?.Value), Line(history).Address, Line(history).Agent];
        var (personal, closed) = await reader.Open(values.OfType<Sealed>(), ct, reveal);
        return new(history, now, personal, new(history, personal)) { Closed = closed };
    }

    /// <summary>The root key is not here: personal values read <c>[sealed]</c>.</summary>
    public bool Closed { get; init; }

    /// <summary>The sign-in as one line.</summary>
    public SignInHistory Summary => Line(History);

    /// <summary>Whose it is.</summary>
    public string Who => Summary.User is { } user ? $"{new UserId(user)}" : "nobody";

    private static SignInHistory Line(History history) => history.SignIn.Aggregate((SignInHistory?)null, SignInHistory.Fold)!;
}
