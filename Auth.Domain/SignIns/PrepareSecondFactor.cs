namespace Auth.Domain.SignIns;

/// <summary>Step 4: have a code texted to a number reserved for it, or where the operator allows it, mailed to a verified address. Asking again is safe: within the gap nothing leaves, and a live code is never changed.</summary>
/// <param name="To">Which of their numbers or addresses; their default number, their first address where none is named.</param>
/// <param name="Text">A fresh id for the text, should one leave.</param>
/// <param name="Nonce">128 fresh random bits, should a new code be issued.</param>
/// <param name="Key">The key that codes are derived with now.</param>
public sealed record PrepareSecondFactor(Strategy? Strategy, Guid? To, Guid Text, string Nonce, Guid Key) : SignInCommand
{
    internal Decision Decide(SignIn.AwaitingSecondFactor signIn, Circumstances now)
    {
        if (Strategy?.Traits() is not { Second: true, Prepared: true } || !now.Settings.MaySecond(Strategy.Value)) return Decision.Refuse(Refusal.StrategyInvalid);
        if (now.User!.SecondFactor(Strategy.Value, To) is not { } authenticator) return Decision.Refuse(Refusal.NoSuchFactor);

        if (authenticator.Repeats(signIn.First.Authenticator, now.User)) return Decision.Refuse(Refusal.NotForThisSignIn);
        if (SecondFactorRules.Refused(signIn, authenticator, now) is { } refused) return refused;

        var last = signIn.Record.TextFor(authenticator);
        if (last is not null && now.Now < last.ResendFrom) return signIn.Prepared == last && signIn.Challenge is null ? Decision.Accept() : Decision.Accept(Told(last, now));
        if (SendRules.Refused(now) is var (refusal, reason, until)) return SecondFactorRules.Refused(signIn, authenticator, refusal, reason, until, now.Sent.Traffic?.Country);
        return Decision.Accept(Told(Message.After(last, authenticator, Text, Nonce, Key, now), now) with { Country = now.Sent.Traffic?.Country, Noted = SendRules.Noted(now) });
    }

    private static SecondFactorPrepared Told(Message text, Circumstances now) => new(text.Authenticator, text.Text, text.TextNumber, text.Code, now.User!.Epoch, text.ResendFrom);

    /// <summary>What a code is made from stays where it is.</summary>
    public override string ToString() => $"PrepareSecondFactor {{ Strategy = {Strategy}, To = {To} }}";
}
