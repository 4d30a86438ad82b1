using Auth.Domain.Sessions;
using Auth.Domain.SignIns;
using Auth.Domain.Verifications;

namespace Auth.Host.Sessions;

/// <summary>A session, written in the commit that converts its sign-in: what tokens, listing and revocation read.</summary>
/// <param name="Second">When a second factor was verified; null where none was asked for.</param>
/// <param name="Ended">Why it ended; null while it may be used.</param>
public sealed record Session(
    Guid Id, Guid UserId, Guid ClientId, Guid SignIn, Strategy First, Strategy? Second, DateTimeOffset FirstAt, DateTimeOffset? SecondAt,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset ExpiresAt, DateTimeOffset LastActiveAt, EndReason? Ended)
{
    /// <summary>A passkey checked who touched it (R43).</summary>
    public bool UserVerified { get; init; }

    /// <summary>What they have to do before it is whole; null where nothing is left.</summary>
    public SessionTask? Task { get; init; }

    /// <summary>The step-up it is in, or was in last.</summary>
    public Guid? StepUp { get; init; }

    /// <summary>How much that step-up has to prove.</summary>
    public Level? Level { get; init; }

    /// <summary>Revision of the row; two at once cannot both move it.</summary>
    public long Version { get; set; }

    /// <summary>From where it was used last, with what; sealed under the person's key.</summary>
    public Seen? Seen { get; init; }

    /// <summary>How many facts its own stream holds.</summary>
    public int Facts { get; init; }

    /// <summary>When it was proved last.</summary>
    public DateTimeOffset ProvedAt => SecondAt is { } second && second > FirstAt ? second : FirstAt;

    /// <summary>When it is abandoned if nothing more happens (SESSION_IDLE).</summary>
    public DateTimeOffset AbandonAt(Dials dials) => LastActiveAt + dials.SessionIdle is var idle && idle < ExpiresAt ? idle : ExpiresAt;

    /// <summary>Whether it may still be used: neither ended, nor over its age, nor left alone for too long.</summary>
    public bool IsActive(DateTimeOffset now, Dials dials) => Ended is null && now < AbandonAt(dials);

    /// <summary>Clerk's word for where it stands.</summary>
    public string Status(DateTimeOffset now, Dials dials) => Ended switch
    {
        EndReason.SignedOut                  => "ended",
        EndReason.Removed                    => "removed",
        EndReason.Replaced                   => "replaced",
        not null                             => "revoked",
        _ when now >= ExpiresAt              => "expired",
        _ when now >= AbandonAt(dials)       => "abandoned",
        _ when Task is not null              => "pending",
        _                                    => "active",
    };
}
