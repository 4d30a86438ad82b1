using System.Collections.Immutable;
using Auth.Domain.SignIns;
using Auth.Domain.Users;
using JasperFx.Events;
using Marten.Events.Projections;

namespace Auth.Projections;

/// <summary>One person at a glance (the reading <c>Users</c>): nothing in it says who they are. For people to look at; no decision reads it.</summary>
/// <param name="UpTo">The last event in it, by its number in the whole store.</param>
public sealed record UserOverview(Guid Id, long UpTo)
{
    /// <summary>The reading's name.</summary>
    public const string Reading = "Users";

    /// <summary>When the account was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>How many email addresses they have, verified or not.</summary>
    public int EmailAddresses { get; init; }

    /// <summary>How many phone numbers they have, verified or not.</summary>
    public int PhoneNumbers { get; init; }

    /// <summary>Whether they have a password.</summary>
    public bool HasPassword { get; init; }

    /// <summary>The numbers that are second factors.</summary>
    public ImmutableSortedSet<Guid> SecondFactors { get; init; } = [];

    /// <summary>Whether no session may begin, until <see cref="LockedUntil"/> where that is set.</summary>
    public bool Locked { get; init; }

    /// <summary>When the lock ends by itself.</summary>
    public DateTimeOffset? LockedUntil { get; init; }

    /// <summary>Whether the operator closed the account.</summary>
    public bool Banned { get; init; }

    /// <summary>When a sign-in of theirs became a session last.</summary>
    public DateTimeOffset? LastSignInAt { get; init; }

    /// <summary>How many did.</summary>
    public long SignIns { get; init; }

    /// <summary>When they were erased; then nothing else is left of them here but when they came and how many sessions there were.</summary>
    public DateTimeOffset? ErasedAt { get; init; }

    /// <summary>The same with one event more.</summary>
    public static UserOverview Fold(UserOverview? row, Guid user, IEvent e) => (row ?? new(user, 0)).After(e) with { UpTo = e.Sequence };

    private UserOverview After(IEvent e) => e.Data switch
    {
        UserCreated                       => this with { CreatedAt = e.Timestamp },
        PasswordSet                       => this with { HasPassword = true },
        EmailAddressAdded                 => this with { EmailAddresses = EmailAddresses + 1 },
        EmailAddressRemoved               => this with { EmailAddresses = EmailAddresses - 1 },
        PhoneNumberAdded                  => this with { PhoneNumbers = PhoneNumbers + 1 },
        PhoneNumberRemoved removed        => this with { PhoneNumbers = PhoneNumbers - 1, SecondFactors = SecondFactors.Remove(removed.PhoneNumber) },
        ReservedForSecondFactor reserved  => this with { SecondFactors = SecondFactors.Add(reserved.PhoneNumber) },
        ReleasedFromSecondFactor released => this with { SecondFactors = SecondFactors.Remove(released.PhoneNumber) },
        Locked locked                     => this with { Locked = true, LockedUntil = locked.Until },
        Unlocked                          => this with { Locked = false, LockedUntil = null },
        Banned _                          => this with { Banned = true },
        Unbanned                          => this with { Banned = false },
        UserErased                        => new(Id, UpTo) { CreatedAt = CreatedAt, LastSignInAt = LastSignInAt, SignIns = SignIns, ErasedAt = e.Timestamp },
        Converted                         => this with { LastSignInAt = e.Timestamp, SignIns = SignIns + 1 },
        _                                 => this,
    };
}

/// <summary>Keeps one row per person, from their own stream and from the sign-ins of theirs that became sessions.</summary>
public sealed class UsersProjection : MultiStreamProjection<UserOverview, Guid>
{
    /// <summary>All of a person's events, and conversions.</summary>
    public UsersProjection()
    {
        Name = UserOverview.Reading;
        SignInFold.IncludeAll<UserEvent>(this);
        IncludeType<Identified>();
        IncludeType<Converted>();
        CustomGrouping((session, page, grouping) => ByPerson.Group(session, page, grouping.AddEvent));
    }

    /// <inheritdoc />
    public override UserOverview? Evolve(UserOverview? snapshot, Guid id, IEvent e) => e.Data is Identified ? snapshot : UserOverview.Fold(snapshot, id, e);
}
