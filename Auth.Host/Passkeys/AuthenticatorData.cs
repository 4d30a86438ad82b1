using System.Buffers.Binary;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text;

namespace Auth.Host.Passkeys;

/// <summary>What the authenticator says and signs (Level 3 §6.1).</summary>
public sealed record AuthenticatorData(byte[] PartyHash, AuthenticatorFlags Flags, uint SignCount, AttestedCredential? Attested)
{
    private const int Header = 37;

    /// <summary>Whether it checked who touched it.</summary>
    public bool UserVerified => Flags.HasFlag(AuthenticatorFlags.UserVerified);

    /// <summary>Whether its key can be copied to other devices of the person.</summary>
    public bool BackupEligible => Flags.HasFlag(AuthenticatorFlags.BackupEligible);

    /// <summary>Whether its key is copied somewhere.</summary>
    public bool BackedUp => Flags.HasFlag(AuthenticatorFlags.BackedUp);

    /// <summary>Reads all of it; null for anything else, and for a byte too many.</summary>
    public static AuthenticatorData? Read(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < Header) return null;
        var flags = (AuthenticatorFlags)bytes.Span[32];
        var (attested, rest) = ((AttestedCredential?)null, bytes[Header..]);
        if (flags.HasFlag(AuthenticatorFlags.Attested))
        {
            attested = AttestedCredential.Read(ref rest);
            if (attested is null) return null;
        }

        if (flags.HasFlag(AuthenticatorFlags.Extensions))
        {
            var extensions = Cbor.Read(rest, reader =>
            {
                if (reader.PeekState() != CborReaderState.StartMap) throw new CborContentException("Extensions are a map.");
                reader.SkipValue();
                return rest[^reader.BytesRemaining..];
            });
            if (extensions is not { } after) return null;
            rest = after;
        }

        return rest.IsEmpty ? new(bytes[..32].ToArray(), flags, BinaryPrimitives.ReadUInt32BigEndian(bytes.Span[33..]), attested) : null;
    }

    /// <summary>The first of its claims that is not as it must be; the checks of both ceremonies.</summary>
    public PasskeyFlaw? Flaw(Ceremony ceremony) =>
        !PartyHash.AsSpan().SequenceEqual(SHA256.HashData(Encoding.UTF8.GetBytes(ceremony.Party.Id))) ? PasskeyFlaw.RelyingParty
        : !Flags.HasFlag(AuthenticatorFlags.UserPresent) ? PasskeyFlaw.UserNotPresent
        : ceremony.VerifiesUser && !UserVerified ? PasskeyFlaw.UserNotVerified
        : BackedUp && !BackupEligible ? PasskeyFlaw.BackupState
        : null;
}

/// <summary>The eight bits of §6.1; the two without a name are reserved and not looked at.</summary>
[Flags]
public enum AuthenticatorFlags : byte
{
    None = 0,
    UserPresent = 0x01,
    UserVerified = 0x04,
    BackupEligible = 0x08,
    BackedUp = 0x10,
    Attested = 0x40,
    Extensions = 0x80,
}

/// <summary>A new credential inside authenticator data (§6.5.1).</summary>
public sealed record AttestedCredential(Guid Aaguid, byte[] Id, CoseKey Key)
{
    /// <summary>Reads it and moves <paramref name="bytes"/> behind it; null for anything else.</summary>
    public static AttestedCredential? Read(ref ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < 18) return null;
        var (aaguid, length, rest) = (new Guid(bytes.Span[..16], bigEndian: true), BinaryPrimitives.ReadUInt16BigEndian(bytes.Span[16..]), bytes[18..]);
        if (rest.Length < length) return null;
        var (id, key) = (rest[..length].ToArray(), rest[length..]);
        var read = Cbor.Read(key, reader => (Key: CoseKey.Read(reader), Left: reader.BytesRemaining));
        if (read is not { } found) return null;
        bytes = key[^found.Left..];
        return new(aaguid, id, found.Key);
    }
}
