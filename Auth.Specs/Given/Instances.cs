using Auth.Host.Audit.Access;
using Auth.Host.Http;
using Auth.Host.Instances;
using Auth.Host.Passkeys;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Auth.Specs.Given;

/// <summary>Instances for what is tried without a host.</summary>
public static class Instances
{
    /// <summary>One of them, at that address.</summary>
    public static Tenant At(string url, string id = Tenants.Default, string name = "Auth", bool development = false)
    {
        var door = new FrontDoor(new Uri(url), new HashSet<string>(), [], development);
        return new(id, door, ApiKeys.From(Section(id, ("SecretKey", $"sk_test_{id.PadLeft(32, '0')}")), door), AuditKeys.From(Section(id, ("AuditKey", $"ak_test_{id.PadLeft(32, '0')}")), door), new InstanceName(Options.Create(new InstanceOptions { Name = name }), door), new RelyingParty(door.PublicUrl.Host, name, new HashSet<string>(), development));
    }

    /// <summary>What the configuration says of the default one.</summary>
    public static InstanceSection Section(params (string Key, string? Value)[] settings) => Section(Tenants.Default, settings);

    /// <summary>What it says of another.</summary>
    public static InstanceSection Section(string id, params (string Key, string? Value)[] settings) => new(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(new InstanceSection(null!, id).Key(setting.Key), setting.Value))).Build(), id);

    /// <summary>The only one of its host.</summary>
    public static Tenants Only(string url = "https://auth.example.com", string name = "Auth", bool development = false) => new(At(url, name: name, development: development));
}
