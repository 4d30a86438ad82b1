using System.Text.Json.Nodes;
using Npgsql;

namespace Auth.Specs.Given;

/// <summary>A host with two instances whose histories are sealed each second, and the owner of its database.</summary>
public sealed class VerifiedHost : IAsyncLifetime
{
    /// <summary>The key of the other instance's auditor.</summary>
    public const string OthersKey = "ak_test_others_0123456789_0123456789_0123456789";

    /// <summary>It.</summary>
    public RunningHost Host { get; } = new() { Name = $"verified_{Guid.NewGuid():n}" };

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        foreach (var (key, value) in TwoInstances.Settings) Host.Settings[key] = value;
        Host.Settings[$"Auth:Instances:{TwoInstances.Other}:AuditKey"] = OthersKey;
        Host.Settings["Auth:Seals:Every"] = "00:00:01";
        Host.Settings["Auth:Verify:At"] = "02:30";
        await Host.InitializeAsync();
        await new Visit(Host, await Person.Make(Host)).Through();
    }

    /// <summary>Waits until everything is followed and sealed.</summary>
    public Task Settled() => Eventually.Of(async () => await Number("""
        select (case when (select max(seq_id) from auth.mt_events) = least((select max(up_to) from auth.seals), (select min(last_seq_id) from auth.mt_event_progression where name like '%:All')) then 1 else 0 end)::bigint
        """) == 1 ? "settled" : null);

    /// <summary>What an auditor is told, under the key of the one or the other instance.</summary>
    public async Task<Reply> Verify(string query = "", string? host = null, string key = RunningHost.AuditKey)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/audit/verify{query}");
        request.Headers.Authorization = new("Bearer", key);
        request.Headers.Host = host;
        return await new Browser(Host).Send(request);
    }

    /// <summary>Done to the database by whoever owns it.</summary>
    public async Task Owner(string sql)
    {
        await using var database = NpgsqlDataSource.Create(Host.ConnectionString);
        await using var command = database.CreateCommand(sql);
        (await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken)).ShouldBeGreaterThan(0, sql);
    }

    /// <summary>One number.</summary>
    public async Task<long> Number(string sql)
    {
        await using var database = NpgsqlDataSource.Create(Host.ConnectionString);
        await using var command = database.CreateCommand(sql);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) is long number ? number : -1;
    }

    /// <summary>One of its checks.</summary>
    public async Task<JsonNode> Health(string check) => (await new Browser(Host).Get("/health/ready")).Json["checks"]![check]!;

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
