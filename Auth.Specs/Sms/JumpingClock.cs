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
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime >= Long) longWaits.Writer.TryWrite(dueTime);
        else if (dueTime > TimeSpan.Zero && period == Timeout.InfiniteTimeSpan) _ = Task.Run(() => Advance(dueTime));
        return timer;
    }

    /// <summary>Returns when somebody has begun to wait for exactly so long, a minute or more.</summary>
    public async Task LongWait(TimeSpan wait)
    {
        while (await longWaits.Reader.ReadAsync(TestContext.Current.CancellationToken) != wait) { }
    }
}
