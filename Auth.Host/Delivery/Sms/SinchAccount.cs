namespace Auth.Host.Delivery.Sms;

/// <summary>Whom we are to the provider. <paramref name="Id"/> is the service plan or the project: the first segment of every path.</summary>
public sealed record SinchAccount(Uri Address, string Id, SinchCredential Credential, string? From = null, Uri? CallbackUrl = null, string? CallbackSecret = null)
{
    /// <summary>The account that the settings describe, or null when they describe none.</summary>
    public static SinchAccount? Of(SinchOptions o) => o switch
    {
        { ServicePlanId: { Length: > 0 } plan, ApiToken: { Length: > 0 } token } =>
            new(o.SmsBaseAddress ?? new($"https://{o.Region}.sms.api.sinch.com"), plan, new SinchCredential.PlanToken(token), o.From, o.CallbackUrl, o.CallbackSecret),
        { ProjectId: { Length: > 0 } project, KeyId: { Length: > 0 } key, KeySecret: { Length: > 0 } secret } =>
            new(o.SmsBaseAddress ?? new($"https://zt.{o.Region}.sms.api.sinch.com"), project, new SinchCredential.KeyPair(o.AuthBaseAddress, key, secret), o.From, o.CallbackUrl, o.CallbackSecret),
        _ => null,
    };

    /// <summary>An address below this account.</summary>
    public Uri At(string path) => Address.Below($"xms/v1/{Uri.EscapeDataString(Id)}/{path}");

    /// <summary>An account holds secrets.</summary>
    public override string ToString() => $"SinchAccount({Address.Host})";
}

/// <summary>How we prove it.</summary>
public abstract record SinchCredential
{
    private SinchCredential() { }

    /// <summary>The same token for ever.</summary>
    public sealed record PlanToken(string ApiToken) : SinchCredential
    {
        /// <inheritdoc/>
        public override string ToString() => "PlanToken(hidden)";
    }

    /// <summary>Exchanged for a token of an hour (OAuth2 client credentials).</summary>
    public sealed record KeyPair(Uri AuthAddress, string KeyId, string KeySecret) : SinchCredential
    {
        /// <inheritdoc/>
        public override string ToString() => "KeyPair(hidden)";
    }
}

/// <summary>Finds the account when the first text is sent: a host that is its own provider does not know its address earlier.</summary>
public interface ISinchAccount
{
    /// <summary>Can this instance send texts at all?</summary>
    SmsAvailability Availability { get; }

    /// <summary>The account, or null when there is none.</summary>
    ValueTask<SinchAccount?> FindAsync(CancellationToken ct);
}

/// <summary>Whether texts can be sent, and if not, the sentence an operator reads on the settings page.</summary>
public sealed record SmsAvailability(bool Available, string? Because = null);

/// <summary>The account of the settings and nothing else: what Production uses.</summary>
public sealed class ConfiguredSinchAccount(Microsoft.Extensions.Options.IOptions<SinchOptions> options) : ISinchAccount
{
    private readonly SinchAccount? _account = SinchAccount.Of(options.Value);

    /// <inheritdoc/>
    public SmsAvailability Availability => _account is not null
        ? new(true)
        : new(false, "No text can be sent: neither Sinch:ServicePlanId with Sinch:ApiToken nor Sinch:ProjectId with Sinch:KeyId and Sinch:KeySecret is set.");

    /// <inheritdoc/>
    public ValueTask<SinchAccount?> FindAsync(CancellationToken ct) => new(_account);
}

/// <summary>Addresses below a base that may itself have a path.</summary>
internal static class Addresses
{
    public static Uri Below(this Uri root, string path) => new(new Uri(root.AbsoluteUri.TrimEnd('/') + "/"), path);
}
