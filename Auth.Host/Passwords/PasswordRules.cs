using System.Text;
using Auth.Host.Instances;

namespace Auth.Host.Passwords;

/// <summary>What a new password must not be (R45): on the list of common ones, or a word that anybody would try on this person. It is always the whole string that counts.</summary>
public sealed class PasswordRules(Tenants tenants)
{
    /// <summary>Why this cannot be the new password of somebody with these words: their addresses, their names; null when it can.</summary>
    public PasswordProblem? Check(string tenant, Password password, IEnumerable<string> ownWords, Domain.Instances.PasswordRules settings)
    {
        var text = Encoding.UTF8.GetString(password.Bytes);
        if (text.EnumerateRunes().Count() < settings.MinLength) return PasswordProblem.TooShort;
        if (CommonPasswords.Has(text)) return PasswordProblem.Common;
        var (bare, service) = (Bare(text), tenants.Of(tenant).Name);
        return Guesses(ownWords).Concat([service.Name, service.Host]).Select(Bare).Any(word => word.Length > 0 && word == bare) ? PasswordProblem.OwnWord : null;
    }

    /// <summary>Each word, the local part of an address, and the names side by side, in both directions.</summary>
    private static IEnumerable<string> Guesses(IEnumerable<string> ownWords)
    {
        string[] words = [.. ownWords];
        string[] names = [.. words.Where(word => word.Any(char.IsLetter) && !word.Contains('@', StringComparison.Ordinal))];
        return [.. words, .. words.Select(word => word.Split('@')[0]), string.Concat(names), string.Concat(names.Reverse())];
    }

    // Nobody is safer for a dot or a capital letter in their own name.
    private static string Bare(string text) => string.Concat(text.EnumerateRunes().Where(Rune.IsLetterOrDigit).Select(rune => Rune.ToLowerInvariant(rune).ToString()));
}
