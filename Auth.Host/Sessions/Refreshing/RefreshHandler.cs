using Auth.Domain.Sessions;
using Auth.Host.Http;
using Auth.Host.Instances;
using Auth.Host.Keys;
using Auth.Host.Recoveries;
using Auth.Host.Sessions.Tokens;
using Auth.Host.SignIns;
using Marten;
using Rule = Auth.Domain.Sessions.Refreshing;

namespace Auth.Host.Sessions.Refreshing;

/// <summary>An app's backend wants another token for a browser whose token is dead.</summary>
/// <param name="Origin">The app's, for the token.</param>
public sealed record RefreshSessionStep(Caller Caller, Guid Session, string ExpiredToken, RefreshSecret Value, string Origin)
{
    /// <summary>Neither token nor value.</summary>
    public override string ToString() => $"RefreshSessionStep({Session})";
}

/// <summary>The cookies to set; null where the answer is no.</summary>
public sealed record RefreshAnswer(IReadOnlyList<string>? Cookies)
{
    /// <summary>No.</summary>
    public static RefreshAnswer No { get; } = new(Cookies: null);

    /// <summary>No value in a log.</summary>
    public override string ToString() => "RefreshAnswer(hidden)";
}

/// <summary>A refresh value is used once and replaced; used again, it ends its session, because somebody else has it (R72).</summary>
public static class RefreshHandler
{
    private static readonly TimeSpan SeenOften = TimeSpan.FromMinutes(1);

    /// <summary>Whoever comes second meets the moved row, reads again, and is the parallel one.</summary>
    public static async Task<RefreshAnswer> Handle(
        RefreshSessionStep step, IDocumentSession session, IKeyring keyring, Drawing drawing, SessionTokens tokens, TimeProvider clock, CancellationToken ct)
    {
        var (tenant, now) = (session.TenantId, clock.GetUtcNow());
        if (await tokens.ReadEvenDead(tenant, step.ExpiredToken, ct) is not { } claims || claims.SessionId != new SessionId(step.Session).ToString()) return RefreshAnswer.No;
        var batch = session.CreateBatchQuery();
        var (valueRow, sessionRow, settingsRow) = (batch.Load<RefreshValue>(step.Value.Hash), batch.Load<Session>(step.Session), batch.Load<InstanceSettings>(InstanceSettings.TheOne));
        await batch.Execute(ct);
        var settings = await settingsRow ?? InstanceSettings.Shipped;
        var dials = settings.InForce.Dials;
        if (await valueRow is not { } value || await sessionRow is not { } held || value.Session != held.Id || value.ProvedAt != held.ProvedAt || !held.IsActive(now, dials)) return RefreshAnswer.No;

        var whose = session.CreateBatchQuery();
        var (userRow, wrapped) = (whose.Load<Domain.Users.User>(held.UserId), whose.Load<PersonalKey>(held.UserId));
        await whose.Execute(ct);
        if (await userRow is not { } user || await wrapped is not { } stored) return RefreshAnswer.No;
        user.Settled(now);

        var becomes = RefreshRule.Of(value.UsedAt, now);
        session.Sign(step.Caller, keyring.Unwrap(stored), settings);
        if (becomes is Rule.Reused)
        {
            session.End(held, EndReason.RefreshReused, now);
            session.DeleteWhere<RefreshValue>(x => x.Session == held.Id);
            return RefreshAnswer.No;
        }

        var next = becomes is Rule.Rotates ? value.Next(held) : default;
        if (becomes is Rule.Rotates)
        {
            session.Move(value with { UsedAt = now }, value.Version);
            session.Insert(next.Row);
            if (now - held.LastActiveAt >= SeenOften) session.Move(held with { LastActiveAt = now }, held.Version);
        }

        var token = await drawing.Token(held with { LastActiveAt = now }, step.Caller with { Origin = step.Origin }, tenant, now, dials);
        return new(SessionCookies.Of(held, token, next.Secret, step.Origin, now));
    }
}
