using Auth.Domain.SignIns;
using Auth.Host.Audit.Telling;
using JasperFx.Events;

namespace Auth.Host.Audit.Reports;

/// <summary>How long texts took from the provider's hands to the phone. Only the texts of the last hour are kept in mind, so memory does not grow with the month.</summary>
public sealed class Deliveries
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private static readonly (TimeSpan Within, string Name)[] Buckets =
    [
        (TimeSpan.FromSeconds(2),  "under 2 s"),
        (TimeSpan.FromSeconds(5),  "2 to 5 s"),
        (TimeSpan.FromSeconds(10), "5 to 10 s"),
        (TimeSpan.FromSeconds(30), "10 to 30 s"),
        (TimeSpan.FromMinutes(1),  "30 to 60 s"),
        (TimeSpan.FromMinutes(5),  "1 to 5 min"),
    ];

    private const string Later = "later, or never told", Undeliverable = "undeliverable", OnTheWay = "on their way at the end";

    private readonly Dictionary<Guid, DateTimeOffset?> _texts = [];
    private readonly Queue<(Guid Text, DateTimeOffset Asked)> _eldest = [];
    private readonly Dictionary<string, long> _counts = [];

    /// <summary>So many took so long, from the shortest time on; what never came is last. Texts that were handed over: mails are not in it.</summary>
    public IEnumerable<KeyValuePair<string, long>> Counts => Buckets.Select(bucket => bucket.Name).Concat([Later, Undeliverable, OnTheWay]).Where(_counts.ContainsKey).Select(name => KeyValuePair.Create(name, _counts[name]));

    /// <summary>How many texts are kept in mind.</summary>
    internal int Held => _eldest.Count;

    internal void Count(IEvent e)
    {
        while (_eldest.TryPeek(out var eldest) && e.Timestamp - eldest.Asked > Longest) Over(_eldest.Dequeue().Text, Later);
        if (e.Message() is { } message && message.Authenticator.Noun() is "text" && _texts.TryAdd(message.Text, null)) _eldest.Enqueue((message.Text, e.Timestamp));
        if (e.Data is TextHandedOver handed && _texts.TryGetValue(handed.Text, out var before) && before is null) _texts[handed.Text] = e.Timestamp;
        if (e.Data is TextDelivered delivered && _texts.GetValueOrDefault(delivered.Text) is { } from) Over(delivered.Text, Bucket(delivered.At - from));
        if (e.Data is TextUndeliverable lost) Over(lost.Text, Undeliverable);
    }

    /// <summary>Nothing more comes.</summary>
    internal void End()
    {
        while (_eldest.TryDequeue(out var eldest)) Over(eldest.Text, OnTheWay);
    }

    // A text that was never handed over took no time: the sign-in ended before it left, or nobody has that number.
    private void Over(Guid text, string name)
    {
        if (_texts.Remove(text, out var handed) && handed is not null) _counts[name] = _counts.GetValueOrDefault(name) + 1;
    }

    private static string Bucket(TimeSpan took) => Buckets.FirstOrDefault(bucket => took < bucket.Within) is { Name: { } name } ? name : Later;
}
