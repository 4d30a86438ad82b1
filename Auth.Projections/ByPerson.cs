using Auth.Domain.Sessions;
using Auth.Domain.SignIns;
using Auth.Domain.Users;
using JasperFx.Events;
using Marten;
using Marten.Events.Archiving;

namespace Auth.Projections;

/// <summary>Whose an event is: a person's own, one of a sign-in that began as theirs, one of a session of theirs.</summary>
internal static class ByPerson
{
    // A sign-in names its user once, in its first event. That may be in this page or long gone by: one query finds all of those.
    internal static async Task Group(IQuerySession session, IReadOnlyList<IEvent> page, Action<Guid, IEvent> add)
    {
        var begun = page.Where(e => e.Data is Identified).ToDictionary(e => e.StreamId, e => ((Identified)e.Data).User);
        var unnamed = page.Where(e => e.Data is Identified { Kind: IdentifierKind.Passkey }).Select(e => e.StreamId).ToHashSet();
        Guid[] earlier = [.. page.Where(e => e.Data is SignInEvent && !begun.ContainsKey(e.StreamId)).Select(e => e.StreamId).Distinct()];
        if (earlier.Length > 0)
            foreach (var first in await session.Events.QueryAllRawEvents().Where(e => e.MaybeArchived() && e.StreamId.IsOneOf(earlier) && e.Version == 1).ToListAsync())
            {
                begun[first.StreamId] = (first.Data as Identified)?.User;
                if (first.Data is Identified { Kind: IdentifierKind.Passkey }) unnamed.Add(first.StreamId);
            }

        if (unnamed.Count > 0) await NameByPasskey(session, page, [.. unnamed], begun);
        foreach (var e in page)
            if (e.Data switch { UserEvent => e.StreamId, SessionEvent fact => fact.User, _ => begun.GetValueOrDefault(e.StreamId) } is { } user)
                add(user, e);
    }

    // Who began with a passkey is named by its answer: in this page, or before it.
    private static async Task NameByPasskey(IQuerySession session, IReadOnlyList<IEvent> page, Guid[] unnamed, Dictionary<Guid, Guid?> begun)
    {
        var earlier = await session.Events.QueryAllRawEvents().Where(e => e.MaybeArchived() && e.StreamId.IsOneOf(unnamed)).ToListAsync();
        foreach (var e in earlier.Concat(page).Where(e => e.Sequence <= page[^1].Sequence))
            if (e.Data is FirstFactorVerified { User: { } user } && unnamed.Contains(e.StreamId)) begun[e.StreamId] = user;
    }
}
