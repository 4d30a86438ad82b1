using Auth.Host.Audit.Access;
using Auth.Host.Http;
using Auth.Host.Passkeys;
using Microsoft.Extensions.Options;

namespace Auth.Host.Instances;

/// <summary>One instance as the configuration describes it: a tenant of the store, with an address, keys and a name of its own.</summary>
public sealed record Tenant(string Id, FrontDoor Door, ApiKeys Keys, AuditKeys Auditors, InstanceName Name, RelyingParty Passkeys)
{
    /// <summary>Whose request this is: by its key, or else by its host name (R76). A request for none of ours goes no further.</summary>
    public static Tenant Of(HttpContext http) => http.Features.Get<Tenant>() ?? throw Problems.HostUnknown.Refuse();

    /// <summary>For endpoints.</summary>
    public static ValueTask<Tenant?> BindAsync(HttpContext http) => ValueTask.FromResult<Tenant?>(Of(http));

    /// <summary>Reads one, or says which setting does not do.</summary>
    public static Tenant From(InstanceSection section, IHostEnvironment environment)
    {
        var door = FrontDoor.From(section, environment);
        var name = new InstanceName(Options.Create(InstanceOptions.From(section)), door);
        return new(section.Instance, door, ApiKeys.From(section, door), AuditKeys.From(section, door), name, RelyingParty.From(section, door, name.Name));
    }

    /// <summary>Nothing of its keys.</summary>
    public override string ToString() => $"Tenant({Id})";
}
