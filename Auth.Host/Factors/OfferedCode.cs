using System.Security.Cryptography;
using System.Text;

namespace Auth.Host.Factors;

/// <summary>Six digits, typed by a person or derived to be compared or sent.</summary>
public sealed record OfferedCode(string Digits)
{
    /// <summary>Compared in constant time (R25).</summary>
    public bool Matches(OfferedCode derived) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Digits), Encoding.ASCII.GetBytes(derived.Digits));

    /// <summary>Never the digits.</summary>
    public override string ToString() => "OfferedCode(hidden)";
}
