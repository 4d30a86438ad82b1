#:property PublishAot=false

// Checks the evidence that `audit prove` wrote, with nothing of Auth and no package: dotnet run verify.cs bundle.json [checkpoints of a witness]
// README.md beside it tells what is in the file and how to write another such program. Ends with 0 when all of it holds, 1 when not, 2 when it was not asked right.
using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

if (args.Length is not (1 or 2) || args.Any(file => !File.Exists(file))) return Tell(2, "dotnet run verify.cs bundle.json [checkpoints of a witness]");
try
{
    return Check(File.ReadAllBytes(args[0]), args.Length == 2 ? File.ReadAllText(args[1]) : null);
}
catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or ArgumentException or KeyNotFoundException or InvalidDataException or OverflowException)
{
    return Tell(1, $"FALSE: {(e is InvalidDataException ? e.Message : $"not such a file ({e.GetType().Name})")}");
}

static int Check(byte[] file, string? witness)
{
    // The file is its own canonical spelling, so nothing in it can be written in two ways.
    using var parsed = JsonDocument.Parse(file.AsMemory(0, file.Length - (file[^1] == '\n' ? 1 : 0)), new JsonDocumentOptions { AllowDuplicateProperties = false });
    var bundle = parsed.RootElement;
    Demand(Canonical(bundle).AsSpan().SequenceEqual(file.AsSpan(0, file.Length - (file[^1] == '\n' ? 1 : 0))), "the file is not in its canonical spelling");
    Demand(Text(bundle, "format") == "auth-evidence/1", "the format is not one that this program knows");
    var rest = JsonNode.Parse(file)!.AsObject();
    rest.Remove("digest");
    using (var undigested = JsonDocument.Parse(rest.ToJsonString())) Demand(Convert.ToHexStringLower(SHA256.HashData(Canonical(undigested.RootElement))) == Text(bundle, "digest"), "the digest is not that of the file");

    var keys = bundle.GetProperty("keys").EnumerateArray().Select(key => Key.Parse(key.GetString()!)).ToArray();
    var head = Checkpoint.Read(Text(bundle, "head"), keys);
    var notes = new List<string> { head.Note };
    foreach (var older in bundle.GetProperty("checkpoints").EnumerateArray())
    {
        var before = Checkpoint.Read(Text(older, "note"), keys);
        Demand(before.Origin == head.Origin && Tree.Extends(before.Size, before.Root, head.Size, head.Root, Hashes(older)), $"the newest checkpoint does not go on from the one of {before.Size} events");
        notes.Add(before.Note);
    }

    var events = bundle.GetProperty("events").EnumerateArray().ToArray();
    var stream = Stream(Text(bundle, "sign_in"));
    Demand(events.Length > 0, "there is no event");
    for (var i = 0; i < events.Length; i++)
    {
        var leaf = events[i].GetProperty("leaf");
        Demand(Text(leaf, "stream") == stream && leaf.GetProperty("version").GetInt64() == i + 1, $"event {i + 1} is not the next one of this sign-in");
        Included(events[i], head);
    }

    foreach (var settings in bundle.GetProperty("settings").EnumerateArray()) Included(settings, head);
    if (witness is not null) Demand(notes.Any(note => ("\n" + witness).Contains("\n" + note, StringComparison.Ordinal)), "none of its checkpoints is one that the witness kept: ask for evidence with --checkpoint");

    foreach (var e in events.Select(one => one.GetProperty("leaf")))
        Console.WriteLine($"{e.GetProperty("version").GetInt64(),3}  {Time(e.GetProperty("time").GetInt64())}  {Text(e, "type")}  {Encoding.UTF8.GetString(Canonical(e.GetProperty("data")))}");
    Console.WriteLine($"{bundle.GetProperty("settings").GetArrayLength()} events of the settings. Decided by Auth {Text(bundle, "auth")}.");
    Console.WriteLine($"Signed by {keys.First(key => key.Signed(head.Note))}");
    Console.WriteLine(witness is null ? "Compare this key with the one that you were given before." : "The witness kept one of its checkpoints.");
    return Tell(0, $"TRUE: these {events.Length} events stood in this order among the first {head.Size} of {head.Origin} when {head.Lines[4]} was signed.");
}

