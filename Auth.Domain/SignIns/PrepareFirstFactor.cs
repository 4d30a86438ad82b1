namespace Auth.Domain.SignIns;

/// <summary>Step 2: have a code sent to the identifier that was typed. Strangers are answered alike, and nothing leaves for them (R51, R58).</summary>
/// <param name="Identifier">Whose it is among the person's identifiers; null where it is nobody's.</param>
/// <param name="Text">A fresh id for the message, should one leave.</param>
/// <param name="Nonce">128 fresh random bits, should a new code be issued.</param>
/// <param name="Key">The key that codes are derived with now.</param>
public sealed record PrepareFirstFactor(Strategy? Strategy, Guid? Identifier, Guid Text, string Nonce, Guid Key) : SignInCommand
{
    internal Decision Decide(SignIn.AwaitingFirstFactor signIn, Circumstances now)
    {
        if (Strategy?.Traits() is not { First: true, Prepared: true } traits || traits.To != signIn.Identity.Kind || !now.Settings.FirstFactors.Contains(Strategy.Value)) return Decision.Refuse(Refusal.StrategyInvalid);
        var authenticator = new Authenticator(Strategy.Value, Identifier);
        if (FirstFactorRules.Refused(signIn, authenticator, now) is { } refused) return refused;

        var last = signIn.Record.TextFor(authenticator);
        if (last is not null && now.Now < last.ResendFrom) return signIn.Prepared == last && signIn.Challenge is null ? Decision.Accept() : Decision.Accept(Told(last));
        if (now.Sent.LimitedUntil(now.Now, now.Dials) is { } until) return FirstFactorRules.Refused(signIn, authenticator, Refusal.SendLimit, RefusalReason.SendLimit, until);
        return Decision.Accept(Told(Message.After(last, authenticator, Text, Nonce, Key, now)));
    }

    private static FirstFactorPrepared Told(Message message) => new(message.Authenticator, message.Text, message.TextNumber, message.Code, message.ResendFrom);

    /// <summary>What a code is made from stays where it is.</summary>
    public override string ToString() => $"PrepareFirstFactor {{ Strategy = {Strategy}, Identifier = {Identifier} }}";
}
