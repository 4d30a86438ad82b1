using System.Globalization;

namespace Auth.Projections.Proof;

/// <summary>How a tree stood: the body of a C2SP checkpoint, with the last event and the time as extension lines.</summary>
/// <param name="Origin">Which history; it is the name of the key as well.</param>
/// <param name="UpTo">The number of the last event in it.</param>
public sealed record Checkpoint(string Origin, long Size, byte[] Root, long UpTo, DateTimeOffset At)
{
    private const string UpToLine = "event ", AtLine = "time ", Format = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    /// <summary>What is signed.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Convert.ToBase64String(Root)}\n{UpToLine}{UpTo}\n{AtLine}{At.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture)}\n");

    /// <summary>Reads one; null for anything else.</summary>
    public static Checkpoint? Parse(string text)
    {
        var root = new byte[Merkle.Length];
        return text.Split('\n') is [{ Length: > 0 } origin, var size, var base64, var upTo, var at, ""]
            && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var leaves)
            && base64.Length == 44 && Convert.TryFromBase64String(base64, root, out var length) && length == Merkle.Length
            && upTo.StartsWith(UpToLine, StringComparison.Ordinal) && long.TryParse(upTo[UpToLine.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            && at.StartsWith(AtLine, StringComparison.Ordinal)
            && DateTimeOffset.TryParseExact(at[AtLine.Length..], Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            && new Checkpoint(origin, leaves, root, last, time) is var checkpoint && checkpoint.Text == text ? checkpoint : null;
    }
}
