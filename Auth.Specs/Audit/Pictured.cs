using Auth.Domain;
using Auth.Domain.Passkeys;
using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Host.Audit.Telling;
using Auth.Host.Keys;
using Auth.Projections;
using JasperFx.Events;

namespace Auth.Specs.Audit;

/// <summary>Sign-ins of fixed facts at fixed instants, in memory: what pictures are drawn from.</summary>
internal static class Pictured
{
    internal static readonly DateTimeOffset Begun = new(2026, 3, 2, 9, 0, 0, 120, TimeSpan.Zero);

    private static readonly Guid Ann = Id(0xa1), AnnsAddress = Id(0xa2), AnnsPhone = Id(0xa3), CodeKey = Id(0xc0), SignIn = Id(0x51), Session = Id(0x5e);
    private static readonly Key AnnsKey = new(Ann, new byte[32]);
    private static readonly Authenticator ByText = new(Strategy.PhoneCode, AnnsPhone), ByMail = new(Strategy.EmailCode, AnnsAddress);

    /// <summary>Somebody types what the story says, from where it says.</summary>
    internal sealed record Ways(string Identifier = "ann@example.com", string Address = "203.0.113.7", string Agent = "Mozilla/5.0 (X11; Linux x86_64)", bool Reveal = false);

    /// <summary>A whole sign-in with a texted code.</summary>
    internal static OneSignIn WithATextedCode => Of(new(),
        (0, Identified()), (0, Proved), (0.078, Texted(1)), (0.396, new TextHandedOver(Id(0x71), "01FC66621XXXXX119Z8PMV1QPQ")), (2.51, new TextDelivered(Id(0x71), Begun.AddSeconds(2.31))),
        (16.7, new SecondFactorVerified(ByText)), (16.7, new DeviceTrusted(Id(0xd1), Begun.AddDays(30))), (16.7, new Converted(Session, Begun.AddDays(1))));

    /// <summary>One with wrong guesses, a code that ran out, and a wait.</summary>
    internal static OneSignIn WithWrongGuessesAndAWait => Of(new(),
        (0, Identified()), (0, new FirstFactorRejected(Authenticator.Password)), (9.2, Proved), (9.3, Texted(1)), (9.62, new TextHandedOver(Id(0x71), "s1")), (12.4, new TextDelivered(Id(0x71), Begun.AddSeconds(12))),
        (24.1, new SecondFactorRejected(ByText)), (31.8, new SecondFactorRejected(ByText)), (330, new SecondFactorRefused(ByText, RefusalReason.CodeExpired, null)),
        (334.2, Texted(2, 334)), (334.5, new TextHandedOver(Id(0x72), "s2")), (337, new TextDelivered(Id(0x72), Begun.AddSeconds(336.6))), (349.4, new SecondFactorRejected(ByText)),
        (355.5, new SecondFactorRefused(ByText, RefusalReason.Waiting, Begun.AddSeconds(415))), (421, new SecondFactorVerified(ByText)), (421, new Converted(Session, Begun.AddDays(1))));

    /// <summary>One on a device that is trusted: nothing is sent.</summary>
    internal static OneSignIn OnATrustedDevice => Of(new(), (0, Identified()), (0, Proved), (0, new SecondFactorSkipped(Id(0xd1), Id(0x50))), (0, new Converted(Session, Begun.AddDays(1))));

