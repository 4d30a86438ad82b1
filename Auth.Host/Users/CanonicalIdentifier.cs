using System.Globalization;
using Auth.Domain.SignIns;
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

    /// <summary>E.164, from an international spelling that begins with a plus.</summary>
    public static CanonicalIdentifier? OfPhoneNumber(string typed)
    {
        try
        {
            var numbers = PhoneNumberUtil.GetInstance();
            if (typed.Length > 40 || !typed.AsSpan().TrimStart().StartsWith("+")) return null;
            var parsed = numbers.Parse(typed, null);
            return numbers.IsValidNumber(parsed) ? new(IdentifierKind.PhoneNumber, numbers.Format(parsed, PhoneNumberFormat.E164)) : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    private static bool IsAtom(char c) => char.IsAsciiLetterOrDigit(c) || ".!#$%&'*+-/=?^_`{|}~".Contains(c, StringComparison.Ordinal);

    private static string? AsciiDomain(string domain)
    {
        try
        {
            return domain.Length is 0 or > 253 || domain[^1] == '.' ? null : Idn.GetAscii(domain).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Only its kind.</summary>
    public override string ToString() => $"CanonicalIdentifier({Kind})";
}
