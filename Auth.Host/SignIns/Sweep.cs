using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Host.Instances;
using Auth.Host.Keys;
using Auth.Host.Limits;
using Auth.Host.Recoveries;
using Auth.Host.SignUps;
using Auth.Host.Wiring;
using Auth.Projections;
using Marten;
using Microsoft.Extensions.Options;
using Npgsql;
using Wolverine;

namespace Auth.Host.SignIns;

/// <summary>Once a minute, on one host at a time: tells what ran out of time and which recoveries are due, destroys the keys of strangers whose days are over, and forgets how many texts left two days ago.</summary>
public sealed partial class Sweep(
    NpgsqlDataSource database, IDocumentStore store, IServiceScopeFactory scopes, IKeyring keyring, TimeProvider clock, IOptions<KeyOptions> keys, ILogger<Sweep> log) : BackgroundService
{
    // What the readings have not followed yet is found again: one pass a minute, so that a reading that stands still does not make a loop without end.
    private const int AtOnce = 1000;
    private const long Name = 0x53_77_65_65_70;

    /// <summary>One pass; nothing where another host is at it.</summary>
    public async Task Once(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var alone = await connection.BeginTransactionAsync(ct);
        await using var command = new NpgsqlCommand("select pg_try_advisory_xact_lock($1)", connection, alone) { Parameters = { new() { Value = Name } } };
        if (await command.ExecuteScalarAsync(ct) is not true) return;

        var now = clock.GetUtcNow();
        await keyring.DestroyStrangerKeysBefore(DateOnly.FromDateTime(now.UtcDateTime).AddDays(-keys.Value.StrangerDays), ct);
        await TextTable.Sweep(database, now, ct);
        foreach (var user in await Recovered(now, ct)) await Tell(bus => bus.Ask<EffectTaken>(new TakeEffectStep(user), ct));
        foreach (var over in await Over(now, ct))
            await Tell(bus => LostRace.Again(async () =>
            {
                await bus.InvokeForTenantAsync(Tenants.Default, over, ct);
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
    private async Task Tell(Func<IMessageBus, Task> tell)
    {
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            await tell(scope.ServiceProvider.GetRequiredService<IMessageBus>());
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            NotSwept(e.GetType().Name);
        }
    }

    private async Task<IReadOnlyList<Guid>> Recovered(DateTimeOffset now, CancellationToken ct)
    {
        await using var session = store.QuerySession(Tenants.Default);
        return [.. (await session.QueryAsync<User>(
            "where tenant_id = ? and (data ->> 'recovery') is not null and (data -> 'recovery' ->> 'due')::timestamptz <= ? order by data -> 'recovery' ->> 'due' limit ?", ct, session.TenantId, now, AtOnce)).Select(user => user.Id)];
    }

    private async Task<IReadOnlyList<object>> Over(DateTimeOffset now, CancellationToken ct)
    {
        await using var session = store.QuerySession(Tenants.Default);
        var signIns = await session.Query<SignInHistory>()
            .Where(row => row.Outcome == Outcome.Open && (row.EndsAt <= now || row.SecondFactorBy <= now))
            .OrderBy(row => row.EndsAt).Take(AtOnce).Select(row => row.Id).ToListAsync(ct);
        var signUps = await session.Query<OpenSignUp>().Where(row => row.EndsAt <= now).OrderBy(row => row.EndsAt).Take(AtOnce).Select(row => row.Id).ToListAsync(ct);
        return [.. signIns.Select(id => new ExpireSignIn(id)), .. signUps.Select(id => new EndSignUp(id))];
    }

    [LoggerMessage(LogLevel.Warning, "What ran out of time was not told ({Problem}); next try in a minute.")]
    private partial void NotSwept(string problem);
}
