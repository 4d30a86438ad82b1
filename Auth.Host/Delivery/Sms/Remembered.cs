namespace Auth.Host.Delivery.Sms;

/// <summary>A bounded memory of what was seen lately: the oldest is forgotten when it is full or past its time.</summary>
internal sealed class Remembered(TimeProvider clock, TimeSpan life, int most)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _until = new(StringComparer.Ordinal);
    private readonly Queue<(string What, DateTimeOffset Until)> _order = new();

    /// <summary>True the first time.</summary>
    public bool Add(string what)
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            while (_order.TryPeek(out var oldest) && (oldest.Until <= now || _order.Count >= most))
            {
                _order.Dequeue();
                if (_until.TryGetValue(oldest.What, out var until) && until == oldest.Until) _until.Remove(oldest.What);
            }

            if (!_until.TryAdd(what, now + life)) return false;
            _order.Enqueue((what, now + life));
            return true;
        }
    }

    /// <summary>As if it had never been seen: what was begun could not be finished.</summary>
    public void Forget(string what)
    {
        lock (_gate) _until.Remove(what);
    }
}
