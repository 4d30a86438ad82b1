using Auth.Domain.Audits;
using Auth.Host.Audit.Proving;
using Auth.Specs.Given;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Auth.Specs.Audit;

/// <summary>Each night one host verifies everything, and what it finds is told, logged and shown (R86, R87).</summary>
public sealed class NightSpecs : IAsyncLifetime
{
    private readonly VerifiedHost _verified = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Night Night => _verified.Host.Alba.Services.GetRequiredService<Night>();

    public ValueTask InitializeAsync() => _verified.InitializeAsync();

    public ValueTask DisposeAsync() => _verified.DisposeAsync();

    [Fact]
    public async Task each_night_every_instance_is_verified_once_over_all_hosts()
    {
        await _verified.Settled();
        await Night.Once(Ct);
        (await Told()).ShouldBeEmpty();

        StoryClock.Advance(TimeSpan.FromDays(1));
        await using (var other = new NpgsqlConnection(_verified.Host.ConnectionString))
        {
            await other.OpenAsync(Ct);
            await using var lone = new NpgsqlCommand($"select pg_advisory_lock({0x4e_69_67_68_74})", other);
            await lone.ExecuteNonQueryAsync(Ct);
            await Night.Once(Ct);
            (await Told()).ShouldBeEmpty();
            await using var done = new NpgsqlCommand("select pg_advisory_unlock_all()", other);
            await done.ExecuteNonQueryAsync(Ct);
        }

        await Night.Once(Ct);
        await Night.Once(Ct);

        (await Told()).ShouldHaveSingleItem().ShouldSatisfyAllConditions(told => told.Findings.ShouldBe(0), told => told.Events.ShouldBeGreaterThan(5));
        (await Told("shop")).Count.ShouldBe(1);
        ((string?)(await _verified.Health("verified"))["status"]).ShouldBe("ok");

        await _verified.Settled();
        await _verified.Owner("update auth.mt_doc_users set data = jsonb_set(data, '{signIns}', '7')");
        StoryClock.Advance(TimeSpan.FromDays(1));
        await Night.Once(Ct);

        (await Told())[^1].Findings.ShouldBe(1);
        (await _verified.Health("verified")).ShouldSatisfyAllConditions(
            check => ((string?)check["status"]).ShouldBe("degraded"), check => ((string?)check["description"])!.ShouldNotContain("user"));
        _verified.Host.Log.Entries.ShouldContain(line => line.Contains("The history of instance default is not what it was: 1 found", StringComparison.Ordinal));

        await _verified.Owner("update auth.mt_doc_users set data = jsonb_set(data, '{signIns}', '1')");
        await _verified.Settled();
        StoryClock.Advance(TimeSpan.FromDays(1));
        await Night.Once(Ct);
        ((string?)(await _verified.Health("verified"))["status"]).ShouldBe("ok");
        StoryClock.Advance(TimeSpan.FromHours(50));
        ((string?)(await _verified.Health("verified"))["status"]).ShouldBe("degraded");
    }

    private async Task<IReadOnlyList<HistoryVerified>> Told(string tenant = "default")
    {
        await using var session = _verified.Host.Store.QuerySession(tenant);
        return [.. (await session.Events.FetchStreamAsync(Auth.Host.Audit.Access.Auditor.Night.Trail, token: Ct)).Select(e => (HistoryVerified)e.Data)];
    }
}
