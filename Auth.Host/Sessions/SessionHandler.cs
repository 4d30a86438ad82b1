using Auth.Domain.Sessions;
using Auth.Domain.SignIns;
using Auth.Host.Clients;
using Auth.Host.Http;
using Auth.Host.Keys;
using Auth.Host.Resources;
using Auth.Host.SignIns;
using Marten;

namespace Auth.Host.Sessions;

/// <summary>A client ends a session it holds, or with none named all of them.</summary>
public sealed record EndSessionStep(Caller Caller, Guid? Session, EndReason Reason);

/// <summary>A client uses a session it holds: to be seen (<c>touch</c>), or to get a token.</summary>
public sealed record UseSessionStep(Caller Caller, Guid Session);

/// <summary>What became of it.</summary>
/// <param name="Session">The session asked about; null where all were.</param>
/// <param name="Token">A fresh token, while the session may be used.</param>
public sealed record SessionAnswer(SessionResource? Session, ClientResource Client, string? Token)
{
    /// <summary>As it is answered.</summary>
    public ClientEnvelope Enveloped() => new(Session, Client);

    /// <summary>No token in a log.</summary>
    public override string ToString() => "SessionAnswer(hidden)";
}

/// <summary>What a client does with its sessions. It can name only its own (R61, R69): any other id is unknown.</summary>
public static class SessionHandler
{
    private static readonly TimeSpan SeenOften = TimeSpan.FromMinutes(1);

    /// <summary>No token is issued from the commit on (R70).</summary>
    public static async Task<SessionAnswer> Handle(EndSessionStep step, IDocumentSession session, IKeyring keyring, Drawing drawing, TimeProvider clock, CancellationToken ct)
    {
        var (now, reading) = (clock.GetUtcNow(), await Read(session, keyring, step.Caller, ct));
        var dials = reading.Settings.InForce.Dials;
        var ending = step.Session is { } id ? [Held(reading, id)] : reading.Sessions;
        if (ending.Count > 0) session.Sign(step.Caller, reading.PersonOf(ending[0].UserId)!.Key, reading.Settings);

        var ended = ending.Select(x => session.End(x, step.Reason, now)).ToList();
        var left = reading.Sessions.Where(x => ended.All(gone => gone.Id != x.Id)).ToList();
        var client = await drawing.Client(reading.Client!, left, reading, null, session.TenantId, step.Caller);
        return new(step.Session is null ? null : Resource(ended[0], reading, null, now, dials), client, null);
    }

    /// <summary>Notes that it is in use, at most once a minute, and mints a token.</summary>
    public static async Task<SessionAnswer> Handle(UseSessionStep step, IDocumentSession session, IKeyring keyring, Drawing drawing, TimeProvider clock, CancellationToken ct)
    {
        var (now, reading) = (clock.GetUtcNow(), await Read(session, keyring, step.Caller, ct));
        var dials = reading.Settings.InForce.Dials;
        var held = Held(reading, step.Session);
        if (!held.IsActive(now, dials)) throw Problems.NotAuthenticated.Refuse();

        if (now - held.LastActiveAt >= SeenOften) session.Move(held with { LastActiveAt = now, Seen = Seen.By(step.Caller, reading.PersonOf(held.UserId)!.Key) }, held.Version);
        var used = held with { LastActiveAt = now };
        var token = await drawing.Token(used, step.Caller, session.TenantId, now, dials);
        var client = await drawing.Client(reading.Client!, [.. reading.Sessions.Select(x => x.Id == used.Id ? used : x)], reading, null, session.TenantId, step.Caller);
        return new(Resource(used, reading, token, now, dials), client, token);
    }

    private static SessionResource Resource(Session session, SignInReading reading, string? token, DateTimeOffset now, Dials dials) =>
        SessionResource.Of(session, reading.PersonOf(session.UserId)!, token, now, dials);

    private static Session Held(SignInReading reading, Guid id) =>
        reading.Sessions.FirstOrDefault(session => session.Id == id && reading.PersonOf(session.UserId) is not null) ?? throw Problems.NotFound.Refuse();

    private static async Task<SignInReading> Read(IDocumentSession session, IKeyring keyring, Caller caller, CancellationToken ct)
    {
        var reading = await SignInReading.Of(session, keyring, caller, null, ct);
        return reading.Client is null ? throw Problems.NotFound.Refuse() : reading;
    }
}
