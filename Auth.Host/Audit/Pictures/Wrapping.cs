using System.Text;

namespace Auth.Host.Audit.Pictures;

/// <summary>Text in lines of so many columns: whoever draws here knows no font, so a letter is as wide as wide ones are.</summary>
internal static class Wrapping
{
    /// <summary>Broken between words; a word that is too long is broken where the line ends.</summary>
    internal static IEnumerable<string> Lines(string text, int columns)
    {
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(word => Pieces(word, columns)))
        {
            if (line.Length > 0 && Columns(line) + 1 + Columns(word) > columns)
            {
                yield return line;
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        if (line.Length > 0) yield return line;
    }

    /// <summary>How wide it is at most: wide letters and signs of East Asia take two.</summary>
    internal static int Columns(string text) => text.EnumerateRunes().Sum(Columns);

    /// <summary>Its beginning, where it is longer.</summary>
    internal static string Cut(string text, int columns) => Columns(text) <= columns ? text : $"{Lines(text.Replace(' ', '\u00a0'), columns - 1).First()}…";

    private static int Columns(Rune rune) => rune.Value is 'M' or 'W' or 'm' or 'w' or '@' or '%' or >= 0x2e80 or (>= 0x1100 and < 0x2000) ? 2 : 1;

    private static IEnumerable<string> Pieces(string word, int columns)
    {
        var (piece, width) = (new StringBuilder(), 0);
        foreach (var rune in word.EnumerateRunes())
        {
            if (width + Columns(rune) > columns)
            {
                yield return piece.ToString();
                (piece, width) = (new(), 0);
            }

            piece.Append(rune);
            width += Columns(rune);
        }

        yield return piece.ToString();
    }
}
