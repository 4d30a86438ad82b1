using Auth.Domain.Instances;
using Auth.Domain.SignIns;
using Auth.Domain.SignUps;
using Auth.Domain.Tickets;
using Auth.Domain.Users;
using Auth.Domain.Verifications;
using JasperFx.Events;
using Marten.Events.Aggregation;

namespace Auth.Projections;

/// <summary>Rebuilds a sign-in with the domain's own fold, so the rules exist once.</summary>
public sealed class SignInFold : SingleStreamProjection<SignIn, Guid>
{
    /// <summary>Only what a sign-in is made of.</summary>
    public SignInFold() => IncludeAll<SignInEvent>(this);

    /// <inheritdoc />
    public override SignIn? Evolve(SignIn? snapshot, Guid id, IEvent e) =>
        e.Data is SignInEvent happened ? SignIn.Evolve(snapshot ?? SignIn.Initial, happened) with { Id = id } : snapshot;

    internal static void IncludeAll<T>(JasperFx.Events.Projections.ProjectionBase projection)
    {
        foreach (var type in EventNames.All.Keys.Where(typeof(T).IsAssignableFrom)) projection.IncludeType(type);
    }
}

/// <summary>Rebuilds a verification with the domain's own fold.</summary>
public sealed class VerificationFold : SingleStreamProjection<Verification, Guid>
{
    /// <summary>Only what a verification is made of.</summary>
    public VerificationFold() => SignInFold.IncludeAll<VerificationEvent>(this);

    /// <inheritdoc />
    public override Verification? Evolve(Verification? snapshot, Guid id, IEvent e) =>
        e.Data is VerificationEvent happened ? Verification.Evolve(snapshot ?? Verification.Initial, happened) with { Id = id } : snapshot;
}

/// <summary>Rebuilds a sign-up with the domain's own fold.</summary>
public sealed class SignUpFold : SingleStreamProjection<SignUp, Guid>
{
    /// <summary>Only what a sign-up is made of.</summary>
    public SignUpFold() => SignInFold.IncludeAll<SignUpEvent>(this);

    /// <inheritdoc />
    public override SignUp? Evolve(SignUp? snapshot, Guid id, IEvent e) =>
        e.Data is SignUpEvent happened ? SignUp.Evolve(snapshot ?? SignUp.Initial, happened, e.Timestamp) with { Id = id } : snapshot;
}

/// <summary>Rebuilds a ticket with the domain's own fold.</summary>
public sealed class TicketFold : SingleStreamProjection<Ticket, Guid>
{
    /// <summary>Only what a ticket is made of.</summary>
    public TicketFold() => SignInFold.IncludeAll<TicketEvent>(this);

    /// <inheritdoc />
    public override Ticket? Evolve(Ticket? snapshot, Guid id, IEvent e) =>
        e.Data is TicketEvent happened ? Ticket.Evolve(snapshot, happened, e.Timestamp) with { Id = id } : snapshot;
}

/// <summary>Keeps a person's snapshot beside their stream, in the same transaction: what decisions read.</summary>
public sealed class UserFold : SingleStreamProjection<User, Guid>
{
    /// <summary>Only a person's own events: asked for any other stream it would load a row that is not there.</summary>
    public UserFold() => SignInFold.IncludeAll<UserEvent>(this);

    /// <summary>Of an erased person nothing is kept: for every decision there is no such person.</summary>
    public override User? Evolve(User? snapshot, Guid id, IEvent e) =>
        e.Data is UserErased ? null
        : e.Data is UserEvent happened ? User.Evolve(snapshot ?? User.Initial, happened, e.Timestamp) with { Id = id, Version = e.Version } : snapshot;
}

/// <summary>Rebuilds an instance's settings, all versions of them.</summary>
public sealed class InstanceFold : SingleStreamProjection<Instance, Guid>
{
    /// <summary>Only what an instance is made of.</summary>
    public InstanceFold() => SignInFold.IncludeAll<InstanceEvent>(this);

    /// <inheritdoc />
    public override Instance? Evolve(Instance? snapshot, Guid id, IEvent e) =>
        e.Data is InstanceEvent happened ? Instance.Evolve(snapshot ?? Instance.Initial, happened, e.Timestamp) with { Id = id } : snapshot;
}
