namespace Auth.Domain.SignIns;

/// <summary>Step 2: have something sent for the first factor. No first factor we offer yet is sent, so the answer is no.</summary>
public sealed record PrepareFirstFactor(Strategy? Strategy) : SignInCommand
{
    internal static Decision Decide() => Decision.Refuse(Refusal.StrategyInvalid);
}
