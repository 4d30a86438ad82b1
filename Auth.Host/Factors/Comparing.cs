using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Host.Http;
using Auth.Host.Keys;
using Auth.Host.Passkeys;
using Auth.Host.Passwords;
using Auth.Host.SignIns;
using Marten;

namespace Auth.Host.Factors;

/// <summary>What the host found, and what a right guess uses up or betters: written in the commit that answers it.</summary>
public sealed record Comparison(Verdict Verdict, Action<IDocumentSession>? Taken = null)
{
    /// <summary>Nothing was compared.</summary>
    public static Comparison None { get; } = new(Verdict.NotChecked);

    /// <summary>Of a passkey: which one, what it did, what was wrong.</summary>
    public Signing? Signing { get; init; }

    /// <summary>A passkey of which there may be a copy.</summary>
    public SuspectPasskey? Suspect { get; init; }
}

/// <summary>The one place where guesses are compared, without a lock held and with the same work whether or not there is anything to compare with (R25, R47).</summary>
public sealed class Comparing(PasswordHashing hashing, IKeyring keyring, PasskeyDesk passkeys, TimeProvider clock)
{
    /// <summary>Compares. Too many hashes waiting: the request is refused uncounted (R48).</summary>
    public async Task<Comparison> Compare(string tenant, Offer offer, Credentials credentials, SentCode? sent, CancellationToken ct, AskedPasskey? asked = null) => offer switch
    {
        Offer.OfPasskey passkey                  => await passkeys.Compare(tenant, passkey, credentials.Passkeys, asked!),
        Offer.OfPassword password                => await Password(tenant, password.Password, credentials, ct),
        Offer.OfBackupCode backup                => await BackupCode(tenant, backup.Code, credentials.BackupCodes, ct),
        Offer.OfCode typed when sent is not null => await Code(tenant, typed.Code, credentials, sent, ct),
        Offer.OfCode typed                       => App(typed.Code, credentials),
        _ => throw new InvalidOperationException("An offer of no known kind."),
    };

    private async Task<Comparison> Password(string tenant, Password password, Credentials credentials, CancellationToken ct)
    {
        var guess = await PasswordGuess.Check(hashing, tenant, password, credentials.Password, ct);
        return new(guess.Verdict, guess.Better is { } better ? session => session.QueueOperation(better) : null);
    }

    /// <summary>Compares a code that was sent to somebody who has no account yet.</summary>
    public async Task<Verdict> Compare(string tenant, OfferedCode typed, SentCode sent, CancellationToken ct) => await IsSent(tenant, typed, sent, ct) ? Verdict.Right : Verdict.Wrong;

    /// <summary>A stranger's code is derived and compared like anybody's; nobody was sent it, so nobody is right.</summary>
    private async Task<Comparison> Code(string tenant, OfferedCode typed, Credentials credentials, SentCode sent, CancellationToken ct)
    {
        var matches = await IsSent(tenant, typed, sent, ct);
        return new(matches & credentials.Person is not null ? Verdict.Right : Verdict.Wrong);
    }

    private async Task<bool> IsSent(string tenant, OfferedCode typed, SentCode sent, CancellationToken ct)
    {
        var keys = await keyring.Of(tenant, sent.Message.Code.Key, ct);
        return typed.Matches(OneTimeCodes.Derive(keys.Codes[sent.Message.Code.Key], sent.Purpose, tenant, sent.Stream, sent.Message.Authenticator, sent.Message.Code));
    }

    private Comparison App(OfferedCode typed, Credentials credentials) =>
        credentials is { App: { PendingIn: null } app, Person: { } person } && app.Step(typed, person.Key, clock.GetUtcNow()) is { } step
            ? new(Verdict.Right, session => session.Move(app with { LastStep = step }, app.Version))
            : new(Verdict.Wrong);

    private async Task<Comparison> BackupCode(string tenant, OfferedBackupCode typed, BackupCodeSet? codes, CancellationToken ct)
    {
        var row = codes?.Row(typed, (await keyring.Of(tenant, ct)).Index);
        return (await hashing.Verify(tenant, BackupCodeSet.Secret(typed, codes), row?.Phc, ct)).Verdict switch
        {
            PasswordVerdict.Busy  => throw Problems.Unavailable.After(PasswordHashing.RetryAfter).Refuse(),
            PasswordVerdict.Right => new(Verdict.Right, session => session.Move(codes!.Without(row!), codes.Version)),
            _                     => new(Verdict.Wrong),
        };
    }
}
