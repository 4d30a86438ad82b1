using System.Buffers.Text;
using System.Security.Cryptography;
using Auth.Domain;
using Marten;

namespace Auth.Host.Passkeys;

/// <summary>A passkey as the service knows it (WebAuthn's <i>credential record</i>). There is nothing secret in it; the name is the person's own.</summary>
/// <param name="Id">SHA-256 of the credential id: the primary key is the rule that nobody enrols it twice.</param>
/// <param name="Passkey">How it is called outside; events name it so.</param>
/// <param name="CredentialId">The authenticator's own name for it, base64url.</param>
/// <param name="PublicKey">COSE key, base64url.</param>
/// <param name="SignCount">Of the last accepted answer; 0 for ever where the authenticator does not count.</param>
/// <param name="VerifiesUser">It has checked who touches it when it was made. Where not, its later claims to do so are not believed (Level 3 §4, <i>uvInitialized</i>).</param>
/// <param name="Aaguid">The authenticator's make, as it says itself; nobody attests to it.</param>
/// <param name="SuspectedAt">When a rightly signed answer came with a counter that had not grown (R41).</param>
public sealed record PasskeyCredential(
    string Id, Guid UserId, Guid Passkey, string CredentialId, string PublicKey, long SignCount, IReadOnlyList<string> Transports,
    bool VerifiesUser, bool BackupEligible, bool BackedUp, Guid Aaguid, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt = null,
    DateTimeOffset? SuspectedAt = null, Sealed? Name = null)
{
    /// <summary>Revision of the row: of two answers with one counter, the second to be stored fails.</summary>
    public long Version { get; set; }

    /// <summary>The documents of the enrolled passkeys.</summary>
    public static void Register(StoreOptions options) =>
        options.Schema.For<PasskeyCredential>().UseNumericRevisions(true).Metadata(m => m.Revision.MapTo(x => x.Version))
            .Duplicate(x => x.UserId, notNull: true);

    /// <summary>The row's id.</summary>
    public static string IdOf(ReadOnlySpan<byte> credentialId) => Base64Url.EncodeToString(SHA256.HashData(credentialId));

    /// <summary>A credential id links a person's devices; a log does without.</summary>
    public override string ToString() => $"PasskeyCredential({Passkey})";
}
