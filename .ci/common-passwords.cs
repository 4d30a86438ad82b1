#:property PublishAot=false
// Makes Auth.Host/Passwords/common.bin anew, from lists of common passwords, the most common first:
//   dotnet run .ci/common-passwords.cs -- Auth.Host/Passwords/common.bin list.txt more.json …
// Of 15 characters and more everything is taken, of 8 to 14 the first 100 000. docs/decisions/0041-passwords-that-move-in.md says where the lists are from.
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

const int prefix = 5, shorter = 100_000;
var (alone, beside) = (new HashSet<string>(), new HashSet<string>());
foreach (var list in args.Skip(1))
{
    var words = list.EndsWith(".json") ? JsonSerializer.Deserialize<string[]>(File.ReadAllBytes(list))! : File.ReadLines(list);
    foreach (var word in words.Select(word => word.ToLowerInvariant()))
    {
        if (word.EnumerateRunes().Count() is var length && length >= 15) alone.Add(word);
        else if (length >= 8 && beside.Count < shorter) beside.Add(word);
    }
}

var prefixes = alone.Concat(beside).Select(word => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(word)).AsSpan(0, prefix))).Distinct().Order(StringComparer.Ordinal);
File.WriteAllBytes(args[0], [.. prefixes.SelectMany(Convert.FromHexString)]);
Console.WriteLine($"{alone.Count} of 15 characters and more, {beside.Count} shorter ones.");
