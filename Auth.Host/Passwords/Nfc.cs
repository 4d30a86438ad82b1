using System.Globalization;
using System.Text;

namespace Auth.Host.Passwords;

/// <summary>
/// Unicode normalization form C, from a table of our own: <see cref="string.Normalize()"/> changes nothing where globalization is invariant,
/// and a password must not depend on which library a machine has.
/// </summary>
public static class Nfc
{
    private const int HangulFirst = 0xAC00, LeadFirst = 0x1100, VowelFirst = 0x1161, TailFirst = 0x11A7, Vowels = 21, Tails = 28, Syllables = 19 * Vowels * Tails;

    private static readonly Dictionary<int, int[]> Parts = [];
    private static readonly Dictionary<(int, int), int> Whole = [];
    private static readonly Dictionary<int, byte> Class = [];

    static Nfc()
    {
        using var table = new StreamReader(typeof(Nfc).Assembly.GetManifestResourceStream("nfc.txt")!);
        while (table.ReadLine() is { } line)
        {
            if (line[0] == '#') continue;
            var words = line.Split(' ');
            if (words[0].Split('-') is [var first, var last])
            {
                for (var c = Hex(first); c <= Hex(last); c++) Class[c] = byte.Parse(words[1], CultureInfo.InvariantCulture);
                continue;
            }

            var composed = Hex(words[0].TrimEnd('!'));
            var parts = Parts[composed] = [.. words.Skip(1).Select(Hex)];
            if (!words[0].EndsWith('!')) Whole[(parts[0], parts[1])] = composed;
        }
    }

    /// <summary>The text in form C, or null when it is no well-formed UTF-16.</summary>
    public static string? Of(string text)
    {
        if (!IsWellFormed(text)) return null;
        if (!text.AsSpan().ContainsAnyExceptInRange('\0', '\u02FF')) return text;

        List<int> points = [];
        foreach (var rune in text.EnumerateRunes()) Decompose(rune.Value, points);
        Order(points);
        var composed = new StringBuilder(text.Length);
        foreach (var point in Compose(points)) composed.Append(new Rune(point).ToString());
        return composed.ToString();
    }

    private static bool IsWellFormed(string text)
    {
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var length) != System.Buffers.OperationStatus.Done) return false;
            rest = rest[length..];
        }

        return true;
    }

    private static void Decompose(int point, List<int> into)
    {
        if (point is >= HangulFirst and < HangulFirst + Syllables)
        {
            var syllable = point - HangulFirst;
            into.AddRange([LeadFirst + (syllable / (Vowels * Tails)), VowelFirst + (syllable / Tails % Vowels)]);
            if (syllable % Tails != 0) into.Add(TailFirst + (syllable % Tails));
        }
        else if (Parts.TryGetValue(point, out var parts)) foreach (var part in parts) Decompose(part, into);
        else into.Add(point);
    }

    // Marks after a letter stand in the order of their class; equal ones keep theirs.
    private static void Order(List<int> points)
    {
        for (var start = 0; start < points.Count; start++)
        {
            var end = start;
            while (end < points.Count && ClassOf(points[end]) != 0) end++;
            if (end - start < 2) continue;
            var marks = points.GetRange(start, end - start).OrderBy(ClassOf).ToArray();
            for (var i = 0; i < marks.Length; i++) points[start + i] = marks[i];
            start = end - 1;
        }
    }

    private static List<int> Compose(List<int> points)
    {
        List<int> done = [];
        var (letter, classBefore) = (-1, 0);
        foreach (var point in points)
        {
            var ownClass = ClassOf(point);
            // A mark joins its letter unless an equal or higher one stands between; a letter only when nothing does.
            var free = letter >= 0 && (done.Count - 1 == letter || (classBefore != 0 && classBefore < ownClass));
            if (free && Join(done[letter], point) is { } joined)
            {
                done[letter] = joined;
                continue;
            }

            if (ownClass == 0) letter = done.Count;
            classBefore = ownClass;
            done.Add(point);
        }

        return done;
    }

    private static int? Join(int first, int second) => (first - LeadFirst, first - HangulFirst) switch
    {
        ( >= 0 and < 19, _) when second is >= VowelFirst and < VowelFirst + Vowels =>
            HangulFirst + ((((first - LeadFirst) * Vowels) + second - VowelFirst) * Tails),
        (_, >= 0 and < Syllables) when (first - HangulFirst) % Tails == 0 && second is > TailFirst and < TailFirst + Tails => first + second - TailFirst,
        _ => Whole.TryGetValue((first, second), out var whole) ? whole : null,
    };

    private static byte ClassOf(int point) => Class.GetValueOrDefault(point);

    private static int Hex(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
