using Auth.Domain.SignIns;
using Auth.Host.Audit.Telling;

namespace Auth.Host.Audit.Recorded;

/// <summary>A step decided again by the real decider over the recorded past. Nothing is written.</summary>
/// <param name="Recorded">What was told then.</param>
/// <param name="Decision">What would be told.</param>
public sealed record Rerun(RecordedStep Step, SignInCommand Command, Circumstances Now, IReadOnlyList<SignInEvent> Recorded, Decision Decision)
{
    /// <summary>Whether the rules of this build say the same as what was recorded.</summary>
    public bool Agrees => Decision.Events.SequenceEqual(Recorded);

    /// <summary>As it was, or as it would have been.</summary>
    public static Rerun Of(History history, RecordedStep step, Otherwise? otherwise = null)
    {
        var (now, command) = (Surroundings.Of(history, step), step.Command());
        if (otherwise is not null) (command, now) = otherwise.Applied(command, now);
        return new(step, command, now, step.Facts, SignInDecider.Decide(command, step.Before, now));
    }
}

/// <summary>What might have been otherwise.</summary>
/// <param name="Verdict">Had the proof been right, or wrong.</param>
/// <param name="Later">Had it come so much later; earlier where it is negative.</param>
public sealed record Otherwise(Verdict? Verdict, TimeSpan Later)
{
    /// <summary>The step as it might have been. A right proof is right only about what the person has; where nothing was compared, nothing is now.</summary>
    internal (SignInCommand Command, Circumstances Now) Applied(SignInCommand command, Circumstances now)
    {
        now = now with { Now = now.Now + Later };
        return (Verdict is { } verdict && command is Guess guess and not CreateSignIn { Offered: null } ? guess with { Verdict = verdict, Signing = Signed(guess.Signing, verdict) } : command, now);
    }

    private static Signing? Signed(Signing? signing, Verdict verdict) => signing is null ? null : signing with { Flaw = verdict is Domain.SignIns.Verdict.Right ? null : signing.Flaw ?? "Signature" };
}
