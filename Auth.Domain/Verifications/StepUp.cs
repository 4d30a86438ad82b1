using Auth.Domain.SignIns;
using Auth.Domain.Users;

namespace Auth.Domain.Verifications;

/// <summary>How much a step-up has to prove.</summary>
public enum Level { FirstFactor, SecondFactor, MultiFactor }

/// <summary>Which factor a step-up waits for, and what may prove it (R60). Only what they have already counts, never what is being added.</summary>
public static class StepUp
{
    /// <summary>A second factor can be asked for only where there is one; where there is one, the first alone is never enough.</summary>
    public static Level Effective(Level asked, User user) => (asked, user.HasSecondFactor) switch
    {
        (Level.MultiFactor, true) => Level.MultiFactor,
        (_, true)                 => Level.SecondFactor,
        (_, false)                => Level.FirstFactor,
    };

    /// <summary>Whether the first, the second factor, or nothing more is awaited.</summary>
    public static Level? Awaits(Verification verification, Level level, User user)
    {
        var (first, second) = (verification.UserVerified is not null || verification.Proved.Exists(proved => IsFirst(proved, user)), verification.Proved.Exists(proved => IsSecond(proved, user)));
        return level switch
        {
            Level.FirstFactor               => first ? null : Level.FirstFactor,
            Level.SecondFactor              => second ? null : Level.SecondFactor,
            _ when !first                   => Level.FirstFactor,
            _                               => second ? null : Level.SecondFactor,
        };
    }

    /// <summary>What proves a first factor, beside a passkey that checks who touches it: the password, or a code to a verified identifier. A number that is a second factor proves a second one only.</summary>
    public static bool IsFirst(Authenticator authenticator, User user) =>
        authenticator.Strategy.Traits() is { First: true, Resets: false } && user.Has(authenticator) && !IsSecond(authenticator, user);

    /// <summary>What proves a second factor.</summary>
    public static bool IsSecond(Authenticator authenticator, User user) => authenticator.Strategy switch
    {
        Strategy.EmailCode => false,   // in a step-up a mailbox proves the first factor, and so never the second
        Strategy.PhoneCode => user.SecondFactor(authenticator.Id) is not null && authenticator.Id is not null,
        var strategy       => strategy.Traits().Second && user.Has(authenticator),
    };
}
