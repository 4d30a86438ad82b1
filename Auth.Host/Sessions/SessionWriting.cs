using Auth.Domain.Sessions;
using Auth.Host.SignIns;
using Auth.Projections;
using Marten;

namespace Auth.Host.Sessions;

/// <summary>What happens to sessions after their start, written in the transaction of whoever causes it. The caller signs the facts first (<c>session.Sign</c>).</summary>
public static class SessionWriting
{
    /// <summary>Ends a session with its fact.</summary>
    public static Session End(this IDocumentSession session, Session ended, EndReason reason, DateTimeOffset now) =>
        session.Tell(ended, ended with { Ended = reason, UpdatedAt = now }, new Ended(reason));

    /// <summary>
    /// Ends every session of a person that could still be used, but one where it is named; those it ended. The person's row is locked first and read sessions after it:
    /// a conversion under way is either among them, or finds that the person changed and begins again (R63, R70). So tell a fact of the person in the same transaction.
    /// </summary>
    public static async Task<IReadOnlyList<Session>> EndAllOf(this IDocumentSession session, Guid user, EndReason reason, DateTimeOffset now, CancellationToken ct, Guid? except = null)
    {
        var tenant = session.TenantId;
        await session.BeginTransactionAsync(ct);
        await session.AdvancedSql.QueryAsync<long>($"select version from {StoreSettings.Schema}.mt_streams where tenant_id = ? and id = ? for update", ct, tenant, user);
        var open = await session.QueryAsync<Session>(
            "where tenant_id = ? and user_id = ? and ended is null and (data ->> 'expiresAt')::timestamptz > ? order by id for update", ct, tenant, user, now);
        return [.. open.Where(one => one.Id != except).Select(one => session.End(one, reason, now))];
    }

    /// <summary>Tells facts of a session in its own stream, which begins with the first one, and moves its row.</summary>
    public static Session Tell(this IDocumentSession session, Session before, Session after, params SessionEvent[] happened)
    {
        var facts = happened.Select(fact => fact with { User = before.UserId }).ToArray();
        if (before.Facts == 0) session.Events.StartStream<Session>(before.Id, facts);
        else session.Events.Append(before.Id, before.Facts + (long)facts.Length, facts);
        var row = after with { Facts = before.Facts + facts.Length };
        session.Move(row, before.Version);
        return row;
    }
}
