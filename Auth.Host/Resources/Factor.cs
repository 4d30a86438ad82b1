using System.Text.Json.Serialization;
using Auth.Domain.SignIns;
using Auth.Host.Http;

namespace Auth.Host.Resources;

/// <summary>A way to prove it, as a sign-in or a step-up offers it. Only what its strategy has is there; the shape is closed.</summary>
public sealed record Factor(string Strategy)
{
    /// <summary>Where its code goes: masked, of a number at most the last two digits (R52).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SafeIdentifier { get; init; }

    /// <summary>The address a code is mailed to.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? EmailAddressId { get; init; }

    /// <summary>The number a code is texted to.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PhoneNumberId { get; init; }

    /// <summary>Whether it is the one to begin with.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Default { get; init; }

    /// <summary>A first factor. What was typed is named by the sign-in's own id, so that people and strangers are drawn alike (R51).</summary>
    public static Factor First(Strategy strategy, Guid signIn, string? typed) => strategy.Traits().To switch
    {
        IdentifierKind.EmailAddress => Of(strategy) with { EmailAddressId = new IdentifierId(signIn).ToString(), SafeIdentifier = MaskAddress(typed) },
        IdentifierKind.PhoneNumber  => Of(strategy) with { PhoneNumberId = new IdentifierId(signIn).ToString(), SafeIdentifier = MaskNumber(typed) },
        _                           => Of(strategy),
    };

    /// <summary>A number of theirs that codes are texted to.</summary>
    public static Factor Number(Guid id, string? number, bool isDefault) =>
        Of(Domain.SignIns.Strategy.PhoneCode) with { PhoneNumberId = new IdentifierId(id).ToString(), SafeIdentifier = MaskNumber(number), Default = isDefault };

    /// <summary>An address of theirs that codes are mailed to.</summary>
    public static Factor Address(Guid id, string? address) =>
        Of(Domain.SignIns.Strategy.EmailCode) with { EmailAddressId = new IdentifierId(id).ToString(), SafeIdentifier = MaskAddress(address) };

    /// <summary>One that nothing is sent for.</summary>
    public static Factor Of(Strategy strategy) => new(strategy.Traits().Name);

    /// <summary>Nothing but the plus and the last two digits (R52).</summary>
    public static string MaskNumber(string? number) => number is null ? "" : $"+{new string('*', number.Length - 3)}{number[^2..]}";

    /// <summary>The first letter and the domain.</summary>
    public static string MaskAddress(string? address) => address is null ? "" : $"{address[..1]}***{address[address.LastIndexOf('@')..]}";
}