static void Included(JsonElement one, Checkpoint head)
{
    var (leaf, index) = (one.GetProperty("leaf"), one.GetProperty("index").GetInt64());
    Demand(Tree.Includes(Tree.Leaf(Canonical(leaf)), index, head.Size, head.Root, Hashes(one)), $"event {leaf.GetProperty("sequence")} is not in the tree that was signed");
}

static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;

static byte[][] Hashes(JsonElement of) => [.. of.GetProperty("proof").EnumerateArray().Select(hash => Convert.FromBase64String(hash.GetString()!))];

static string Time(long microseconds) => DateTime.UnixEpoch.AddTicks(microseconds * 10).ToString("yyyy-MM-dd HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

static void Demand(bool holds, string otherwise)
{
    if (!holds) throw new InvalidDataException(otherwise);
}

static int Tell(int code, string words)
{
    Console.WriteLine(words);
    return code;
}

// sia_ and 26 characters of Crockford's base32: the 16 bytes of the stream's id.
static string Stream(string signIn)
{
    Demand(signIn.Length == 30 && signIn.StartsWith("sia_", StringComparison.Ordinal), "this is not the id of a sign-in");
    var number = signIn[4..].Aggregate(BigInteger.Zero, (sum, c) => (sum << 5) + ("0123456789abcdefghjkmnpqrstvwxyz".IndexOf(c) is >= 0 and var digit ? digit : throw new InvalidDataException("this is not the id of a sign-in")));
    Demand(number >> 128 == 0, "this is not the id of a sign-in");
    return new Guid([.. new byte[16].Concat(number.ToByteArray(isUnsigned: true, isBigEndian: true)).TakeLast(16)], bigEndian: true).ToString();
}

// RFC 8785; a number that a double does not hold exactly keeps its own spelling.
static byte[] Canonical(JsonElement value)
{
    var text = new StringBuilder();
    Write(value);
    return Encoding.UTF8.GetBytes(text.ToString());

    void Write(JsonElement one)
    {
        var separator = "";
        switch (one.ValueKind)
        {
            case JsonValueKind.Object:
                text.Append('{');
                foreach (var property in one.EnumerateObject().OrderBy(property => property.Name, StringComparer.Ordinal))
                {
                    text.Append(separator);
                    Quote(property.Name);
                    text.Append(':');
                    Write(property.Value);
                    separator = ",";
                }

                text.Append('}');
                break;
            case JsonValueKind.Array:
                text.Append('[');
                foreach (var item in one.EnumerateArray())
                {
                    text.Append(separator);
                    Write(item);
                    separator = ",";
                }

                text.Append(']');
                break;
            case JsonValueKind.String: Quote(one.GetString()!); break;
            case JsonValueKind.Number: text.Append(Number(one.GetRawText())); break;
            default: text.Append(one.GetRawText()); break;
        }
    }

    void Quote(string s)
    {
        text.Append('"');
        foreach (var c in s)
            text.Append(c switch { '"' => "\\\"", '\\' => "\\\\", '\b' => "\\b", '\t' => "\\t", '\n' => "\\n", '\f' => "\\f", '\r' => "\\r", < ' ' => $"\\u{(int)c:x4}", _ => c.ToString() });
        text.Append('"');
    }
}

static string Number(string raw)
{
    var (negative, digits, point) = Parts(raw);
    if (digits.Length == 0) return "0";
    var nearest = double.Parse(raw, NumberStyles.Float, CultureInfo.InvariantCulture);
    if (!double.IsFinite(nearest) || Parts(nearest.ToString("R", CultureInfo.InvariantCulture)) != (negative, digits, point)) return raw;
    return (negative ? "-" : "") + (
        point is > 21 or <= -6 ? $"{digits[0]}{(digits.Length > 1 ? "." : "")}{digits[1..]}e{(point > 0 ? "+" : "-")}{Math.Abs(point - 1)}"
        : point <= 0 ? $"0.{new string('0', -point)}{digits}"
        : point >= digits.Length ? digits + new string('0', point - digits.Length)
        : $"{digits[..point]}.{digits[point..]}");
}

static (bool Negative, string Digits, int Point) Parts(string raw)
{
    var (negative, e) = (raw[0] == '-', raw.IndexOfAny(['e', 'E']));
    var mantissa = raw[(negative ? 1 : 0)..(e < 0 ? raw.Length : e)];
    var dot = mantissa.IndexOf('.');
    var all = mantissa.Replace(".", "");
    var digits = all.TrimStart('0');
    return (negative, digits.TrimEnd('0'), (dot < 0 ? mantissa.Length : dot) - (all.Length - digits.Length) + (e < 0 ? 0 : int.Parse(raw[(e + 1)..], CultureInfo.InvariantCulture)));
}

// The signed-note format of C2SP with a checkpoint inside: origin, size, root, last event, time; a blank line; signatures.
sealed record Checkpoint(string Note, string Origin, long Size, byte[] Root, string[] Lines)
{
    public static Checkpoint Read(string note, Key[] keys)
    {
        var lines = note.Split('\n');
        if (!keys.Any(key => key.Signed(note))) throw new InvalidDataException("a checkpoint is not signed by the key beside it");
        var size = long.Parse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture);
        return lines.Length == 8 && lines[5] == "" && lines[7] == "" ? new(note, lines[0], size, Convert.FromBase64String(lines[2]), lines) : throw new InvalidDataException("a checkpoint has another form");
    }
}

