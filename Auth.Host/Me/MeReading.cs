using Auth.Domain.Instances;
using Auth.Domain.SignIns;
using Auth.Domain.Verifications;
using Auth.Host.Factors;
using Auth.Host.Http;
using Auth.Host.Keys;
using Auth.Host.Resources;
using Auth.Host.Sessions;
using Auth.Host.SignIns;
using Auth.Host.Users;
using JasperFx.Events;
using Marten;

namespace Auth.Host.Me;

/// <summary>What a change to one's own account needs besides who it is: what guesses are compared with, how they stand, and the verification it is about.</summary>
public sealed class MeReading
{
    private MeReading(SignedIn who, IReadOnlyList<Guesses> guesses, Credentials credentials, AuthenticatorApp? pending, IEventStream<Verification>? stream) =>
        (Who, Guesses, Credentials, PendingApp, Stream) = (who, guesses, credentials, pending, stream);

    /// <summary>Who asks.</summary>
    public SignedIn Who { get; }

    /// <summary>The session it asks in.</summary>
    public Session Session => Who.Session;

    /// <summary>The operator's settings in force.</summary>
    public Settings Settings => Who.Settings.InForce;

    /// <summary>Who it is.</summary>
    public PersonView Person => Who.Person;

    /// <summary>The stream of the verification named, at the version that was read.</summary>
    public IEventStream<Verification>? Stream { get; }

    /// <summary>The verification named; nothing where there is none, or it is not theirs.</summary>
    public Verification Verification =>
        Stream?.Aggregate is { Begun: { } begun } verification && begun.User == Person.User.Id && (begun.Session is null || begun.Session == Session.Id) ? verification : Verification.Initial;

    /// <summary>What their guesses are compared with.</summary>
    public Credentials Credentials { get; }

    /// <summary>An authenticator app that waits for its first code in this session (R34).</summary>
    public AuthenticatorApp? PendingApp { get; }

    private IReadOnlyList<Guesses> Guesses { get; }

    /// <summary>Reads, or refuses whoever is not signed in.</summary>
    /// <param name="verification">Which verification the step is about, as soon as it is known who asks: of an identifier its id, of a step-up the session's.</param>
    public static async Task<MeReading> Of(
        IDocumentSession session, IKeyring keyring, Speaker me, DateTimeOffset now, CancellationToken ct, Func<SignedIn, AuthenticatorApp?, Guid?>? verification = null)
    {
        Task<IReadOnlyList<Guesses>> guesses = null!;
        Task<IReadOnlyList<PasswordCredential>> passwords = null!;
        Task<IReadOnlyList<AuthenticatorApp>> apps = null!;
        Task<IReadOnlyList<BackupCodeSet>> codes = null!;
        var who = await SignedIn.Of(session, keyring, me, now, ct, also: theirs => (guesses, passwords, apps, codes) =
            (theirs.Of<Guesses>("user_id"), theirs.Of<PasswordCredential>("id"), theirs.Of<AuthenticatorApp>("user_id"), theirs.Of<BackupCodeSet>("user_id")));

        var user = who.Person.User;
        var pending = (await apps).FirstOrDefault(x => x.PendingIn == who.Session.Id && x.UserId == user.Id && now < x.MadeAt + AuthenticatorApp.PendingLife);
        var stream = verification?.Invoke(who, pending) is { } id && id != Guid.Empty ? await session.Events.FetchForWriting<Verification>(id, ct) : null;
        return new(
            who, [.. (await guesses).Where(x => x.UserId == user.Id)],
            new(who.Person, (await passwords).FirstOrDefault(x => x.Id == user.Id), (await apps).FirstOrDefault(x => x.Id == user.Totp), (await codes).FirstOrDefault(x => x.Id == user.BackupCodes)) { Passkeys = who.Passkeys },
            pending, stream);
    }

    /// <summary>How an authenticator of theirs stands, for this device.</summary>
    public Guesses GuessesOn(InstanceKeys keys, Authenticator authenticator) =>
        SignIns.Guesses.Clean(keys, Person.User.Id, authenticator, Who.Client.LaneOf(keys, Person.User.Id)) is var clean && Guesses.FirstOrDefault(row => row.Id == clean.Id) is { } row ? row : clean;

    /// <summary>A change of factors, identifiers or password needs a proof of the strongest kind they have, no older than that (R60).</summary>
    public MeReading SteppedUp(DateTimeOffset now) => Who.HasSteppedUp(now) ? this : throw Problems.StepUpNeeded.Refuse();

    /// <summary>A second factor of that kind may be added; where it may not, those there are stay and are asked for (R04).</summary>
    public MeReading Enrolling(Strategy strategy) => Settings.MayEnrol(strategy) || (Person.User.MustEnrol && Settings.SecondFactors.Contains(strategy)) ? this : throw Problems.FactorOff.Refuse();
}
