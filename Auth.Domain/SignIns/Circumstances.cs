using Auth.Domain.Instances;
using Auth.Domain.Users;

namespace Auth.Domain.SignIns;

/// <summary>What the host read in the step's one batch, besides the sign-in itself.</summary>
/// <param name="User">The person, as of this moment (R05); null for a stranger.</param>
/// <param name="Standing">How the authenticator in question stands over all sign-ins.</param>
/// <param name="Sent">The texts that went out already.</param>
/// <param name="Settings">The operator's settings in force.</param>
public sealed record Circumstances(DateTimeOffset Now, User? User, Standing Standing, Sendings Sent, Settings Settings)
{
    /// <summary>The trust in the caller's device, if it was given for this person; whether it still holds is for the rules to say.</summary>
    public DeviceTrust? Trust { get; init; }

    /// <summary>The numbers that the rules run on.</summary>
    public Dials Dials => Settings.Dials;

    /// <summary>Nothing special: a clean record.</summary>
    public static Circumstances At(DateTimeOffset now, User? user) => new(now, user, Standing.Clean, Sendings.None, Settings.Shipped);

    /// <summary>The session that begins with the last proof. Where a second factor is demanded of everybody, who has none is to enrol one before the session is whole.</summary>
    internal Converted Convert(Guid session) =>
        new(session, Now + Dials.SessionLife, User is { HasSecondFactor: false } user && (Settings.DemandsSecondFactor(Now) || (user.MustEnrol && Settings.OffersEnrolment())) ? SessionTask.SetupMfa : null);

    /// <summary>The trust that spares this person the second factor now: given once they proved both, not run out, and not voided by any change of a factor or the password (R66).</summary>
    internal DeviceTrust? Trusted(User user) =>
        Settings.TrustedDevices.On && Trust is { } trust && trust.User == user.Id && trust.Voided == user.TrustVoided && Now < trust.Until && Now < trust.Since + Settings.TrustedDevices.Life ? trust : null;
}

/// <summary>A device that is spared the second factor for a while.</summary>
/// <param name="Voided">How often their trust had been voided when it was given.</param>
/// <param name="SignIn">In which it was given.</param>
public sealed record DeviceTrust(Guid Id, Guid User, long Voided, Guid SignIn, DateTimeOffset Since, DateTimeOffset Until);

/// <summary>Failures in a row on one authenticator of one person, over all sign-ins, clients and hosts (R18).</summary>
/// <param name="Disabled">It proves nothing any more until it is bound again (FAIL_HARD, R19; NIST SP 800-63B §3.2.2).</param>
public sealed record Standing(int Failures, DateTimeOffset? WaitUntil, bool Disabled = false)
{
    /// <summary>No failure since the last completed sign-in.</summary>
    public static Standing Clean { get; } = new(0, null);

    /// <summary>Nothing is compared and nothing sent until then (R19, R55).</summary>
    public bool Waits(DateTimeOffset now) => now < WaitUntil;

    private const int MostWarned = 3;

    /// <summary>How many more wrong guesses there are before the next one begins a wait, or disables it: told for the last few only; null before, and between the two.</summary>
    public int? Warns(Dials dials) => (Failures < dials.WaitFrom ? dials.WaitFrom : dials.DisableFrom) - Failures is > 0 and <= MostWarned and var left ? left : null;

    /// <summary>After one more wrong guess.</summary>
    public Standing Failed(DateTimeOffset now, Dials dials) =>
        new(Failures + 1, dials.WaitAfter(Failures + 1) is { Ticks: > 0 } wait ? now + wait : null, Disabled || Failures + 1 >= dials.DisableFrom);

    /// <summary>After this decision about the authenticator: a wrong guess counts, only a completed sign-in clears (R18).</summary>
    public Standing After(Decision decision, DateTimeOffset now, Dials dials) =>
        decision.Events.Any(e => e is FirstFactorRejected { Authenticator.Strategy: not Strategy.Passkey } or SecondFactorRejected { Authenticator.Strategy: not Strategy.Passkey }) ? Failed(now, dials)
        : decision.Events.Any(e => e is Converted)                                 ? Clean
        : this;
}

/// <summary>When texts left for this number and for this person, oldest first, and until when the caller's address block may cause none (R56).</summary>
public sealed record Sendings(IReadOnlyList<DateTimeOffset> ToNumber, IReadOnlyList<DateTimeOffset> ToUser, DateTimeOffset? BlockedUntil)
{
    /// <summary>What one more text would add to; null where none would leave: a mail.</summary>
    public Traffic? Traffic { get; init; }

    /// <summary>None yet.</summary>
    public static Sendings None { get; } = new([], [], null);

    /// <summary>When the next text may leave, or null for now.</summary>
    public DateTimeOffset? LimitedUntil(DateTimeOffset now, Dials dials) =>
        new[]
        {
            Full(ToNumber, TimeSpan.FromHours(1), dials.TextsPerNumberAndHour),
            Full(ToNumber, TimeSpan.FromDays(1), dials.TextsPerNumberAndDay),
            Full(ToUser, TimeSpan.FromHours(1), dials.TextsPerUserAndHour),
            BlockedUntil,
        }.Where(until => until > now).Max();

    private static DateTimeOffset? Full(IReadOnlyList<DateTimeOffset> sent, TimeSpan window, int most) =>
        sent.Count < most ? null : sent[^most] + window;
}