// name+id+base64(0x01 ‖ Ed25519 key)
sealed record Key(string Name, uint Id, byte[] Bytes)
{
    public static Key Parse(string text)
    {
        var (name, id, bytes) = text.Split('+', 3) is [var n, var i, var b] ? (n, i, Convert.FromBase64String(b)) : throw new InvalidDataException("a key has another form");
        var known = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', .. bytes]));
        return bytes.Length == 33 && bytes[0] == 1 && id == known.ToString("x8", CultureInfo.InvariantCulture) ? new(name, known, bytes[1..]) : throw new InvalidDataException("a key has another form");
    }

    public bool Signed(string note)
    {
        if (note.Split("\n\n") is not [var text, var signature] || !signature.StartsWith($"— {Name} ", StringComparison.Ordinal) || !signature.EndsWith('\n')) return false;
        var base64 = signature[(Name.Length + 3)..^1];
        var bytes = Convert.FromBase64String(base64);
        return Convert.ToBase64String(bytes) == base64 && bytes.Length == 68 && BinaryPrimitives.ReadUInt32BigEndian(bytes) == Id && Ed25519.Verify(Bytes, Encoding.UTF8.GetBytes(text + "\n"), bytes[4..]);
    }

    public override string ToString() => $"{Name}+{Id:x8}+{Convert.ToBase64String([1, .. Bytes])}";
}

// RFC 6962, section 2.1, and the checks of RFC 9162, sections 2.1.3.2 and 2.1.4.2.
static class Tree
{
    public static byte[] Leaf(byte[] what) => SHA256.HashData([0, .. what]);

    private static byte[] Node(byte[] left, byte[] right) => SHA256.HashData([1, .. left, .. right]);

    public static bool Includes(byte[] leaf, long index, long size, byte[] root, byte[][] proof)
    {
        if (index < 0 || index >= size) return false;
        var (place, last, hash) = (index, size - 1, leaf);
        foreach (var other in proof)
        {
            if (last == 0) return false;
            var right = (place & 1) == 1 || place == last;
            hash = right ? Node(other, hash) : Node(hash, other);
            while (right && (place & 1) == 0 && place != 0) (place, last) = (place >> 1, last >> 1);
            (place, last) = (place >> 1, last >> 1);
        }

        return last == 0 && hash.AsSpan().SequenceEqual(root);
    }

