using Auth.Domain.Passkeys;
using Auth.Domain.SignIns;
using Auth.Host.Audit.Telling;

namespace Auth.Host.Audit.Recorded;

/// <summary>Which request a step's facts answer. No command is stored: what was asked shows in what was told.</summary>
public static class Inference
{
    /// <summary>The command.</summary>
    public static SignInCommand Command(this RecordedStep step)
    {
        var facts = step.Facts;
        return facts[0] is Identified begun ? Begin(begun, facts, facts.Skip(1).FirstOrDefault()) : Later(step.Before, facts, facts[0]);
    }

    private static SignInCommand Begin(Identified begun, IReadOnlyList<SignInEvent> facts, SignInEvent? then) => then switch
    {
        FirstFactorVerified x when BeginsProved(x.Authenticator) => new BeginProved(begun.Client, begun.Kind, begun.Identifier!, x.Authenticator, Session(facts)),
        FirstFactorRefused x when BeginsProved(x.Authenticator)  => new BeginProved(begun.Client, begun.Kind, begun.Identifier!, x.Authenticator, Session(facts)),
        FirstFactorPrepared x   => Create(begun, null) with { Asked = Prepare(x.Authenticator, x.Text, x.Code) },
        FirstFactorChallenged x => Create(begun, null) with { Challenge = x.Challenge },
        FirstFactorRefused { Reason: RefusalReason.Locked or RefusalReason.Banned } x => Create(begun, x.Authenticator.Strategy) with { Verdict = Verdict.Right },
        FirstFactorRefused x when x.Authenticator.Strategy.Traits().Prepared => Create(begun, null) with { Asked = Prepare(x.Authenticator, Guid.Empty, null) },
        FirstFactorRefused x    => Create(begun, x.Authenticator.Strategy),
        FirstFactorRejected x   => Create(begun, x.Authenticator.Strategy) with { Verdict = Verdict.Wrong },
        FirstFactorVerified x   => Create(begun, x.Authenticator.Strategy) with { Verdict = Verdict.Right, Session = Session(facts) },
        _                       => Create(begun, null),
    };

    private static SignInCommand Later(SignIn before, IReadOnlyList<SignInEvent> facts, SignInEvent first) => first switch
    {
        FirstFactorPrepared x    => Prepare(x.Authenticator, x.Text, x.Code),
        FirstFactorChallenged x  => new ChallengeFirstFactor(x.Challenge),
        FirstFactorRejected x    => First(x.Authenticator, Verdict.Wrong, x.Flaw),
        FirstFactorVerified x    => First(x.Authenticator, Verdict.Right, null, x.UserVerified) with { Session = Session(facts) },
        FirstFactorRefused x     => Refused(before, x),
        PasswordReset            => new ResetPassword(Session(facts)),
        SecondFactorPrepared x   => PrepareSecond(x.Authenticator, x.Text, x.Code),
        SecondFactorChallenged x => new ChallengeSecondFactor(x.Challenge),
        SecondFactorRejected x   => Second(x.Authenticator, Verdict.Wrong, x.Flaw),
        SecondFactorVerified x   => Second(x.Authenticator, Verdict.Right, null, x.UserVerified) with { Session = Session(facts), Trust = facts.OfType<DeviceTrusted>().FirstOrDefault()?.Trust },
        SecondFactorRefused x    => Refused(before, x),
        _                        => new Expire(),
    };

    // A wait, a closed factor and the like turn away asking and offering alike; which of the two it was shows in whether there was something to offer.
    private static SignInCommand Refused(SignIn before, FirstFactorRefused x) =>
        x.Reason is RefusalReason.Locked or RefusalReason.Banned ? First(x.Authenticator, Verdict.Right)
        : IsAsking(x.Authenticator, x.Reason, Changes.Prepared(before)) ? Prepare(x.Authenticator, Guid.Empty, null)
        : x.Authenticator.Strategy.Traits().Signs && before is SignIn.AwaitingFirstFactor { Challenge: null } ? new ChallengeFirstFactor(NoChallenge)
        : First(x.Authenticator, Verdict.NotChecked);

    private static SignInCommand Refused(SignIn before, SecondFactorRefused x) =>
        IsAsking(x.Authenticator, x.Reason, Changes.Prepared(before)) ? PrepareSecond(x.Authenticator, Guid.Empty, null)
        : x.Authenticator.Strategy.Traits().Signs && before is SignIn.AwaitingSecondFactor { Challenge: null } ? new ChallengeSecondFactor(NoChallenge)
        : Second(x.Authenticator, Verdict.NotChecked);

    private static bool IsAsking(Authenticator authenticator, RefusalReason reason, Message? prepared) =>
        authenticator.Strategy.Traits().Prepared
        && (reason is RefusalReason.SendLimit or RefusalReason.Country or RefusalReason.Budget or RefusalReason.Prefix or RefusalReason.CountryLimit || prepared?.Authenticator != authenticator);

    private static PasskeyChallenge NoChallenge { get; } = new(Guid.Empty, "", DateTimeOffset.UnixEpoch);

    private static CreateSignIn Create(Identified begun, Strategy? offered) => new(begun.Client, begun.Kind, begun.Identifier, offered);

    private static PrepareFirstFactor Prepare(Authenticator on, Guid text, OneTimeCode? code) => new(on.Strategy, on.Id, text, code?.Nonce ?? "", code?.Key ?? Guid.Empty);

    private static PrepareSecondFactor PrepareSecond(Authenticator on, Guid text, OneTimeCode? code) => new(on.Strategy, on.Id, text, code?.Nonce ?? "", code?.Key ?? Guid.Empty);

    private static AttemptFirstFactor First(Authenticator on, Verdict verdict, string? flaw = null, bool verified = false) => new(on.Strategy) { Verdict = verdict, Signing = Signed(on, flaw, verified) };

    private static AttemptSecondFactor Second(Authenticator on, Verdict verdict, string? flaw = null, bool verified = false) => new(on.Strategy) { Verdict = verdict, Signing = Signed(on, flaw, verified) };

    private static Signing? Signed(Authenticator on, string? flaw, bool verified) => on.Strategy.Traits().Signs ? new(on.Id, verified, flaw) : null;

    private static bool BeginsProved(Authenticator authenticator) => authenticator.Strategy is not Strategy.Password;

    private static Guid Session(IReadOnlyList<SignInEvent> facts) => facts.OfType<Converted>().FirstOrDefault()?.Session ?? Guid.Empty;
}
