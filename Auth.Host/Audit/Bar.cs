using System.Diagnostics;

namespace Auth.Host.Audit;

/// <summary>A bar on stderr for what takes long; nothing where nobody looks.</summary>
internal sealed class Bar(Terminal terminal, long whole, string what)
{
    private const int Width = 30, EachMilliseconds = 200;
    private readonly bool _looks = terminal.Words == Console.Error && !Console.IsErrorRedirected;
    private long _drawn;

    internal void At(long now)
    {
        if (!_looks || _drawn != 0 && Stopwatch.GetElapsedTime(_drawn).TotalMilliseconds < EachMilliseconds) return;
        _drawn = Stopwatch.GetTimestamp();
        var done = whole == 0 ? Width : (int)(Width * Math.Min(now, whole) / whole);
        terminal.Words.Write($"\r  [{new string('#', done)}{new string('.', Width - done)}] {now} of {whole} {what}");
    }

    internal void End()
    {
        if (_drawn != 0) terminal.Words.WriteLine();
    }
}
