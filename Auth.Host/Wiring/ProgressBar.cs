namespace Auth.Host.Wiring;

/// <summary>How far something long is, for a terminal: drawn over the line that it drew before.</summary>
internal static class ProgressBar
{
    private const int Width = 30;

    internal static string Of(long now, long whole)
    {
        var done = whole <= 0 ? Width : (int)(Width * Math.Clamp(now, 0, whole) / whole);
        return $"\r  [{new string('#', done)}{new string('.', Width - done)}]";
    }
}
