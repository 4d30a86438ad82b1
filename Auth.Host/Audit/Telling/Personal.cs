using System.Globalization;
using System.Text;
using Auth.Domain;
using Auth.Host.Keys;
using Marten;
using Microsoft.Extensions.Options;

namespace Auth.Host.Audit.Telling;

/// <summary>Opens what is sealed with the keys that are left, and masks what it opened, unless somebody gave a reason to see it.</summary>
/// <param name="keys">By id; null for one that is there but cannot be unwrapped here.</param>
/// <param name="reveal">Whether values are shown as they are.</param>
public sealed class Personal(IReadOnlyDictionary<Guid, Key?> keys, bool reveal = false)
{
    /// <summary>Whether values are shown as they are.</summary>
    public bool Reveals => reveal;

    /// <summary>The value, masked or as it is, or why it cannot be read.</summary>
    public string Show(Sealed? value) =>
        value is null ? Masked.Unnamed
        : !keys.TryGetValue(value.Key, out var key) ? Masked.Erased
        : key?.Open(value) is { } plain ? reveal ? Harmless(plain) : Masked.Of(plain)
        : Masked.Closed;

    /// <summary>The keys that are left for those values, and whether the root key here opens them.</summary>
    public static async Task<(Personal Personal, bool Closed)> Open(IQuerySession session, Func<IKeyring> keyring, IEnumerable<Sealed> values, bool reveal, CancellationToken ct)
    {
        Guid[] named = [.. values.Select(value => value.Key).Distinct()];
        var documents = named.Length == 0 ? [] : await session.LoadManyAsync<PersonalKey>(ct, named);
        try
        {
            return (new(documents.ToDictionary(document => document.Id, document => (Key?)keyring().Unwrap(document)), reveal), false);
        }
        catch (Exception e) when (WrongRootKeyException.Means(e) || e is IOException or UnauthorizedAccessException)
        {
            return (new(documents.ToDictionary(document => document.Id, _ => (Key?)null)), true);
        }
    }

    /// <summary>Controls, escapes and marks that turn the writing round are told by their numbers: a name is no way to a reader's terminal (R84).</summary>
    public static string Harmless(string text)
    {
        if (text.All(c => c is >= ' ' and <= '~')) return text;
        var shown = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
            shown.Append(Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
                ? string.Create(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}") : rune.ToString());
        return shown.ToString();
    }
}
