using System.Buffers.Binary;
using System.Buffers.Text;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Auth.Host.Passkeys;

namespace Auth.Specs.Passkeys;

/// <summary>A passkey in software, with the browser around it. It tells the truth unless it is asked for one <see cref="Lie"/>; what it signs, it signs rightly over the lie.</summary>
public sealed class SoftwareAuthenticator : IDisposable
{
    private readonly AsymmetricAlgorithm _key;
    private readonly int _algorithm;

    private SoftwareAuthenticator(AsymmetricAlgorithm key, int algorithm) => (_key, _algorithm) = (key, algorithm);

    public byte[] CredentialId { get; init; } = RandomNumberGenerator.GetBytes(32);

    public static SoftwareAuthenticator Es256() => On(ECCurve.NamedCurves.nistP256);

    public static SoftwareAuthenticator On(ECCurve curve) => new(ECDsa.Create(curve), CoseKey.Es256);

    public static SoftwareAuthenticator Rs256() => new(RSA.Create(2048), CoseKey.Rs256);

    public static SoftwareAuthenticator Of(int algorithm) => algorithm == CoseKey.Rs256 ? Rs256() : Es256();

    /// <summary>What <c>create</c> gives to the page.</summary>
    public string Create(Ceremony ceremony, Lie? lie = null)
    {
        lie ??= new();
        var clientData = ClientData(ceremony, "webauthn.create", lie);
        var data = lie.AuthenticatorData ?? [.. Header(ceremony, lie, AuthenticatorFlags.Attested), .. lie.NoCredential ? [] : Attested(lie), .. lie.Leftover];
        return Written(lie, new JsonObject
        {
            ["clientDataJSON"] = Base64Url.EncodeToString(clientData),
            ["attestationObject"] = Base64Url.EncodeToString(lie.Attestation ?? Attestation(data, lie)),
            ["transports"] = new JsonArray("internal", "hybrid"),
        });
    }

    /// <summary>What <c>get</c> gives to the page.</summary>
    public string Get(Ceremony ceremony, Guid user, Lie? lie = null)
    {
        lie ??= new();
        var clientData = ClientData(ceremony, "webauthn.get", lie);
        byte[] data = lie.AuthenticatorData ?? [.. Header(ceremony, lie, AuthenticatorFlags.None), .. lie.Leftover];
        var signature = Sign([.. data, .. SHA256.HashData(clientData)]);
        if (lie.SpoilsSignature) signature[^1] ^= 1;
        return Written(lie, new JsonObject
        {
            ["clientDataJSON"] = Base64Url.EncodeToString(clientData),
            ["authenticatorData"] = Base64Url.EncodeToString(data),
            ["signature"] = Base64Url.EncodeToString(lie.Signature ?? signature),
            ["userHandle"] = lie.NoUserHandle ? null : Base64Url.EncodeToString(PasskeyOptions.HandleOf(lie.User ?? user)),
        });
    }

    /// <summary>Its public key, as COSE.</summary>
    public byte[] PublicKey(Lie lie) => CoseWriting.Of(_key, _algorithm, lie);

    /// <inheritdoc />
    public void Dispose() => _key.Dispose();

    private static byte[] ClientData(Ceremony ceremony, string type, Lie lie)
    {
        if (lie.ClientData is { } text) return Encoding.UTF8.GetBytes(text);
        var said = new JsonObject
        {
            ["type"] = lie.Type ?? type,
            ["challenge"] = Base64Url.EncodeToString(lie.Challenge ?? ceremony.Challenge),
            ["origin"] = lie.Origin ?? Passkey.Page,
            ["crossOrigin"] = lie.CrossOrigin,
        };
        if (lie.TopOrigin is { } top) said["topOrigin"] = top;
        if (lie.TokenBinding) said["tokenBinding"] = new JsonObject { ["status"] = "present", ["id"] = "AAAA" };
        return Encoding.UTF8.GetBytes(said.ToJsonString());
    }

    private static byte[] Header(Ceremony ceremony, Lie lie, AuthenticatorFlags more)
    {
        var header = new byte[37];
        SHA256.HashData(Encoding.UTF8.GetBytes(lie.Party ?? ceremony.Party.Id)).CopyTo(header, 0);
        header[32] = (byte)((lie.Flags ?? Lie.Honest) | (lie.NoCredential ? AuthenticatorFlags.None : more));
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(33), lie.SignCount);
        return header;
    }

    private byte[] Attested(Lie lie)
    {
        var id = lie.InnerId ?? CredentialId;
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)id.Length);
        return [.. Passkey.Make.ToByteArray(bigEndian: true), .. length, .. id, .. PublicKey(lie)];
    }

    private static byte[] Attestation(byte[] data, Lie lie)
    {
        var writer = new CborWriter(CborConformanceMode.Ctap2Canonical);
        writer.WriteStartMap(3);
        writer.WriteTextString("fmt");
        writer.WriteTextString(lie.Format ?? "none");
        writer.WriteTextString("attStmt");
        writer.WriteStartMap(lie.Statement ? 1 : 0);
        if (lie.Statement)
        {
            writer.WriteTextString("alg");
            writer.WriteInt32(CoseKey.Es256);
        }

        writer.WriteEndMap();
        writer.WriteTextString("authData");
        writer.WriteByteString(data);
        writer.WriteEndMap();
        return writer.Encode();
    }

    private string Written(Lie lie, JsonObject response) => new JsonObject
    {
        ["id"] = lie.Id ?? Base64Url.EncodeToString(CredentialId),
        ["rawId"] = lie.RawId ?? lie.Id ?? Base64Url.EncodeToString(CredentialId),
        ["type"] = lie.Kind ?? "public-key",
        ["authenticatorAttachment"] = "platform",
        ["response"] = response,
    }.ToJsonString();

    private byte[] Sign(byte[] what) => _key is ECDsa elliptic
        ? elliptic.SignData(what, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)
        : ((RSA)_key).SignData(what, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
}
