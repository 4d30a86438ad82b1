using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;

namespace Auth.Host.Passwords.Imports;

/// <summary>How another system hashed its passwords: the function and its dials, without salt and hash. Each says itself as a stored string does.</summary>
public abstract partial record ImportedFunction
{
    /// <summary>Its name and dials, such as <c>bcrypt,c=12</c>.</summary>
    public abstract string Setting { get; }

    /// <summary>About how many microseconds it takes; only good for putting them in an order.</summary>
    internal abstract double Weight { get; }

    /// <summary>Whether we are willing to compute it at every sign-in of this person: a dial too high would be a way to keep the service busy (R48).</summary>
    internal abstract bool IsBearable { get; }

    /// <summary>The function.</summary>
    internal abstract byte[] Compute(byte[] password, byte[] salt);

    /// <summary>What a stored string says; another one is a broken row.</summary>
    public static ImportedFunction Parse(string setting)
    {
        var match = Shape().Match(setting);
        if (!match.Success) throw new FormatException("A stored password hash names a function that this service does not know.");
        int[] dials = [.. match.Groups["n"].Captures.Select(n => int.Parse(n.ValueSpan, CultureInfo.InvariantCulture))];
        return (match.Groups["name"].Value, dials) switch
        {
            ("bcrypt",        [var c])                          => new Bcrypt(c, OverSha256: false),
            ("bcrypt_sha256", [var c])                          => new Bcrypt(c, OverSha256: true),
            ("argon2i",       [var m, var t, var p, var l])     => new Argon2(Independent: true, m, t, p, l),
            ("argon2id",      [var m, var t, var p, var l])     => new Argon2(Independent: false, m, t, p, l),
            ("pbkdf2_sha1",   [var i, var l])                   => new Pbkdf2(HashAlgorithmName.SHA1, i, l),
            ("pbkdf2_sha256", [var i, var l])                   => new Pbkdf2(HashAlgorithmName.SHA256, i, l),
            ("pbkdf2_sha512", [var i, var l])                   => new Pbkdf2(HashAlgorithmName.SHA512, i, l),
            ("md5",           [])                               => new Unsalted(HashAlgorithmName.MD5),
            ("sha256",        [])                               => new Unsalted(HashAlgorithmName.SHA256),
            _ => throw new FormatException("A stored password hash names a function that this service does not know."),
        };
    }

    [GeneratedRegex(@"^(?<name>[a-z0-9_]+)(,[a-z]=(?<n>[0-9]{1,9}))*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}

/// <summary>bcrypt; with <paramref name="OverSha256"/> over the hex digits of SHA-256, as Django does so that 72 bytes are enough.</summary>
public sealed record Bcrypt(int Cost, bool OverSha256) : ImportedFunction
{
    private const int MostBytes = 72, HashLength = 23;

    /// <inheritdoc/>
    public override string Setting => string.Create(CultureInfo.InvariantCulture, $"{(OverSha256 ? "bcrypt_sha256" : "bcrypt")},c={Cost}");

    internal override double Weight => 48 * Math.Pow(2, Cost);

    internal override bool IsBearable => Cost is >= 4 and <= 14;

    internal override byte[] Compute(byte[] password, byte[] salt)
    {
        var bytes = OverSha256 ? System.Text.Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(password))) : password;
        // A text of C ends with a NUL, what is past byte 72 never mattered, and the 24th byte is in no digest.
        return BCrypt.Generate([.. bytes.Append((byte)0).Take(MostBytes)], salt, Cost, addTerminator: false)[..HashLength];
    }
}

/// <summary>Argon2 version 1.3, <c>i</c> or <c>id</c>, with any number of lanes.</summary>
public sealed record Argon2(bool Independent, int MemoryKiB, int Passes, int Lanes, int Length) : ImportedFunction
{
    /// <inheritdoc/>
    public override string Setting => string.Create(CultureInfo.InvariantCulture, $"{(Independent ? "argon2i" : "argon2id")},m={MemoryKiB},t={Passes},p={Lanes},l={Length}");

    internal override double Weight => 1.2 * MemoryKiB * Passes;

    internal override bool IsBearable =>
        Lanes is >= 1 and <= 16 && Passes is >= 1 and <= 64 && MemoryKiB >= 8 * Lanes && MemoryKiB <= 128 * 1024 && (long)MemoryKiB * Passes <= 512 * 1024;

    internal override byte[] Compute(byte[] password, byte[] salt)
    {
        var argon = new Argon2BytesGenerator();
        argon.Init(new Argon2Parameters.Builder(Independent ? Argon2Parameters.Argon2i : Argon2Parameters.Argon2id)
            .WithVersion(Argon2Parameters.Version13).WithMemoryAsKB(MemoryKiB).WithIterations(Passes).WithParallelism(Lanes).WithSalt(salt).Build());
        var hash = new byte[Length];
        argon.GenerateBytes(password, hash);
        return hash;
    }
}

/// <summary>PBKDF2 with HMAC.</summary>
public sealed record Pbkdf2(HashAlgorithmName Prf, int Iterations, int Length) : ImportedFunction
{
    /// <inheritdoc/>
    public override string Setting => string.Create(CultureInfo.InvariantCulture, $"pbkdf2_{Prf.Name!.ToLowerInvariant()},i={Iterations},l={Length}");

    internal override double Weight => (Prf == HashAlgorithmName.SHA512 ? 0.35 : 0.18) * Iterations;

    internal override bool IsBearable => Iterations is >= 1 and <= 2_000_000;

    internal override byte[] Compute(byte[] password, byte[] salt) => Rfc2898DeriveBytes.Pbkdf2(password, salt, Iterations, Prf, Length);
}

/// <summary>One bare hash over the password. Nobody should have stored this, and many have.</summary>
public sealed record Unsalted(HashAlgorithmName Hash) : ImportedFunction
{
    /// <inheritdoc/>
    public override string Setting => Hash.Name!.ToLowerInvariant();

    internal override double Weight => 1;

    internal override bool IsBearable => true;

    internal override byte[] Compute(byte[] password, byte[] salt) => CryptographicOperations.HashData(Hash, password);
}
