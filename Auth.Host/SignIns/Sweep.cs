using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Host.Instances;
using Auth.Host.Keys;
using Auth.Host.Limits;
using Auth.Host.Recoveries;
using Auth.Host.Sessions.Refreshing;
using Auth.Host.SignUps;
using Auth.Host.Users;
using Auth.Host.Wiring;
using Auth.Projections;
using Marten;
using Microsoft.Extensions.Options;
using Npgsql;
using Wolverine;

namespace Auth.Host.SignIns;

/// <summary>Once a minute, on one host at a time, for every instance: tells what ran out of time and which recoveries are due, destroys the keys of strangers whose days are over, and forgets how many texts left two days ago.</summary>
public sealed partial class Sweep(
    NpgsqlDataSource database, IDocumentStore store, IServiceScopeFactory scopes, IKeyring keyring, Tenants tenants, TimeProvider clock, IOptions<KeyOptions> keys, ILogger<Sweep> log) : BackgroundService
{
    // What the readings have not followed yet is found again: one pass a minute, so that a reading that stands still does not make a loop without end.
    private const int AtOnce = 1000;
    private const long Name = 0x53_77_65_65_70;
    private static readonly TimeSpan ForgetsEach = TimeSpan.FromHours(1);
    private DateTimeOffset _forgets = DateTimeOffset.MinValue;

    /// <summary>One pass; nothing where another host is at it.</summary>
    public async Task Once(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var alone = await connection.BeginTransactionAsync(ct);
        if (!await OneHost.IsThis(alone, Name, ct)) return;

        var now = clock.GetUtcNow();
        await keyring.DestroyStrangerKeysBefore(DateOnly.FromDateTime(now.UtcDateTime).AddDays(-keys.Value.StrangerDays), ct);
        await TextTable.Sweep(database, now, ct);
        await RefreshValue.Sweep(database, now, ct);
        foreach (var tenant in tenants.Ids) await Once(tenant, now, ct);
        if (now < _forgets) return;
        _forgets = now + ForgetsEach;
        foreach (var tenant in tenants.Ids) await Forget(tenant, now, ct);
    }

    /// <summary>Erases whom nothing was heard of for longer than the operator keeps people (<c>retention.person_days</c>).</summary>
    private async Task Forget(string tenant, DateTimeOffset now, CancellationToken ct)
    {
        await using var session = store.QuerySession(tenant);
        if ((await InstanceSettings.Of(session, ct)).InForce.Retention.Before(now) is not { } before) return;
        var unheard = await session.AdvancedSql.QueryAsync<Guid>($"""
            select u.id from {StoreSettings.Schema}.mt_doc_user u where u.tenant_id = ? and (u.data ->> 'updatedAt')::timestamptz <= ?
                and not exists (select 1 from {StoreSettings.Schema}.mt_doc_session s where s.tenant_id = u.tenant_id and s.user_id = u.id and (s.data ->> 'lastActiveAt')::timestamptz > ?)
            order by u.id limit {AtOnce}
            """, ct, tenant, before, before);
        foreach (var user in unheard) await Tell(tenant, bus => bus.InvokeForTenantAsync(tenant, new ForgetUserStep(user), ct));
    }

    private async Task Once(string tenant, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var user in await Recovered(tenant, now, ct)) await Tell(tenant, bus => bus.Ask<EffectTaken>(new TakeEffectStep(user), ct));
        foreach (var over in await Over(tenant, now, ct))
            await Tell(tenant, bus => LostRace.Again(async () =>
            {
                await bus.InvokeForTenantAsync(tenant, over, ct);
                return true;
            }));
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var minute = new PeriodicTimer(TimeSpan.FromMinutes(1), clock);
        while (await minute.Next(stoppingToken))
        {
            try
            {
                await Once(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                NotSwept(e.GetType().Name);
            }
        }
    }

    // One that cannot be told keeps nobody else waiting.
    private async Task Tell(string tenant, Func<IMessageBus, Task> tell)
    {
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            var bus = scope.ServiceProvider.GetRequiredService<IMessageBus>();
            bus.TenantId = tenant;
            await tell(bus);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            NotSwept(e.GetType().Name);
        }
    }

    private async Task<IReadOnlyList<Guid>> Recovered(string tenant, DateTimeOffset now, CancellationToken ct)
    {
        await using var session = store.QuerySession(tenant);
        return [.. (await session.QueryAsync<User>(
            "where tenant_id = ? and (data ->> 'recovery') is not null and (data -> 'recovery' ->> 'due')::timestamptz <= ? order by data -> 'recovery' ->> 'due' limit ?", ct, session.TenantId, now, AtOnce)).Select(user => user.Id)];
    }

    private async Task<IReadOnlyList<object>> Over(string tenant, DateTimeOffset now, CancellationToken ct)
    {
        await using var session = store.QuerySession(tenant);
        var signIns = await session.Query<SignInHistory>()
            .Where(row => row.Outcome == Outcome.Open && (row.EndsAt <= now || row.SecondFactorBy <= now))
            .OrderBy(row => row.EndsAt).Take(AtOnce).Select(row => row.Id).ToListAsync(ct);
        var signUps = await session.Query<OpenSignUp>().Where(row => row.EndsAt <= now).OrderBy(row => row.EndsAt).Take(AtOnce).Select(row => row.Id).ToListAsync(ct);
        return [.. signIns.Select(id => new ExpireSignIn(id)), .. signUps.Select(id => new EndSignUp(id))];
    }

    [LoggerMessage(LogLevel.Warning, "What ran out of time was not told ({Problem}); next try in a minute.")]
    private partial void NotSwept(string problem);
}
