using System.Globalization;

namespace Auth.Specs.Given;

/// <summary>Codes that are not the one.</summary>
public static class Wrong
{
    /// <summary>Another code, <paramref name="by"/> further.</summary>
    public static string For(string code, int by = 1) =>
        ((int.Parse(code, CultureInfo.InvariantCulture) + by) % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
}
