namespace Auth.Host.Instances;

/// <summary>An instance is a tenant of the store; it comes from the credential or the host name, never from a body (R76).</summary>
public static class Tenants
{
    /// <summary>The one instance there is until there are more.</summary>
    public const string Default = "default";
}
