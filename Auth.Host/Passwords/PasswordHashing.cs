using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using Auth.Host.Keys;
using Auth.Host.Passwords.Imports;
using Microsoft.Extensions.Options;
using NSec.Cryptography;
using Key = Auth.Host.Keys.Key;

namespace Auth.Host.Passwords;

/// <summary>Argon2id, then HMAC under the instance's pepper: a stolen table of hashes cannot be guessed at without the key (R44, R46 to R48).</summary>
public sealed class PasswordHashing(IKeyring keyring, HashingQueue queue, IOptions<PasswordOptions> options, IMeterFactory meters, ImportedWork imported)
{
    /// <summary>What to tell a caller who was turned away.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    private static readonly byte[] NoSalt = new byte[StoredHash.SaltLength];

    private readonly HashCost _cost = options.Value.Cost;
    private readonly Counter<long> _hashes = Meter(meters).CreateCounter<long>("auth.password.hashes", description: "Password hashes computed.");
    private readonly Counter<long> _refused = Meter(meters).CreateCounter<long>("auth.password.busy", description: "Password hashes refused because too many were waiting.");

    /// <summary>The string to store for a new password, or null when too many are waiting.</summary>
    public async Task<string?> Hash(string tenant, Password password, CancellationToken ct = default)
    {
        var pepper = (await keyring.Of(tenant, ct)).Pepper;
        var salt = RandomNumberGenerator.GetBytes(StoredHash.SaltLength);
        return await Compute(() => password.Bytes, _cost, pepper, salt, ct) is { } hash ? new StoredHash(_cost, pepper.Id, salt, hash).Phc : null;
    }

    /// <summary>The string to store for a hash that another system made: ours over it, so that a stolen table of these is worth no more than one of our own (R46). Null when too many are waiting.</summary>
    public async Task<string?> Wrap(string tenant, ImportedDigest digest, CancellationToken ct = default)
    {
        var pepper = (await keyring.Of(tenant, ct)).Pepper;
        var salt = RandomNumberGenerator.GetBytes(StoredHash.SaltLength);
        imported.Comes(tenant, digest.Function);
        return await Compute(() => digest.Hash, _cost, pepper, salt, ct) is { } hash ? new StoredHash(_cost, pepper.Id, salt, hash, new(digest.Function, digest.Salt)).Phc : null;
    }

    /// <summary>Compares a password with a stored string; <paramref name="phc"/> is null where there is none, and that costs the same.</summary>
    public async Task<PasswordCheck> Verify(string tenant, Password password, string? phc, CancellationToken ct = default)
    {
        var keys = await keyring.Of(tenant, ct);
        var stored = phc is null ? Nobody(keys.Pepper) : StoredHash.Parse(phc);
        if (!keys.Peppers.ContainsKey(stored.Pepper)) keys = await keyring.Of(tenant, stored.Pepper, ct);
        if (!keys.Peppers.TryGetValue(stored.Pepper, out var pepper)) throw new InvalidOperationException($"The pepper {stored.Pepper} of a stored password hash is missing.");

        if (await Compute(() => Inner(tenant, password, stored.Imported), stored.Cost, pepper, stored.Salt, ct) is not { } hash) return new(PasswordVerdict.Busy);
        return CryptographicOperations.FixedTimeEquals(hash, stored.Hash) & phc is not null
            ? new(PasswordVerdict.Right, NeedsRehash: stored.Imported is not null || stored.Cost != _cost || stored.Pepper != keys.Pepper.Id)
            : new(PasswordVerdict.Wrong);
    }

    /// <summary>The bare function, with the bytes of RFC 9106 version 1.3.</summary>
    public static byte[] Argon2id(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, HashCost cost) =>
        new Argon2id(new Argon2Parameters { DegreeOfParallelism = 1, MemorySize = cost.MemoryKiB, NumberOfPasses = cost.Passes })
            .DeriveBytes(password, salt, StoredHash.HashLength);

    /// <summary>
    /// What our own hash is over. As long as anybody's is over an imported one, everybody's guess computes every imported function once, with their own
    /// salt or for nothing: or the time would tell who moved in and has not signed in yet (R47, R51).
    /// </summary>
    private byte[] Inner(string tenant, Password password, Imported? own)
    {
        foreach (var function in imported.Of(tenant))
            if (function != own?.Function) function.Compute(password.Typed, NoSalt);
        return own is null ? password.Bytes : own.Function.Compute(password.Typed, own.Salt);
    }

    private async Task<byte[]?> Compute(Func<byte[]> inner, HashCost cost, Key pepper, byte[] salt, CancellationToken ct)
    {
        var hash = await queue.Run(() => pepper.Mac(Argon2id(inner(), salt, cost)), ct);
        (hash is null ? _refused : _hashes).Add(1);
        return hash;
    }

    // A stranger's hash: today's cost, a fixed salt, and no password fits it.
    private StoredHash Nobody(Key pepper) => new(_cost, pepper.Id, new byte[StoredHash.SaltLength], new byte[StoredHash.HashLength]);

    // One meter of that name is shared by all who ask this factory.
    private static Meter Meter(IMeterFactory meters) => meters.Create("Auth");
}
