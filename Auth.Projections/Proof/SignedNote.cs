using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace Auth.Projections.Proof;

/// <summary>A text and who signed it, in the signed-note format of C2SP: lines, a blank line, then a line per signature.</summary>
/// <param name="Text">Ends with a line break.</param>
public sealed record SignedNote(string Text, IReadOnlyList<NoteSignature> Signatures)
{
    private const string Mark = "— ";

    /// <summary>Reads one; null for anything else.</summary>
    public static SignedNote? Parse(string note)
    {
        var blank = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (blank < 0 || !note.EndsWith('\n') || note.Any(c => c < ' ' && c != '\n')) return null;
        var lines = note[(blank + 2)..].Split('\n')[..^1];
        var signatures = lines.Select(Signature).OfType<NoteSignature>().ToArray();
        return signatures.Length > 0 && signatures.Length == lines.Length ? new(note[..(blank + 1)], signatures) : null;
    }

    /// <summary>Reads a file to which notes were appended; null when anything in it is none.</summary>
    public static IReadOnlyList<SignedNote>? ParseAll(string file)
    {
        var (notes, from) = (new List<SignedNote>(), 0);
        while (from < file.Length)
        {
            var end = file.IndexOf("\n\n" + Mark, from, StringComparison.Ordinal);
            if (end < 0) return null;
            end += 2;
            while (end < file.Length && file.AsSpan(end).StartsWith(Mark)) end = file.IndexOf('\n', end) is >= 0 and var line ? line + 1 : file.Length;
            if (Parse(file[from..end]) is not { } note) return null;
            notes.Add(note);
            while (end < file.Length && file[end] == '\n') end++;
            from = end;
        }

        return notes;
    }

    /// <summary>Whether one of its signatures is by that key.</summary>
    public bool IsBy(NoteVerifier key) => Signatures.Any(signature => signature.Name == key.Name && signature.Key == key.Id && key.Signed(Text, signature.Bytes));

    /// <summary>As it is handed on.</summary>
    public override string ToString() => $"{Text}\n{string.Concat(Signatures.Select(signature => $"{Mark}{signature}\n"))}";

    private static NoteSignature? Signature(string line)
    {
        var bytes = new byte[line.Length];
        return line.StartsWith(Mark, StringComparison.Ordinal) && line[Mark.Length..].Split(' ') is [{ Length: > 0 } name, var base64]
            && Convert.TryFromBase64String(base64, bytes, out var length) && length > sizeof(uint)
            ? new(name, BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes[sizeof(uint)..length]) : null;
    }
}

/// <summary>One signature line.</summary>
/// <param name="Key">The first bytes of a hash of the key: which one to try.</param>
public sealed record NoteSignature(string Name, uint Key, byte[] Bytes)
{
    /// <summary>As it stands in the line.</summary>
    public override string ToString()
    {
        var all = new byte[sizeof(uint) + Bytes.Length];
        BinaryPrimitives.WriteUInt32BigEndian(all, Key);
        Bytes.CopyTo(all, sizeof(uint));
        return $"{Name} {Convert.ToBase64String(all)}";
    }
}

/// <summary>The public half of an Ed25519 key under a name: <c>name+id+key</c>.</summary>
public sealed record NoteVerifier(string Name, byte[] PublicKey)
{
    internal const byte Ed25519 = 1;

    /// <summary>Which key it is, among those of that name.</summary>
    public uint Id { get; } = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData([.. Encoding.UTF8.GetBytes(Name), (byte)'\n', Ed25519, .. PublicKey]));

    /// <summary>Reads one; null for anything else.</summary>
    public static NoteVerifier? Parse(string key)
    {
        var bytes = new byte[key.Length];
        return key.Split('+', 3) is [{ Length: > 0 } name, var id, var base64] && Convert.TryFromBase64String(base64, bytes, out var length) && length == 33 && bytes[0] == Ed25519
            && new NoteVerifier(name, bytes[1..length]) is var verifier && id == verifier.Id.ToString("x8", CultureInfo.InvariantCulture) ? verifier : null;
    }

    internal bool Signed(string text, byte[] signature) =>
        NSec.Cryptography.PublicKey.TryImport(SignatureAlgorithm.Ed25519, PublicKey, KeyBlobFormat.RawPublicKey, out var key) && SignatureAlgorithm.Ed25519.Verify(key!, Encoding.UTF8.GetBytes(text), signature);

    /// <summary>As it is handed to whoever checks.</summary>
    public override string ToString() => $"{Name}+{Id:x8}+{Convert.ToBase64String([Ed25519, .. PublicKey])}";
}

/// <summary>Signs notes. It never shows its secret half.</summary>
public sealed class NoteSigner(string name, byte[] seed)
{
    /// <summary>The other half.</summary>
    public NoteVerifier Verifier { get; } = new(name, Open(seed).PublicKey.Export(KeyBlobFormat.RawPublicKey));

    /// <summary>The text with its signature.</summary>
    public SignedNote Sign(string text)
    {
        using var key = Open(seed);
        return new(text, [new(Verifier.Name, Verifier.Id, SignatureAlgorithm.Ed25519.Sign(key, Encoding.UTF8.GetBytes(text)))]);
    }

    /// <summary>Only whose.</summary>
    public override string ToString() => $"NoteSigner({Verifier.Name})";

    private static Key Open(byte[] seed) => Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey);
}

/// <summary>The keys of one history: the one in use, and all that were.</summary>
public sealed record NoteKeys(NoteSigner Signer, IReadOnlyList<NoteVerifier> All)
{
    /// <summary>Which history.</summary>
    public string Origin => Signer.Verifier.Name;

    /// <summary>Whether one of them signed that.</summary>
    public bool Vouch(SignedNote note) => All.Any(note.IsBy);
}
