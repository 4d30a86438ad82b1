using System.Globalization;
using Auth.Domain.SignIns;
using Auth.Host.Passwords;
using PhoneNumbers;

namespace Auth.Host.Users;

/// <summary>An identifier in the one form that is compared, stored and written to, never the spelling that was typed (R79).</summary>
public sealed record CanonicalIdentifier(IdentifierKind Kind, string Value)
{
    private const int LongestEmailAddress = 254, LongestLocalPart = 64;
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    /// <summary>Whatever a person types to sign in: what holds an @ is an email address, the rest a phone number; null when it is neither.</summary>
    public static CanonicalIdentifier? Of(string typed) => typed.Contains('@', StringComparison.Ordinal) ? OfEmailAddress(typed) : OfPhoneNumber(typed);

    /// <summary>Local part in ASCII and lower case, domain in its A-label form; anything else is refused before any normalising.</summary>
    public static CanonicalIdentifier? OfEmailAddress(string typed)
    {
        var at = typed.LastIndexOf('@');
        var (local, domain) = at < 0 ? ("", "") : (typed[..at], typed[(at + 1)..]);
        if (local.Length is 0 or > LongestLocalPart || !local.All(IsAtom) || local[0] == '.' || local[^1] == '.' || local.Contains("..", StringComparison.Ordinal)) return null;
        if (AsciiDomain(domain) is not { } ascii || !ascii.Contains('.', StringComparison.Ordinal)) return null;
        var value = $"{local.ToLowerInvariant()}@{ascii}";
        return value.Length <= LongestEmailAddress ? new(IdentifierKind.EmailAddress, value) : null;
    }

    /// <summary>E.164, from an international spelling that begins with a plus. A number that no mobile can have is none (R57).</summary>
    public static CanonicalIdentifier? OfPhoneNumber(string typed)
    {
        try
        {
            var numbers = PhoneNumberUtil.GetInstance();
            if (typed.Length > 40 || !typed.AsSpan().TrimStart().StartsWith("+")) return null;
            var parsed = numbers.Parse(typed, null);
            return numbers.IsValidNumber(parsed) && TextableNumber.IsMobile(parsed) ? new(IdentifierKind.PhoneNumber, numbers.Format(parsed, PhoneNumberFormat.E164)) : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    private static bool IsAtom(char c) => char.IsAsciiLetterOrDigit(c) || ".!#$%&'*+-/=?^_`{|}~".Contains(c, StringComparison.Ordinal);

    // The runtime's mapping folds no case and composes nothing here (it has no culture's tables), so both are done before it.
    private static string? AsciiDomain(string domain)
    {
        try
        {
            return domain.Length is not (0 or > 253) && domain[^1] != '.' && Nfc.Of(domain.ToLowerInvariant()) is { } folded && folded.All(IsOfADomain)
                ? Idn.GetAscii(folded) : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // Letters, digits and their marks; none that only looks like another one (full width, presentation forms). Whoever needs more types the A-label.
    private static bool IsOfADomain(char c) => char.IsAscii(c)
        ? char.IsAsciiLetterOrDigit(c) || c is '.' or '-'
        : c < '\uF900' && char.GetUnicodeCategory(c) is UnicodeCategory.LowercaseLetter or UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter
            or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber;

    /// <summary>Only its kind.</summary>
    public override string ToString() => $"CanonicalIdentifier({Kind})";
}
