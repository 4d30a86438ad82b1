using Microsoft.Extensions.Options;

namespace Auth.Host.Keys;

/// <summary>Says at start what is wrong with the root key, without ever quoting it.</summary>
public sealed class KeyOptionsCheck(IHostEnvironment environment) : IValidateOptions<KeyOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, KeyOptions options) =>
        Complaint(options) is { } complaint ? ValidateOptionsResult.Fail(complaint) : ValidateOptionsResult.Success;

    private string? Complaint(KeyOptions options) => (options.Root, options.RootFile) switch
    {
        _ when options.StrangerDays is < 1 or > 365 => "Auth:Keys:StrangerDays must be 1 to 365.",
        (not null, not null) => "Auth:Keys:Root and Auth:Keys:RootFile are both set: give one of them.",
        ({ } value, null) when Bits(value) is null => "Auth:Keys:Root must be the base64 of 32 random bytes: openssl rand -base64 32",
        (null, { } file) when !File.Exists(file) => $"Auth:Keys:RootFile names '{file}', which is not there.",
        (null, { } file) when Bits(Read(file)) is null => $"The file '{file}' (Auth:Keys:RootFile) must hold the base64 of 32 random bytes.",
        (null, null) when !environment.IsDevelopment() =>
            "Auth:Keys:Root (or Auth:Keys:RootFile) is required outside Development: it wraps every other key. Make one with: openssl rand -base64 32",
        _ => null,
    };

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>The 32 bytes, or null when the text is anything else.</summary>
    internal static byte[]? Bits(string text)
    {
        var bits = new byte[RootKey.Length];
        return Convert.TryFromBase64String(text.Trim(), bits, out var length) && length == RootKey.Length ? bits : null;
    }
}
