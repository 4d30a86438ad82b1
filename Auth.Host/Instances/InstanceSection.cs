using System.Text.RegularExpressions;
using Auth.Host.Wiring;

namespace Auth.Host.Instances;

/// <summary>Where the settings of one instance are: those of the default instance in <c>Auth</c> itself, those of any other in <c>Auth:Instances:{name}</c>, and nothing is taken from the one for the other.</summary>
public sealed partial record InstanceSection(IConfiguration Configuration, string Instance)
{
    private const string Others = "Auth:Instances";
    private static readonly string[] Own = ["PublicUrl", "SecretKey", "AuditKey", "PublishableKey", "AllowedOrigins", "Name", "HomeCountry", "Passkeys"];

    /// <summary>One of its settings.</summary>
    public string? this[string setting] => Configuration[Key(setting)];

    /// <summary>What such a setting is called, in full.</summary>
    public string Key(string setting) => $"{(Instance == Tenants.Default ? "Auth" : $"{Others}:{Instance}")}:{setting}";

    /// <summary>The instances that are configured, the default one first; or the sentence why there cannot be such.</summary>
    public static IReadOnlyList<InstanceSection> All(IConfiguration configuration)
    {
        if (configuration[Others] is { Length: > 0 }) throw new SettingException($"{Others} holds a value; it holds instances, as in {Others}:shop:PublicUrl.");
        return [new(configuration, Tenants.Default), .. configuration.GetSection(Others).GetChildren().OrderBy(child => child.Key, StringComparer.Ordinal).Select(Checked)];

        InstanceSection Checked(IConfigurationSection child)
        {
            if (child.Key == Tenants.Default) throw new SettingException($"{child.Path}: the default instance is described by Auth itself, as in Auth:PublicUrl.");
            if (!Plain().IsMatch(child.Key)) throw new SettingException($"{Others} holds '{child.Key}'. The name of an instance is 1 to 32 lower-case letters, digits and dashes, with a letter or digit at both ends.");
            if (child.GetChildren().FirstOrDefault(setting => !Own.Contains(setting.Key, StringComparer.OrdinalIgnoreCase)) is { } foreign)
                throw new SettingException($"{foreign.Path} is not a setting of an instance, which has {string.Join(", ", Own)}. Everything else is said once, in Auth, and holds for all instances.");
            return new(configuration, child.Key);
        }
    }

    [GeneratedRegex(@"\A[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?\z")]
    private static partial Regex Plain();
}
