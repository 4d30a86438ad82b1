using System.Text.Json;
using System.Text.Json.Nodes;
using Auth.Projections.Proof;

namespace Auth.Specs.Proof;

/// <summary>One thing that the owner of a database can do to its events behind the service's back.</summary>
/// <param name="First">The number of the first event that is wrong afterwards.</param>
public sealed record Mutation(string Kind, long First, IReadOnlyList<StoredEvent> Gone, IReadOnlyList<StoredEvent> New)
{
    /// <summary>The kinds.</summary>
    public const int Kinds = 12;

    /// <summary>One of a kind, drawn.</summary>
    public static Mutation Draw(int kind, Random random, IReadOnlyList<StoredEvent> events, IReadOnlyList<long> holes)
    {
        var (one, other) = (events[random.Next(events.Count)], events[random.Next(events.Count)]);
        while (other == one) other = events[random.Next(events.Count)];
        var hole = holes[random.Next(holes.Count)];
        var tail = events.Skip(random.Next(1, events.Count)).ToList();
        return kind switch
        {
            0  => Edit("data", one, one with { Data = Changed(one.Data, random) }),
            1  => Edit("type", one, one with { Type = one.Type == "sign_in.expired" ? "sign_in.converted" : "sign_in.expired" }),
            2  => Edit("time", one, one with { Time = one.Time + random.Next(1, 1_000_000) }),
            3  => Edit("headers", one, one with { Headers = one.Headers is null ? """{"settings": "7"}""" : Changed(one.Headers, random) }),
            4  => Edit("version", one, one with { Version = one.Version + 1000 }),
            5  => Edit("stream", one, one with { Stream = Guid.NewGuid() }),
            6  => Edit("actor", one, one with { User = "key_0badc0de" }),
            7  => new("deleted", one.Sequence, [one], []),
            8  => new("inserted", hole, [], [one with { Sequence = hole, Id = Guid.NewGuid(), Version = one.Version + 2000 }]),
            9  => new("swapped", Math.Min(one.Sequence, other.Sequence), [one, other], [one with { Sequence = other.Sequence }, other with { Sequence = one.Sequence }]),
            10 => new("moved", Math.Min(one.Sequence, hole), [one], [one with { Sequence = hole }]),
            _  => new("truncated", tail[0].Sequence, tail, []),
        };
    }

    /// <summary>What is there afterwards.</summary>
    public IEnumerable<StoredEvent> Of(IEnumerable<StoredEvent> events) => events.Except(Gone).Concat(New);

    public override string ToString() => $"{Kind} at {First}";

    private static Mutation Edit(string kind, StoredEvent was, StoredEvent now) => new(kind, was.Sequence, [was], [now]);

    /// <summary>One value more, one less, or another one.</summary>
    private static string Changed(string json, Random random)
    {
        var body = JsonNode.Parse(json)?.AsObject() ?? [];
        var names = body.Select(property => property.Key).ToArray();
        if (names.Length == 0 || random.Next(3) == 0) body["added"] = random.Next();
        else if (names[random.Next(names.Length)] is var name && random.Next(2) == 0) body.Remove(name);
        else body[name] = body[name]?.GetValueKind() == JsonValueKind.String ? (string?)body[name] + "x" : "changed";
        return body.ToJsonString();
    }
}
