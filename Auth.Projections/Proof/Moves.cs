namespace Auth.Projections.Proof;

/// <summary>Tells an event that was moved from one that was changed: put back, it is the one that was sealed there.</summary>
internal static class Moves
{
    private const int MostTried = 100;

    /// <summary>The findings, with moves told as what they are.</summary>
    internal static IReadOnlyList<Finding> Among(IReadOnlyList<Amiss> amiss, IReadOnlyList<Finding> findings)
    {
        var (events, places) = (amiss.Where(one => one.Event is not null).Take(MostTried).ToArray(), amiss.Where(one => one.Sealed is not null).Take(MostTried).ToArray());
        var moved = new Dictionary<(string, long), string>();
        foreach (var one in events)
            if (places.FirstOrDefault(place => (place.Sequence, place.Tenant) != (one.Sequence, one.Tenant) && Was(one.Event!, place)) is { } place)
            {
                moved[(one.Tenant, one.Sequence)] = $"Event {one.Sequence} is the one that was sealed as {Place(one, place)}.";
                moved.TryAdd((place.Tenant, place.Sequence), $"Event {place.Sequence} was moved to {Place(place, one)}.");
            }

        return [.. findings.Select(finding => finding.Flaw is Flaw.Changed or Flaw.Deleted or Flaw.Inserted && moved.TryGetValue((finding.Tenant, finding.Position), out var sentence)
            ? finding with { Flaw = Flaw.Moved, Sentence = sentence } : finding)];
    }

    private static bool Was(StoredEvent e, Amiss place) => (e with { Sequence = place.Sequence, Tenant = place.Tenant }).Hash().AsSpan().SequenceEqual(place.Sealed);

    private static string Place(Amiss from, Amiss to) => from.Tenant == to.Tenant ? $"{to.Sequence}" : $"{to.Sequence} of instance {to.Tenant}";
}
