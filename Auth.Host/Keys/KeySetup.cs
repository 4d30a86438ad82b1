using Auth.Host.Wiring;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Auth.Host.Keys;

/// <summary>Wires the keys.</summary>
public static class KeySetup
{
    /// <summary>Adds the keyring. Needs the document store, registered with <see cref="Keyring.Register"/>.</summary>
    public static WebApplicationBuilder AddKeys(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<KeyOptions>()
            .BindConfiguration(KeyOptions.Section)
            .Configure<IConfiguration>((options, configuration) => options.RootFile ??= configuration[$"{KeyOptions.Section}:Root_FILE"])
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<KeyOptions>, KeyOptionsCheck>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => Find(provider.GetRequiredService<IOptions<KeyOptions>>().Value));
        services.AddSingleton<Vault>();
        services.AddSingleton<IKeyring, Keyring>();
        services.AddHostedService<KeyTending>();
        return builder;
    }

    private static RootKey Find(KeyOptions options) => options switch
    {
        { Root: { } value } => new RootKey(KeyOptionsCheck.Bits(value)!, "Auth:Keys:Root"),
        { RootFile: { } file } => new RootKey(KeyOptionsCheck.Bits(File.ReadAllText(file))!, $"the file '{file}'"),
        _ => RootKeyFile.ReadOrMake(Folder(options)),
    };

    /// <summary>Where a developer's machine keeps what it made up.</summary>
    internal static string Folder(KeyOptions options) => options.Folder ?? UsersFolder();

    private static string UsersFolder() =>
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } folder
            ? Path.Combine(folder, "auth")
            : throw new SettingException("There is no home folder to keep the root key in: set Auth:Keys:Folder or Auth:Keys:Root.");
}
