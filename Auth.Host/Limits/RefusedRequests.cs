using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text;
using Auth.Domain.Limits;
using Auth.Host.Http;
using Auth.Host.Instances;
using Auth.Host.Keys;
using Marten;

namespace Auth.Host.Limits;

/// <summary>
/// What was turned away before a sign-in was known: a metric at once, and per block and minute one fact, so that no flood of requests becomes a flood of events.
/// Of a minute, the hundred loudest blocks are told one by one and the others together.
/// </summary>
public sealed class RefusedRequests : IRefusalWitness
{
    private const int Loudest = 100, MostKept = 10_000, MostMinutes = 60;
    // The others are told where they happen: by the stream they belong to.
    private static readonly FrozenSet<Problem> Told =
    [
        Problems.BodyTooLarge, Problems.MalformedRequest, Problems.UnsupportedContent, Problems.TooManyRequests,
        Problems.FieldMissing, Problems.FieldEmpty, Problems.FieldMalformed, Problems.FieldTooLong, Problems.FieldUnknownValue,
    ];

    private readonly ConcurrentDictionary<Seen, int> _seen = new();
    private readonly Counter<long> _metric;
    private readonly TimeProvider _clock;

    private readonly record struct Seen(string Tenant, int Minute, string Reason, string Block);

    public RefusedRequests(IMeterFactory meters, TimeProvider clock) =>
        (_metric, _clock) = (meters.Create("Auth").CreateCounter<long>("auth.requests.refused", description: "Requests refused before a sign-in was known."), clock);

    public void Saw(HttpContext http, Problem problem)
    {
        if (!Told.Contains(problem)) return;
        _metric.Add(1, new KeyValuePair<string, object?>("code", problem.Code));
        if (http.Features.Get<Tenant>() is not { } tenant) return;   // a host name that is none of ours has no history
        var block = _seen.Count < MostKept ? AddressBlock.Of(LimitKind.Attempt, Caller.Of(http).Address) : "";
        _seen.AddOrUpdate(new(tenant.Id, Counter.MinuteOf(_clock.GetUtcNow()), problem.Code, block), 1, static (_, n) => n + 1);
    }

    /// <summary>Appends the facts of the minutes that are over by then.</summary>
    public async Task Record(IDocumentStore store, IKeyring keyring, DateTimeOffset now, CancellationToken ct)
    {
        var over = _seen.Keys.Where(s => s.Minute < Counter.MinuteOf(now)).ToArray();
        foreach (var lot in over.GroupBy(s => (s.Tenant, s.Minute)))
        {
            var taken = lot.Select(s => (Seen: s, Requests: _seen.TryRemove(s, out var n) ? n : 0)).Where(s => s.Requests > 0).ToArray();
            try
            {
                var minute = DateTimeOffset.FromUnixTimeSeconds(lot.Key.Minute * 60L);
                var key = await keyring.OfStrangers(lot.Key.Tenant, DateOnly.FromDateTime(minute.UtcDateTime), ct);
                await Append(store, lot.Key.Tenant, minute, [.. Facts(taken, minute, key)], ct);
            }
            catch
            {
                if (lot.Key.Minute > Counter.MinuteOf(now) - MostMinutes)
                    foreach (var (seen, requests) in taken) _seen.AddOrUpdate(seen, requests, (_, n) => n + requests);
                throw;
            }
        }
    }

    /// <summary>The stream of a day, in every instance.</summary>
    public static Guid StreamOf(DateOnly day) => new(SHA256.HashData(Encoding.ASCII.GetBytes($"limits {day:O}")).AsSpan(0, 16));

    private static IEnumerable<LimitEvent> Facts(IReadOnlyList<(Seen Seen, int Requests)> taken, DateTimeOffset minute, Key key)
    {
        var loudest = taken.Where(t => t.Seen.Block.Length > 0).GroupBy(t => t.Seen.Block).OrderByDescending(b => b.Sum(t => t.Requests)).ThenBy(b => b.Key, StringComparer.Ordinal)
            .Take(Loudest).Select(b => b.Key).ToHashSet();
        foreach (var (seen, requests) in taken.Where(t => loudest.Contains(t.Seen.Block)))
            yield return new Limited(seen.Reason, minute, key.Seal(seen.Block), requests);
        var others = taken.Where(t => !loudest.Contains(t.Seen.Block)).ToArray();
        if (others.Length > 0) yield return new LimitedElsewhere(minute, others.Select(t => t.Seen.Block).Distinct().Count(), others.Sum(t => t.Requests));
    }

    private static async Task Append(IDocumentStore store, string tenant, DateTimeOffset minute, object[] facts, CancellationToken ct)
    {
        var stream = StreamOf(DateOnly.FromDateTime(minute.UtcDateTime));
        await using var session = store.LightweightSession(tenant);
        if (await session.Events.FetchStreamStateAsync(stream, ct) is not null) session.Events.Append(stream, facts);
        else session.Events.StartStream<LimitDay>(stream, facts);
        await session.SaveChangesAsync(ct);   // two hosts that both start the day: the second one keeps its facts and comes again
    }
}
