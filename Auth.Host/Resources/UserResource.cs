using Auth.Domain.Users;
using Auth.Host.Http;

namespace Auth.Host.Resources;

/// <summary>A person as they and the operator see them (Clerk's <c>User</c>, members that every version has).</summary>
public sealed record UserResource(
    string Id, string Object, string? Username, string? FirstName, string? LastName, string ImageUrl, bool HasImage,
    string? PrimaryEmailAddressId, string? PrimaryPhoneNumberId, string? PrimaryWeb3WalletId,
    bool PasswordEnabled, bool TwoFactorEnabled, bool TotpEnabled, bool BackupCodeEnabled,
    IReadOnlyList<EmailAddressResource> EmailAddresses, IReadOnlyList<PhoneNumberResource> PhoneNumbers,
    IReadOnlyList<object> Web3Wallets, IReadOnlyList<PasskeyResource> Passkeys, IReadOnlyList<object> ExternalAccounts, IReadOnlyList<object> SamlAccounts, IReadOnlyList<object> EnterpriseAccounts,
    IReadOnlyDictionary<string, object> PublicMetadata, IReadOnlyDictionary<string, object> UnsafeMetadata, string? ExternalId,
    long? LastSignInAt, bool Banned, bool Locked, long? LockoutExpiresInSeconds, int? VerificationAttemptsRemaining,
    long CreatedAt, long UpdatedAt, bool DeleteSelfEnabled, bool CreateOrganizationEnabled, long? LastActiveAt,
    long? MfaEnabledAt, long? MfaDisabledAt, long? LegalAcceptedAt)
{
    private static readonly IReadOnlyDictionary<string, object> Nothing = new Dictionary<string, object>();

    /// <summary>The resource; <paramref name="lastActiveAt"/> is their session's.</summary>
    public static UserResource Of(PersonView person, DateTimeOffset now, DateTimeOffset? lastSignInAt = null, DateTimeOffset? lastActiveAt = null)
    {
        var user = person.User;
        var locked = user.IsLocked(now);
        return new(
            new UserId(user.Id).ToString(), "user", null, person.Read(user.FirstName), person.Read(user.LastName), "", false,
            Name(user.EmailAddresses.Find(address => address.Verified)?.Id), Name(user.PhoneNumbers.Find(number => number.Verified)?.Id), null,
            user.HasPassword, user.HasSecondFactor, user.Totp is not null, user.HasBackupCodes,
            [.. user.EmailAddresses.Select(address => EmailAddressResource.Of(address, person))],
            [.. user.PhoneNumbers.Select(number => PhoneNumberResource.Of(number, person))],
            [], [.. user.Passkeys.Select(key => PasskeyResource.Of(key, person))], [], [], [], Nothing, Nothing, null,
            lastSignInAt?.ToUnixTimeMilliseconds(), user.Banned, locked,
            locked && user.LockedUntil is { } until ? (long)Math.Ceiling((until - now).TotalSeconds) : null, null,
            user.CreatedAt.ToUnixTimeMilliseconds(), user.UpdatedAt.ToUnixTimeMilliseconds(), false, false, lastActiveAt?.ToUnixTimeMilliseconds(),
            user.TwoFactorEnabledAt?.ToUnixTimeMilliseconds(), user.TwoFactorDisabledAt?.ToUnixTimeMilliseconds(), null);
    }

    /// <summary>As the Backend API has it.</summary>
    public UserResource ForOperator() => this with { Passkeys = [.. Passkeys.Select(key => key.ForOperator())] };

    private static string? Name(Guid? id) => id is { } value ? new IdentifierId(value).ToString() : null;
}

/// <summary>One email address of a person.</summary>
public sealed record EmailAddressResource(
    string Id, string Object, string EmailAddress, bool Reserved, VerificationResource Verification, IReadOnlyList<object> LinkedTo, long CreatedAt, long UpdatedAt)
{
    internal static EmailAddressResource Of(EmailAddress address, PersonView person) => new(
        new IdentifierId(address.Id).ToString(), "email_address", person.Read(address.Address) ?? "", false,
        VerificationResource.OfIdentifier(address.Verified, "email_code", address.AddedAt), [], address.AddedAt.ToUnixTimeMilliseconds(), address.AddedAt.ToUnixTimeMilliseconds());
}

/// <summary>One phone number of a person, and whether codes are texted to it.</summary>
public sealed record PhoneNumberResource(
    string Id, string Object, string PhoneNumber, bool Reserved, bool ReservedForSecondFactor, bool DefaultSecondFactor,
    VerificationResource Verification, IReadOnlyList<object> LinkedTo, long CreatedAt, long UpdatedAt)
{
    /// <summary>The resource.</summary>
    public static PhoneNumberResource Of(PhoneNumber number, PersonView person) => new(
        new IdentifierId(number.Id).ToString(), "phone_number", person.Read(number.Number) ?? "", false, number.Reserved, number.Default,
        VerificationResource.OfIdentifier(number.Verified, "phone_code", number.AddedAt), [], number.AddedAt.ToUnixTimeMilliseconds(), number.AddedAt.ToUnixTimeMilliseconds());
}
