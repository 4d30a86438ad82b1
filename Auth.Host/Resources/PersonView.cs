using Auth.Domain;
using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Host.Http;
using Auth.Host.Keys;

namespace Auth.Host.Resources;

/// <summary>A person and the key that reads them: what every answer about a person is drawn from. Never logged, never stored.</summary>
public sealed record PersonView(User User, Key Key)
{
    /// <summary>A readable value, or null where there is none.</summary>
    public string? Read(Sealed? value) => value is null ? null : Key.Open(value);

    /// <summary>What somebody sees of themselves after the first factor.</summary>
    public UserData UserData() => new(Read(User.FirstName), Read(User.LastName), "", false);

    /// <summary>The numbers that codes can be texted to, default first.</summary>
    public IReadOnlyList<SecondFactor> SecondFactors() =>
        [.. User.SecondFactors().Select(number => new SecondFactor(
            Strategy.PhoneCode.Traits().Name, new IdentifierId(number.Id).ToString(), Mask(Read(number.Number)), number.Default))];

    /// <summary>The name to show: the first verified email address, else the first verified number.</summary>
    public string Identifier() =>
        Read(User.EmailAddresses.Find(address => address.Verified)?.Address ?? User.PhoneNumbers.Find(number => number.Verified)?.Number) ?? "";

    /// <summary>Nothing but the plus and the last two digits (R52).</summary>
    public static string Mask(string? number) => number is null ? "" : $"+{new string('*', number.Length - 3)}{number[^2..]}";

    /// <summary>Who it is, and nothing that belongs to them.</summary>
    public override string ToString() => $"PersonView({User.Id})";
}
