using Auth.Domain;
using Auth.Domain.Audits;
using Auth.Host.Http;
using Auth.Host.Instances;
using Auth.Host.Keys;
using Auth.Host.SignIns;
using Auth.Host.Wiring;
using Auth.Projections;
using Marten;

namespace Auth.Host.Audit.Access;

/// <summary>Tells what an auditor does on their own stream, before they see anything of it.</summary>
public sealed class AuditTrails(string tenant, IDocumentStore store, Func<IKeyring> keyring, TimeProvider clock)
{
    private const string Terminal = "audit";

    /// <summary>Committed when this returns. The number of the event.</summary>
    /// <param name="caller">Who asked over HTTP; null at a terminal, and by night.</param>
    public Task<long> Tell(Auditor auditor, AuditEvent fact, Caller? caller, CancellationToken ct) => LostRace.Again(() => Append(auditor, fact, caller, ct));

    /// <summary>Who sits at this terminal: their account here, under a keyed digest.</summary>
    public async Task<Auditor> AtTerminal(CancellationToken ct) => Auditor.Of((await keyring().Of(tenant, ct)).Index.Mac("auditor", Account));

    private static string Account => $"{Environment.UserName}@{Environment.MachineName}";

    private async Task<long> Append(Auditor auditor, AuditEvent fact, Caller? caller, CancellationToken ct)
    {
        await using var session = store.LightweightSession(tenant);
        var day = await keyring().OfStrangers(tenant, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), ct);
        var settings = await InstanceSettings.Of(session, ct);
        if (caller is not null) session.Sign(caller, day, settings);
        else if (auditor == Auditor.Night) session.SignAsSystem(settings);
        else Sign(session, day, settings);

        var begun = await session.Events.FetchStreamStateAsync(auditor.Trail, ct) is not null;
        var stream = begun ? session.Events.Append(auditor.Trail, fact) : session.Events.StartStream<AuditTrail>(auditor.Trail, fact);
        await session.SaveChangesAsync(ct);
        return stream.Events[0].Sequence is var sequence and > 0 ? sequence : await Last(session, auditor.Trail, ct);
    }

    // The account's name is a person's: readable for as long as any stranger's address is.
    private static void Sign(IDocumentSession session, Key day, InstanceSettings settings)
    {
        session.SignAsSystem(settings);
        session.SetHeader(EventHeaders.Agent, EventHeaders.Write(day.Seal($"{Terminal}/{Account}")));
    }

    private static async Task<long> Last(IDocumentSession session, Guid trail, CancellationToken ct) =>
        (await session.Events.QueryAllRawEvents().Where(e => e.StreamId == trail).OrderByDescending(e => e.Sequence).Take(1).ToListAsync(ct)) is [var last] ? last.Sequence : 0;
}
