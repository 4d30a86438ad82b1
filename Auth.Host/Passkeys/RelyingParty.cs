using Auth.Host.Http;
using Auth.Host.Instances;
using Auth.Host.Wiring;

namespace Auth.Host.Passkeys;

/// <summary>For whom passkeys are made, and whose pages may use them.</summary>
/// <param name="Id">A domain: the host of the <c>PublicUrl</c>, or a parent of it so that apps on its other subdomains share its passkeys.</param>
/// <param name="Name">What the browser may show.</param>
/// <param name="Origins">Pages that are believed, as a browser writes their origin.</param>
/// <param name="AnyLoopback">Development: every loopback page is.</param>
public sealed record RelyingParty(string Id, string Name, IReadOnlySet<string> Origins, bool AnyLoopback)
{
    /// <summary>Read at start, or the start fails with a sentence.</summary>
    public static RelyingParty From(InstanceSection section, FrontDoor door, string name)
    {
        var (host, id) = (door.PublicUrl.IdnHost, section["Passkeys:Domain"] ?? door.PublicUrl.IdnHost);
        if (id != host && !(id.Contains('.') && host.EndsWith($".{id}", StringComparison.Ordinal)))
            throw new SettingException($"{section.Key("Passkeys:Domain")} holds '{id}', which is neither {host} nor a domain above it. Passkeys are bound to it for ever.");
        return new(id, name, door.AllowedOrigins.Append(door.PublicUrl.GetLeftPart(UriPartial.Authority)).ToHashSet(StringComparer.Ordinal), door.IsDevelopment);
    }

    /// <summary>Whether a page of this origin may have asked; compared as text, as a browser writes it.</summary>
    public bool Believes(string origin) => Origins.Contains(origin) || (AnyLoopback && FrontDoor.IsLoopback(origin));
}
