namespace Auth.Domain.SignIns;

/// <summary>A way to prove who you are. What it can do stands in <see cref="Strategies"/>.</summary>
public enum Strategy
{
    /// <summary>Something they know.</summary>
    Password,

    /// <summary>Something they have: the phone that gets a texted code.</summary>
    PhoneCode,

    /// <summary>Something they have: the mailbox that gets a code. As a second factor only where the operator allows it, and never beside itself (NIST SP 800-63B §3.1.3.1).</summary>
    EmailCode,

    /// <summary>Something they have: an authenticator app that shares a seed with us (RFC 6238).</summary>
    Totp,

    /// <summary>Something they have: one of ten codes they wrote down, good once.</summary>
    BackupCode,

    /// <summary>They forgot the password: a mailed code lets them choose another one, and nothing else (R50).</summary>
    ResetPasswordEmailCode,

    /// <summary>They forgot the password: a texted code lets them choose another one, and nothing else (R50).</summary>
    ResetPasswordPhoneCode,

    /// <summary>Something they have that signs a challenge; with a finger, face or PIN it is both factors at once (R43, WebAuthn).</summary>
    Passkey,

    /// <summary>Something they have: a link that the operator made for them, good once.</summary>
    Ticket,
}

/// <summary>The kind of proof (guide, NIST SP 800-63B §2).</summary>
public enum FactorKind { Knowledge, Possession, Inherence }

/// <summary>What a code travels by. Two factors of one sign-in never travel by the same one.</summary>
public enum Channel { None, Text, Mail }

/// <summary>What a strategy can do, as data: a new strategy is a row here.</summary>
/// <param name="Name">Its name on the wire.</param>
/// <param name="Amr">Its name in a token (RFC 8176).</param>
/// <param name="By">What its code is sent by before it can be attempted; none where nothing is sent.</param>
/// <param name="Resets">It proves that they may choose a new password; that is still to be done.</param>
/// <param name="Signs">It answers a challenge: there is nothing to guess, and so nothing to wait for (R59).</param>
/// <param name="StandsIn">As a second factor it stands in for another one that they have; alone it is none, and nobody is asked for it.</param>
/// <param name="Begins">A sign-in begins with it or does without it; it is not offered to whoever typed an identifier, and no setting turns it off: the operator makes each.</param>
public sealed record StrategyTraits(string Name, string Amr, FactorKind Kind, bool First, bool Second, Channel By, bool Resets = false, bool Signs = false, bool StandsIn = false, bool Begins = false)
{
    /// <summary>Something is sent before it can be attempted.</summary>
    public bool Prepared => By is not Channel.None;

    /// <summary>The kind of identifier it is sent to; null where nothing is sent.</summary>
    public IdentifierKind? To => By switch { Channel.Text => IdentifierKind.PhoneNumber, Channel.Mail => IdentifierKind.EmailAddress, _ => null };
}

/// <summary>Every strategy there is.</summary>
public static class Strategies
{
    /// <summary>One row per strategy, in the order they are offered.</summary>
    public static readonly IReadOnlyDictionary<Strategy, StrategyTraits> All = new Dictionary<Strategy, StrategyTraits>
    {
        [Strategy.Password]               = new("password",                  "pwd",   FactorKind.Knowledge,  First: true,  Second: false, Channel.None),
        [Strategy.EmailCode]              = new("email_code",                "email", FactorKind.Possession, First: true,  Second: true,  Channel.Mail, StandsIn: true),
        [Strategy.PhoneCode]              = new("phone_code",                "sms",   FactorKind.Possession, First: true,  Second: true,  Channel.Text),
        [Strategy.Totp]                   = new("totp",                      "otp",   FactorKind.Possession, First: false, Second: true,  Channel.None),
        [Strategy.BackupCode]             = new("backup_code",               "otp",   FactorKind.Possession, First: false, Second: true,  Channel.None, StandsIn: true),
        [Strategy.ResetPasswordEmailCode] = new("reset_password_email_code", "email", FactorKind.Possession, First: true,  Second: false, Channel.Mail, Resets: true),
        [Strategy.ResetPasswordPhoneCode] = new("reset_password_phone_code", "sms",   FactorKind.Possession, First: true,  Second: false, Channel.Text, Resets: true),
        [Strategy.Passkey]                = new("passkey",                   "swk",   FactorKind.Possession, First: true,  Second: true,  Channel.None, Signs: true),
        [Strategy.Ticket]                 = new("ticket",                    "ticket", FactorKind.Possession, First: true, Second: false, Channel.None, Begins: true),
    };

    /// <summary>What this strategy can do.</summary>
    public static StrategyTraits Traits(this Strategy strategy) => All[strategy];

    /// <summary>The strategy of that name, or null.</summary>
    public static Strategy? Named(string? name) => All.Where(row => row.Value.Name == name).Select(row => (Strategy?)row.Key).SingleOrDefault();

    /// <summary>
    /// The ways to prove it once that somebody with an identifier of that kind may have: the same for people and strangers (R52). A passkey is taken there too, yet not
    /// offered: named for everybody, most of whom have none, it would be what Clerk's pages begin with.
    /// </summary>
    public static IEnumerable<Strategy> FirstFor(IdentifierKind kind) =>
        All.Where(row => row.Value is { First: true, Begins: false } && (kind is IdentifierKind.Passkey ? row.Key is Strategy.Passkey : !row.Value.Signs && (row.Value.To is not { } to || to == kind))).Select(row => row.Key);
}

/// <summary>One thing of one person that can be guessed: their password, one of their numbers. Its failures are counted together over all sign-ins (R18).</summary>
/// <param name="Id">The id of the number, address, app or passkey; null where a person has just one, for a stranger's, and for a passkey that nobody knows.</param>
public sealed record Authenticator(Strategy Strategy, Guid? Id = null)
{
    /// <summary>The person's only password.</summary>
    public static Authenticator Password { get; } = new(Strategy.Password);

    /// <summary>The person's only set of backup codes.</summary>
    public static Authenticator BackupCode { get; } = new(Strategy.BackupCode);

    /// <summary>Whatever passkey answered a sign-in's challenge: what was wrong is counted for all of them together.</summary>
    public static Authenticator AnyPasskey { get; } = new(Strategy.Passkey);

    /// <summary>Both would travel by one channel, or to one address, or hang on one ring: that is one factor, not two.</summary>
    public bool SharesChannelWith(Authenticator other) =>
        (Strategy.Traits().By is not Channel.None and var by && by == other.Strategy.Traits().By) || (Strategy.Traits().Signs && other.Strategy.Traits().Signs);

    internal Authenticator Counted => Strategy.Traits().Signs ? AnyPasskey : this;
}
