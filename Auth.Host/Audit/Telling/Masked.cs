namespace Auth.Host.Audit.Telling;

/// <summary>Personal values, recognisable to who knows them and to nobody else.</summary>
public static class Masked
{
    /// <summary>What is left when its key is destroyed.</summary>
    public const string Erased = "[erased]";

    /// <summary>What is shown when its key is there and the root key is not.</summary>
    public const string Closed = "[sealed]";

    /// <summary>Of a sign-in that began with a passkey: nothing was typed.</summary>
    public const string Unnamed = "[passkey]";

    private const string Dots = "•••";

    /// <summary>An email address, a number, a network address, a program's name for itself or a person's name, by its looks.</summary>
    public static string Of(string value) =>
        value.Split('@') is [{ Length: > 0 } name, { Length: > 0 } host] ? $"{name[0]}{Dots}@{host[0]}{Dots}"
        : value.StartsWith('+') && value.Length > 6                      ? $"{Dots}{value[^2..]}"
        : System.Net.IPAddress.TryParse(value, out _)                    ? Address(value)
        : $"{(value.Contains('/', StringComparison.Ordinal) ? Program(value) : Initial(value))}{Dots}";

    private static string Program(string agent) => agent.Split('/', ' ')[0] is { Length: <= 12 } name ? name : "";

    private static string Initial(string name) => name.EnumerateRunes().FirstOrDefault() is var first && System.Text.Rune.IsLetterOrDigit(first) ? $"{first}" : "";

    private static string Address(string address) => address.Contains(':', StringComparison.Ordinal)
        ? $"{string.Join(':', address.Split(':').Take(2))}:{Dots}"
        : $"{string.Join('.', address.Split('.').Take(2))}.{Dots}";
}
