using System.Diagnostics;
using Auth.Host.Wiring;

namespace Auth.Host.Audit.Verbs;

/// <summary>A bar on stderr for what takes long; nothing where nobody looks.</summary>
internal sealed class Bar(Terminal terminal, long whole, string what)
{
    private const int EachMilliseconds = 200;
    private long _drawn;

    internal void At(long now)
    {
        if (!terminal.Looks || _drawn != 0 && Stopwatch.GetElapsedTime(_drawn).TotalMilliseconds < EachMilliseconds) return;
        _drawn = Stopwatch.GetTimestamp();
        terminal.Words.Write($"{ProgressBar.Of(now, whole)} {now} of {whole} {what}");
    }

    internal void End()
    {
        if (_drawn != 0) terminal.Words.WriteLine();
    }
}
