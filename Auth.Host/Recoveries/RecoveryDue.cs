using Auth.Domain.Users;

namespace Auth.Host.Recoveries;

/// <summary>Somebody's recovery is due and not told yet: whoever read that stops, it is told, and they read again (<see cref="RecoverFirst"/>).</summary>
public sealed class RecoveryDueException(Guid user) : Exception("A recovery is due.")
{
    /// <summary>Whose.</summary>
    public Guid User { get; } = user;
}

/// <summary>What every reader of a person asks before it believes what it read.</summary>
public static class Settling
{
    /// <summary>The person, unless a recovery of theirs is due (R65).</summary>
    public static User Settled(this User user, DateTimeOffset now) => user.IsRecovered(now) ? throw new RecoveryDueException(user.Id) : user;
}
