using System.Text.Json.Serialization;
using Auth.Domain.Passkeys;
using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Host.Http;

namespace Auth.Host.Resources;

/// <summary>A passkey of a person (Clerk's <c>Passkey</c>).</summary>
/// <param name="LastUsedAt">When it was right last, milliseconds since 1970; null before that, and where only the account was read.</param>
/// <param name="CreatedAt">When it was made; the Backend API has no such member.</param>
/// <param name="UpdatedAt">Likewise.</param>
public sealed record PasskeyResource(
    string Id, string Object, string Name, VerificationResource Verification, long? LastUsedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? CreatedAt, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? UpdatedAt)
{
    /// <summary>As the Backend API has it: there a passkey was used at least when it was made.</summary>
    public PasskeyResource ForOperator() => this with { LastUsedAt = LastUsedAt ?? CreatedAt, CreatedAt = null, UpdatedAt = null };

    /// <summary>One that is to be made: its options are in the verification.</summary>
    public static PasskeyResource Asked(Guid id, string name, string options, PasskeyChallenge challenge, DateTimeOffset now) => new(
        new PasskeyId(id).ToString(), "passkey", name, VerificationResource.OfPasskey("unverified", null, challenge.ExpiresAt, options), null, now.ToUnixTimeMilliseconds(), now.ToUnixTimeMilliseconds());

    /// <summary>One of theirs.</summary>
    public static PasskeyResource Of(Guid id, PersonView person) => Of(person.User.Passkeys.Find(key => key.Id == id)!, person);

    /// <summary>One of theirs.</summary>
    public static PasskeyResource Of(EnrolledPasskey key, PersonView person) => new(
        new PasskeyId(key.Id).ToString(), "passkey", person.Read(key.Name) ?? "", VerificationResource.OfPasskey("verified", null, key.AddedAt, null),
        person.PasskeysUsed.GetValueOrDefault(key.Id)?.ToUnixTimeMilliseconds(), key.AddedAt.ToUnixTimeMilliseconds(), key.AddedAt.ToUnixTimeMilliseconds());
}
