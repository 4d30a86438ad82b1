using Auth.Host.Audit.Access;
using Auth.Host.Http;
using Auth.Host.Wiring;

namespace Auth.Host.Instances;

/// <summary>The instances of this host. Each is a tenant of the store; it comes from the credential or the host name, never from a body (R76).</summary>
public sealed class Tenants
{
    /// <summary>The instance that <c>Auth</c> itself describes.</summary>
    public const string Default = "default";

    private readonly Dictionary<string, Tenant> _byHost;

    /// <summary>These, or the sentence why they cannot be told apart.</summary>
    public Tenants(params IReadOnlyList<Tenant> all)
    {
        All = all;
        Different(tenant => HostOf(tenant.Door.PublicUrl), "PublicUrl", "names the same host as", "Cookies and passkeys are bound to a host name, whatever its port: each instance needs one of its own.");
        Different(tenant => tenant.Keys.Fingerprint, "SecretKey", "is the same as", "The key says whose people it opens: each instance needs one of its own.");
        Different(tenant => tenant.Keys.Publishable, "PublishableKey", "is the same as", "Each instance needs one of its own.");
        Different(tenant => tenant.Auditors.Fingerprints, "AuditKey", "holds a key of", "The key says whose histories it opens: each instance needs keys of its own.");
        _byHost = all.ToDictionary(tenant => HostOf(tenant.Door.PublicUrl), StringComparer.Ordinal);
    }

    /// <summary>All of them, the default one first.</summary>
    public IReadOnlyList<Tenant> All { get; }

    /// <summary>What they are called in the store.</summary>
    public IEnumerable<string> Ids => All.Select(tenant => tenant.Id);

    /// <summary>Reads them at start, or the start fails with a sentence.</summary>
    public static Tenants From(IConfiguration configuration, IHostEnvironment environment) =>
        new([.. InstanceSection.All(configuration).Select(section => Tenant.From(section, environment))]);

    /// <summary>The one of that id. Work for one that is not configured any more stays undone.</summary>
    public Tenant Of(string id) => All.FirstOrDefault(tenant => tenant.Id == id) ?? throw new InvalidOperationException($"There is no instance '{id}' on this host.");

    /// <summary>The one that is reached under this host name, whatever the port. Who is alone here is reached under any.</summary>
    public Tenant? At(HostString host) => All is [var only] ? only : _byHost.GetValueOrDefault(Bare(host.Host ?? ""));

    /// <summary>The one whose secret key this is. Every key is compared, whichever it is (R69).</summary>
    public Tenant? OpenedBy(string? offered)
    {
        Tenant? opened = null;
        foreach (var tenant in All)
            if (tenant.Keys.Opens(offered)) opened = tenant;
        return opened;
    }

    /// <summary>The auditor whose key this is, and whose histories they read. Every key is compared, whichever it is (R69).</summary>
    public (Tenant Tenant, Auditor Auditor)? AuditedBy(string? offered)
    {
        (Tenant, Auditor)? found = null;
        foreach (var tenant in All)
            if (tenant.Auditors.Of(offered) is { } auditor) found = (tenant, auditor);
        return found;
    }

    private void Different(Func<Tenant, string> of, string setting, string how, string why) => Different(tenant => [of(tenant)], setting, how, why);

    private void Different(Func<Tenant, IEnumerable<string>> of, string setting, string how, string why)
    {
        var claims = All.SelectMany(tenant => of(tenant).Distinct(), (tenant, value) => (Tenant: tenant, Value: value));
        if (claims.GroupBy(claim => claim.Value, claim => claim.Tenant, StringComparer.Ordinal).FirstOrDefault(same => same.Skip(1).Any())?.Take(2).ToArray() is [var one, var other])
            throw new SettingException($"{Key(other)} {how} {Key(one)}. {why}");
        string Key(Tenant tenant) => new InstanceSection(null!, tenant.Id).Key(setting);
    }

    private static string HostOf(Uri url) => Bare(url.IdnHost);

    // With a dot at its end it is the same host; Clerk's clients write localhost so.
    private static string Bare(string host) => host.TrimEnd('.').ToLowerInvariant();
}