    /// <summary>Every other kind of fact that there is, in an order that can happen, and a late one on the next day.</summary>
    internal static OneSignIn WithEverything(Ways ways) => Of(ways,
        (0, Identified()), (0.2, new FirstFactorChallenged(Challenge)), (3, new FirstFactorRejected(Authenticator.AnyPasskey, "signature")), (8, new FirstFactorRejected(Authenticator.Password)),
        (11, new FirstFactorRejected(Authenticator.Password)), (14, new FirstFactorRefused(Authenticator.Password, RefusalReason.Waiting, Begun.AddSeconds(44))),
        (20, Mailed), (20.4, new TextHandedOver(Id(0x79), "m1")), (24, new TextDelivered(Id(0x79), Begun.AddSeconds(23))), (40, Proved with { Authenticator = Reset, SecondFactorBy = null }),
        (55, new PasswordReset(Demand.SecondFactor, 2, Begun.AddMinutes(10))), (55.3, Texted(1)), (55.6, new TextHandedOver(Id(0x71), "s1")), (61, new TextUndeliverable(Id(0x71), "Expired", "406")),
        (86, Texted(2, 80)), (87, new TextUndeliverable(Id(0x72), "Unknown", null)), (118, Texted(3, 118)), (118.2, new TextHandedOver(Id(0x73), "s3")), (121, new TextDelivered(Id(0x73), Begun.AddSeconds(120.2))),
        (124, new SecondFactorRejected(ByText)), (125, new SecondFactorRejected(ByText)), (126, new SecondFactorRejected(ByText)), (127.5, new SecondFactorRejected(ByText)), (129, new SecondFactorRejected(ByText)),
        (131, new SecondFactorRefused(ByText, RefusalReason.Closed, null)), (133, new SecondFactorChallenged(Challenge, 2)), (139, new SecondFactorRejected(Authenticator.AnyPasskey, "user_presence")),
        (145, new SecondFactorRefused(ByText, RefusalReason.Country, null, "DE")), (204, new SecondFactorVerified(new(Strategy.Totp, Id(0xa9)))), (204, new DeviceTrusted(Id(0xd1), Begun.AddDays(30))), (204, new Converted(Session, Begun.AddDays(1))),
        (204.1, new Superseded(Id(0x52))), (204.2, new Invalidated(3)), (204.3, new Expired()), (54_000, new TextDelivered(Id(0x71), Begun.AddSeconds(53_000))));

    /// <summary>Those facts, so many seconds after it began.</summary>
    internal static OneSignIn Of(Ways ways, params (double After, SignInEvent Fact)[] told)
    {
        var headers = new Dictionary<string, object> { [EventHeaders.Address] = EventHeaders.Write(AnnsKey.Seal(ways.Address)), [EventHeaders.Agent] = EventHeaders.Write(AnnsKey.Seal(ways.Agent)) };
        IEvent[] account = [.. new UserEvent[] { new EmailAddressAdded(AnnsAddress, AnnsKey.Seal("ann@example.com")), new PhoneNumberAdded(AnnsPhone, AnnsKey.Seal("+15005550012")) }.Select((fact, i) => Told(fact, Ann, i + 1, Begun.AddDays(-9), []))];
        IEvent[] events = [.. told.Select((x, i) => Told(x.Fact is Identified begun ? begun with { Identifier = AnnsKey.Seal(ways.Identifier) } : x.Fact, SignIn, i + 1, Begun.AddMilliseconds(Math.Round(x.After * 1000)), headers))];
        var (history, personal) = (new History(SignIn, events, account, [], events.Length + 10), new Personal(new Dictionary<Guid, Key?> { [Ann] = AnnsKey }, ways.Reveal));
        return new(history, Begun, personal, new(history, personal));
    }

    internal static Identified Identified() => new(Id(0xc1), Ann, IdentifierKind.EmailAddress, null, Begun.AddMinutes(15));

    internal static FirstFactorVerified Proved => new(Authenticator.Password, Demand.SecondFactor, 1, Begun.AddMinutes(10));

    internal static SecondFactorPrepared Texted(int number, double after = 0) =>
        new(ByText, Id((byte)(0x70 + number)), number, new(CodeKey, "00ff", number, Begun.AddSeconds(after + 300)), 1, Begun.AddSeconds(after + 30)) { Country = "US" };

    private static Authenticator Reset => new(Strategy.ResetPasswordEmailCode, AnnsAddress);

    private static FirstFactorPrepared Mailed => new(Reset, Id(0x79), 1, new(CodeKey, "00ff", 1, Begun.AddSeconds(320)), Begun.AddSeconds(50));

    private static PasskeyChallenge Challenge => new(CodeKey, "00ff", Begun.AddMinutes(5));

    private static Guid Id(byte last) => new([0x01, 0x9c, 0xad, 0x30, 0x5a, 0x78, 0x7c, 0x3e, 0x9f, 0x0a, 0x4d, 0x2f, 0x8f, 0x6f, 0x1c, last], bigEndian: true);

    private static IEvent Told(object fact, Guid stream, int place, DateTimeOffset at, Dictionary<string, object> headers)
    {
        var e = (IEvent)Activator.CreateInstance(typeof(Event<>).MakeGenericType(fact.GetType()), fact)!;
        (e.StreamId, e.Version, e.Sequence, e.Timestamp, e.EventTypeName, e.Headers) = (stream, place, place + (stream == SignIn ? 10 : 0), at, EventNames.All[fact.GetType()], headers);
        return e;
    }
}
