using Auth.Host.Passwords.Imports;
using Microsoft.Extensions.Options;

namespace Auth.Host.Passwords;

/// <summary>Wires password hashing.</summary>
public static class PasswordSetup
{
    /// <summary>Adds password hashing. Needs the keyring.</summary>
    public static WebApplicationBuilder AddPasswords(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<PasswordOptions>().BindConfiguration(PasswordOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<PasswordOptions>, PasswordOptionsCheck>();
        builder.Services.AddMetrics();
        builder.Services.AddSingleton<HashingQueue>();
        builder.Services.AddSingleton<PasswordHashing>();
        builder.Services.AddSingleton<PasswordRules>();
        builder.Services.AddSingleton<ImportedWork>();
        builder.Services.AddHostedService<ImportedWatch>();
        return builder;
    }
}
