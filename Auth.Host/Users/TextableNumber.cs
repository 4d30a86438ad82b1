using PhoneNumbers;

namespace Auth.Host.Users;

/// <summary>Which numbers can be texted at all: those that may be a mobile's, of a country (R57, NIST SP 800-63B §3.1.3.3). Which countries are open is the operator's to say.</summary>
public static class TextableNumber
{
    private const string OfNoCountry = "001";   // satellites, ships, and services that charge all over the world
    private const int BlockDigits = 4;

    private static readonly PhoneNumberUtil Numbers = PhoneNumberUtil.GetInstance();

    /// <summary>Neither premium, shared-cost, VoIP, personal, company-wide, pager, voice mail, nor of no country. Where the plan does not tell lines from mobiles, it may be one.</summary>
    public static bool IsMobile(PhoneNumber number) =>
        Numbers.GetNumberType(number) is PhoneNumberType.MOBILE or PhoneNumberType.FIXED_LINE_OR_MOBILE && Numbers.GetRegionCodeForNumber(number) is not (null or OfNoCountry);

    /// <summary>The country of a canonical number, two capital letters (ISO 3166).</summary>
    public static string? CountryOf(string e164) => Numbers.GetRegionCodeForNumber(Numbers.Parse(e164, null)) is { Length: 2 } country ? country : null;

    /// <summary>What its country is called from abroad.</summary>
    public static int CallingCodeOf(string e164) => Numbers.Parse(e164, null).CountryCode;

    /// <summary>The ten thousand numbers it is among: whoever earns on texts rents them by the block.</summary>
    public static string BlockOf(string e164) => e164[..^BlockDigits];
}
