using System.Text.Json;
using Auth.Domain.Instances;
using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Projections;
using Auth.Specs.Reading;
using Npgsql;
using NpgsqlTypes;

namespace Auth.Specs.Given;

/// <summary>A month written into a store as it was told, event by event at its own instant.</summary>
public sealed class MonthStored(Histories histories)
{
    private readonly List<(Guid Stream, int Version, object Fact, DateTimeOffset At, string Headers)> _events = [];
    private readonly Dictionary<Guid, int> _versions = [];

    /// <summary>Played under those settings, which are version 1.</summary>
    public static async Task<MonthPlayed> Write(Histories histories, Month month, Settings settings)
    {
        var stored = new MonthStored(histories);
        stored.Tell(Instance.TheOne, new SettingsApplied(1, settings, "key_00000000", null, null), Month.First.AddDays(-1), asked: true);
        foreach (var who in month.People)
            foreach (var fact in who.Facts) stored.Tell(who.Id, fact, Month.First.AddHours(-1), asked: true);
        var played = new MonthPlayed(month, settings, told: (script, act, at, facts) =>
        {
            foreach (var fact in facts) stored.Tell(script.SignIn, fact, at, act is not Act.Sweep);
        });
        await stored.Save();
        return played;
    }

    private void Tell(Guid stream, object fact, DateTimeOffset at, bool asked)
    {
        var headers = new Dictionary<string, object> { [EventHeaders.Settings] = "1", [EventHeaders.Trace] = $"{stream:n}-{at.UtcTicks}" };
        if (asked) headers[EventHeaders.Address] = EventHeaders.Write(new(stream, "Ym94"));
        _events.Add((stream, _versions[stream] = _versions.GetValueOrDefault(stream) + 1, fact, at, JsonSerializer.Serialize(headers)));
    }

    private async Task Save()
    {
        await using var connection = new NpgsqlConnection(histories.Connection);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using (var streams = await connection.BeginBinaryImportAsync("copy auth.mt_streams (tenant_id, id, type, version, timestamp, created) from stdin (format binary)", TestContext.Current.CancellationToken))
        {
            foreach (var stream in _events.GroupBy(e => e.Stream))
                await streams.WriteRowAsync(TestContext.Current.CancellationToken, "default", stream.Key, Of(stream.First().Fact), (long)stream.Max(e => e.Version), stream.First().At.UtcDateTime, stream.First().At.UtcDateTime);
            await streams.CompleteAsync(TestContext.Current.CancellationToken);
        }

        await using (var events = await connection.BeginBinaryImportAsync("copy auth.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, headers) from stdin (format binary)", TestContext.Current.CancellationToken))
        {
            var (number, json) = (0L, histories.Store.Options.Serializer());
            foreach (var (stream, version, fact, at, headers) in _events)
            {
                await events.StartRowAsync(TestContext.Current.CancellationToken);
                await events.WriteAsync(++number, TestContext.Current.CancellationToken);
                await events.WriteAsync(new Guid((int)number, 1, 1, new byte[8]), TestContext.Current.CancellationToken);
                await events.WriteAsync(stream, TestContext.Current.CancellationToken);
                await events.WriteAsync((long)version, TestContext.Current.CancellationToken);
                await events.WriteAsync(json.ToJson(fact), NpgsqlDbType.Jsonb, TestContext.Current.CancellationToken);
                await events.WriteAsync(EventNames.All[fact.GetType()], TestContext.Current.CancellationToken);
                await events.WriteAsync(at.UtcDateTime, TestContext.Current.CancellationToken);
                await events.WriteAsync("default", TestContext.Current.CancellationToken);
                await events.WriteAsync($"{fact.GetType().FullName}, {fact.GetType().Assembly.GetName().Name}", TestContext.Current.CancellationToken);
                await events.WriteAsync(headers, NpgsqlDbType.Jsonb, TestContext.Current.CancellationToken);
            }

            await events.CompleteAsync(TestContext.Current.CancellationToken);
        }

        await using var next = new NpgsqlCommand("select setval('auth.mt_events_sequence', (select max(seq_id) from auth.mt_events))", connection);
        await next.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static string Of(object fact) => fact switch { SignInEvent => "sign_in", UserEvent => "user", _ => "instance" };
}