    public static bool Extends(long older, byte[] olderRoot, long size, byte[] root, byte[][] proof)
    {
        if (older < 1 || older >= size) return false;
        byte[][] parts = (older & (older - 1)) == 0 ? [olderRoot, .. proof] : proof;
        var (place, last) = (older - 1, size - 1);
        while ((place & 1) == 1) (place, last) = (place >> 1, last >> 1);
        var (before, after) = (parts[0], parts[0]);
        foreach (var other in parts[1..])
        {
            if (last == 0) return false;
            var right = (place & 1) == 1 || place == last;
            (before, after) = right ? (Node(other, before), Node(other, after)) : (before, Node(after, other));
            while (right && (place & 1) == 0 && place != 0) (place, last) = (place >> 1, last >> 1);
            (place, last) = (place >> 1, last >> 1);
        }

        return last == 0 && before.AsSpan().SequenceEqual(olderRoot) && after.AsSpan().SequenceEqual(root);
    }
}

// RFC 8032, section 5.1.7, in plain arithmetic: slow, and there is nothing secret to hide.
static class Ed25519
{
    private static readonly BigInteger P = BigInteger.Pow(2, 255) - 19, L = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", CultureInfo.InvariantCulture);
    private static readonly BigInteger D = Mod(-121665 * Inverse(121666)), RootOfMinusOne = BigInteger.ModPow(2, (P - 1) / 4, P);
    private static readonly Point Base = Decode([0x58, .. Enumerable.Repeat((byte)0x66, 31)])!;

    private sealed record Point(BigInteger X, BigInteger Y, BigInteger Z, BigInteger T);

    public static bool Verify(byte[] key, byte[] message, byte[] signature)
    {
        if (Decode(key) is not { } a || Decode(signature[..32]) is not { } r || Number(signature[32..]) is var s && s >= L) return false;
        var k = Number(SHA512.HashData([.. signature[..32], .. key, .. message])) % L;
        var (left, right) = (Times(s, Base), Add(r, Times(k, a)));
        return Mod(left.X * right.Z - right.X * left.Z).IsZero && Mod(left.Y * right.Z - right.Y * left.Z).IsZero;
    }

    private static Point? Decode(byte[] bytes)
    {
        var y = Number(bytes);
        var odd = !(y >> 255).IsZero;
        y &= (BigInteger.One << 255) - 1;
        if (y >= P) return null;
        var square = Mod((y * y - 1) * Inverse(D * y * y + 1));
        var x = BigInteger.ModPow(square, (P + 3) / 8, P);
        if (!Mod(x * x - square).IsZero) x = Mod(x * RootOfMinusOne);
        if (!Mod(x * x - square).IsZero || x.IsZero && odd) return null;
        if (x.IsEven == odd) x = P - x;
        return new(x, y, 1, Mod(x * y));
    }

    private static Point Add(Point p, Point q)
    {
        var (a, b) = (Mod((p.Y - p.X) * (q.Y - q.X)), Mod((p.Y + p.X) * (q.Y + q.X)));
        var (c, d) = (Mod(2 * p.T * q.T * D), Mod(2 * p.Z * q.Z));
        var (e, f, g, h) = (b - a, d - c, d + c, b + a);
        return new(Mod(e * f), Mod(g * h), Mod(f * g), Mod(e * h));
    }

    private static Point Times(BigInteger n, Point p)
    {
        var sum = new Point(0, 1, 1, 0);
        for (; !n.IsZero; n >>= 1, p = Add(p, p))
            if (!n.IsEven) sum = Add(sum, p);
        return sum;
    }

    private static BigInteger Number(byte[] littleEndian) => new(littleEndian, isUnsigned: true);

    private static BigInteger Mod(BigInteger n) => n % P is var rest && rest.Sign < 0 ? rest + P : rest;

    private static BigInteger Inverse(BigInteger n) => BigInteger.ModPow(Mod(n), P - 2, P);
}
