namespace Auth.Host.Limits;

/// <summary>What one block of addresses asked for in each minute of the last hour: counted here, and by all hosts together.</summary>
public sealed class Counter
{
    internal const int Minutes = 60;
    private readonly List<Tally> _tallies = [];

    private sealed class Tally(int minute)
    {
        public int Minute { get; } = minute;

        /// <summary>By all hosts, as of the last merge.</summary>
        public int Shared { get; set; }

        /// <summary>On its way to the database.</summary>
        public int Sent { get; set; }

        /// <summary>Counted here since.</summary>
        public int Mine { get; set; }

        public int All => Shared + Sent + Mine;
    }

    /// <summary>How long until one more is within the limits; null when it is now. The minute slides: what came before counts for what is left of it.</summary>
    public TimeSpan? Wait(int aMinute, int anHour, DateTimeOffset now)
    {
        lock (_tallies)
        {
            var wait = TimeSpan.FromTicks(Math.Max(MinuteWait(aMinute, now).Ticks, HourWait(anHour, now).Ticks));
            return wait > TimeSpan.Zero ? wait : null;
        }
    }

    /// <summary>One more if it is within the limits, or how long to wait: asked and counted in one, however many ask.</summary>
    public TimeSpan? Take(int aMinute, int anHour, DateTimeOffset now)
    {
        lock (_tallies)
        {
            if (Wait(aMinute, anHour, now) is { } wait) return wait;
            Add(now);
            return null;
        }
    }

    /// <summary>One more, now.</summary>
    public void Add(DateTimeOffset now)
    {
        lock (_tallies) At(MinuteOf(now)).Mine++;
    }

    /// <summary>What the database has not been told yet; call <see cref="Arrived"/> or <see cref="Returned"/> afterwards.</summary>
    public IReadOnlyList<(int Minute, int Count)> Send()
    {
        lock (_tallies)
        {
            foreach (var tally in _tallies) (tally.Sent, tally.Mine) = (tally.Sent + tally.Mine, 0);
            return [.. _tallies.Where(t => t.Sent > 0).Select(t => (t.Minute, t.Sent))];
        }
    }

    /// <summary>The database has it.</summary>
    public void Arrived()
    {
        lock (_tallies) foreach (var tally in _tallies) (tally.Shared, tally.Sent) = (tally.Shared + tally.Sent, 0);
    }

    /// <summary>The database does not have it.</summary>
    public void Returned()
    {
        lock (_tallies) foreach (var tally in _tallies) (tally.Mine, tally.Sent) = (tally.Mine + tally.Sent, 0);
    }

    /// <summary>What all hosts counted in that minute.</summary>
    public void Share(int minute, int count)
    {
        lock (_tallies)
        {
            var tally = At(minute);
            tally.Shared = Math.Max(tally.Shared, count);
        }
    }

    /// <summary>Drops what is older than an hour; true when nothing is left.</summary>
    public bool Age(DateTimeOffset now)
    {
        lock (_tallies) return _tallies.RemoveAll(t => t.Minute <= MinuteOf(now) - Minutes) >= 0 && _tallies.Count == 0;
    }

    /// <summary>How much was counted in all.</summary>
    public int Total
    {
        get { lock (_tallies) return _tallies.Sum(t => t.All); }
    }

    internal static int MinuteOf(DateTimeOffset time) => (int)(time.ToUnixTimeSeconds() / 60);

    private TimeSpan MinuteWait(int limit, DateTimeOffset now)
    {
        var (current, before, gone) = (AllIn(MinuteOf(now)), AllIn(MinuteOf(now) - 1), (now.ToUnixTimeMilliseconds() % 60_000) / 60_000d);
        if (current >= limit) return TimeSpan.FromMinutes(1 - gone + Fading(current, limit - 1));
        return TimeSpan.FromMinutes(Math.Max(0, Fading(before, limit - 1 - current) - gone));
    }

    /// <summary>The part of a minute after which so many of the minute before no longer count for more than there is room for.</summary>
    private static double Fading(int before, int room) => before <= room ? 0 : 1 - (room / (double)before);

    private TimeSpan HourWait(int limit, DateTimeOffset now)
    {
        var minute = MinuteOf(now);
        var over = _tallies.Where(t => t.Minute > minute - Minutes).Sum(t => t.All) - limit;
        if (over < 0) return TimeSpan.Zero;
        foreach (var tally in _tallies.Where(t => t.Minute > minute - Minutes).OrderBy(t => t.Minute))
        {
            over -= tally.All;
            if (over < 0) return DateTimeOffset.FromUnixTimeSeconds((tally.Minute + Minutes) * 60L) - now;
        }

        return TimeSpan.FromHours(1);
    }

    private int AllIn(int minute) => _tallies.Find(t => t.Minute == minute)?.All ?? 0;

    private Tally At(int minute)
    {
        if (_tallies.Find(t => t.Minute == minute) is { } known) return known;
        var tally = new Tally(minute);
        _tallies.Add(tally);
        return tally;
    }
}
