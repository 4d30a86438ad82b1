using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace Auth.Specs.Sms;

/// <summary>A clock that nobody waits for: whoever asks for a short wait makes it jump there. A wait of a minute or more stays, until a spec moves the clock.</summary>
public sealed class JumpingClock() : FakeTimeProvider(NineOClock)
{
    public static readonly DateTimeOffset NineOClock = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);
    private readonly Channel<TimeSpan> longWaits = Channel.CreateUnbounded<TimeSpan>();

    /// <summary>How long the short waits were together.</summary>
    public TimeSpan Waited => GetUtcNow() - NineOClock;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(callback);
        timer.Inner = base.CreateTimer(timer.Ring, state, dueTime, period);
        if (dueTime >= Long) longWaits.Writer.TryWrite(dueTime);
        else if (dueTime > TimeSpan.Zero && period == Timeout.InfiniteTimeSpan) _ = Task.Run(() => Jump(timer, dueTime));
        return timer;
    }

    /// <summary>Two who move the clock at once can overlook each other's timers: whoever jumps makes sure that its own has rung.</summary>
    private async Task Jump(Timer timer, TimeSpan wait)
    {
        for (Advance(wait); !timer.Over; Advance(TimeSpan.Zero)) await Task.Yield();
    }

    /// <summary>Returns when somebody has begun to wait for exactly so long, a minute or more.</summary>
    public async Task LongWait(TimeSpan wait)
    {
        while (await longWaits.Reader.ReadAsync(TestContext.Current.CancellationToken) != wait) { }
    }

    private sealed class Timer(TimerCallback callback) : ITimer
    {
        private volatile bool over;

        public ITimer Inner { private get; set; } = null!;

        public bool Over => over;

        public void Ring(object? state)
        {
            over = true;
            callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => Inner.Change(dueTime, period);

        public void Dispose()
        {
            over = true;
            Inner.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            over = true;
            return Inner.DisposeAsync();
        }
    }
}
