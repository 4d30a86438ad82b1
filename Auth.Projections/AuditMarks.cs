using System.Runtime.CompilerServices;
using Auth.Domain;
using Auth.Domain.Sessions;
using Auth.Domain.SignIns;
using Auth.Domain.SignUps;
using Auth.Domain.Tickets;
using Auth.Domain.Users;
using Auth.Domain.Verifications;
using JasperFx.Events;
using Marten;
using Marten.Events.Projections;

namespace Auth.Projections;

/// <summary>That something an auditor can look for stands in a stream. Of a personal value it holds a keyed digest, and goes with the person (R77).</summary>
/// <param name="Id">Mark and stream.</param>
/// <param name="Value">What is looked for: a digest, or the id of a person or client.</param>
/// <param name="Key">The key that the value is sealed under in the events; null for ids. Without that key the row says nothing any more, and is dropped.</param>
public sealed record AuditMark(string Id, string Value, Guid Stream, Guid? Key)
{
    /// <summary>How a person's id is looked for.</summary>
    public static string OfUser(Guid user) => $"user:{user:n}";

    /// <summary>How a client's id is looked for.</summary>
    public static string OfClient(Guid client) => $"client:{client:n}";

    internal static AuditMark In(Guid stream, string value, Guid? key = null) => new($"{value}/{stream:n}", value, stream, key);
}

/// <summary>Makes the keyed digest of what is sealed; whoever has the keys is told to the store.</summary>
public interface IPersonalMarks
{
    /// <summary>The digest of a value of that kind; null where its key is destroyed.</summary>
    ValueTask<string?> Of(IQuerySession session, string kind, Sealed value, CancellationToken ct);
}

/// <summary>Keeps the marks: of every sign-in, account, session, sign-up, ticket and verification.</summary>
public sealed partial class AuditMarksProjection : EventProjection
{
    /// <summary>The kinds of personal values.</summary>
    public const string Identifier = "identifier", Address = "address";

    private readonly ConditionalWeakTable<IDocumentOperations, HashSet<string>> _stored = [];
    private readonly IPersonalMarks? _marks;

    /// <summary>Without keys it marks ids only.</summary>
    public AuditMarksProjection(IPersonalMarks? marks)
    {
        (Name, _marks) = (nameof(AuditMark), marks);
        foreach (var type in EventNames.All.Keys.Where(type => Bases.Any(stream => stream.IsAssignableFrom(type)))) IncludeType(type);
        Options.DeleteViewTypeOnTeardown<AuditMark>();
    }

    private static readonly Type[] Bases = [typeof(SignInEvent), typeof(UserEvent), typeof(SessionEvent), typeof(SignUpEvent), typeof(TicketEvent), typeof(VerificationEvent)];

    /// <inheritdoc />
    public override async ValueTask ApplyAsync(IDocumentOperations operations, IEvent e, CancellationToken cancellation)
    {
        if (e.Data is UserErased) operations.DeleteWhere<AuditMark>(mark => mark.Key == e.StreamId);
        if (e.Data is SignUpExpired or SignUpSuperseded) operations.DeleteWhere<AuditMark>(mark => mark.Stream == e.StreamId && mark.Key != null);

        var (user, client) = Who(e.Data);
        if (user is { } person) Store(operations, AuditMark.In(e.StreamId, AuditMark.OfUser(person)));
        if (client is { } one) Store(operations, AuditMark.In(e.StreamId, AuditMark.OfClient(one)));
        await Mark(operations, e, Identifier, Given(e.Data), cancellation);
        await Mark(operations, e, Address, EventHeaders.Read(e.GetHeader(EventHeaders.Address)), cancellation);
    }

    private static (Guid? User, Guid? Client) Who(object fact) => fact switch
    {
        Identified x          => (x.User, x.Client),
        FirstFactorVerified x => (x.User, null),
        SessionEvent x        => (x.User, null),
        SignUpBegun x         => (x.User, x.Client),
        TicketMade x          => (x.User, null),
        VerificationBegun x   => (x.User, null),
        _                     => default,
    };

    private static Sealed? Given(object fact) => fact switch
    {
        Identified x            => x.Identifier,
        EmailAddressAdded x     => x.Address,
        PhoneNumberAdded x      => x.Number,
        SignUpIdentifierGiven x => x.Value,
        _                       => null,
    };

    private async ValueTask Mark(IDocumentOperations operations, IEvent e, string kind, Sealed? value, CancellationToken ct)
    {
        if (value is not null && _marks is not null && await _marks.Of(operations, kind, value, ct) is { } mark) Store(operations, AuditMark.In(e.StreamId, mark, value.Key));
    }

    // An address comes with every event of a sign-in; one row is enough.
    private void Store(IDocumentOperations operations, AuditMark mark)
    {
        if (_stored.GetOrCreateValue(operations).Add(mark.Id)) operations.Store(mark);
    }
}
