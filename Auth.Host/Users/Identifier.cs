using Auth.Domain.SignIns;
using Auth.Host.Keys;
using Auth.Host.Passwords;
using Microsoft.IdentityModel.Tokens;

namespace Auth.Host.Users;

/// <summary>Leads from an identifier to its person without telling it: the row's id is kind and HMAC of the canonical form, so the primary key is the uniqueness rule.</summary>
/// <param name="IdentifierId">The id it has inside the person's account (<c>idn_…</c>).</param>
public sealed record Identifier(string Id, Guid UserId, Guid IdentifierId)
{
    /// <summary>The row's id for a canonical identifier.</summary>
    public static string IdOf(InstanceKeys keys, IdentifierKind kind, string canonical) => $"{kind}:{Base64UrlEncoder.Encode(keys.Index.Mac("identifier", kind.ToString(), canonical))}";
}

/// <summary>A person's password as an Argon2id PHC string, peppered (R46).</summary>
public sealed record PasswordCredential(Guid Id, string Phc)
{
    /// <summary>How another system hashed what is inside; null once they signed in here.</summary>
    public string? Imported => StoredHash.SettingOf(Phc);

    /// <summary>A hash is not printed either.</summary>
    public override string ToString() => $"PasswordCredential({Id})";
}
