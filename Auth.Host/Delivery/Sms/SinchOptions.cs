namespace Auth.Host.Delivery.Sms;

/// <summary>Section <c>Sinch</c>: where texts go, as whom, and how reports come back. <see cref="SinchOptionsRules"/> says what fits together.</summary>
public sealed class SinchOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Sinch";

    /// <summary>Wins over <see cref="Region"/>; how a fake or a proxy is put in between.</summary>
    public Uri? SmsBaseAddress { get; set; }

    /// <summary><c>us</c>, <c>eu</c>, and with a plan token also <c>au</c>, <c>br</c>, <c>ca</c>. There is no default: texts must not leave a continent by accident.</summary>
    public string? Region { get; set; }

    /// <summary>First credential pair: the service plan …</summary>
    public string? ServicePlanId { get; set; }

    /// <summary>… and its API token.</summary>
    public string? ApiToken { get; set; }

    /// <summary>Second credential pair (OAuth2): the project …</summary>
    public string? ProjectId { get; set; }

    /// <summary>… its access key …</summary>
    public string? KeyId { get; set; }

    /// <summary>… and the key's secret.</summary>
    public string? KeySecret { get; set; }

    /// <summary>Where OAuth2 tokens come from.</summary>
    public Uri AuthBaseAddress { get; set; } = new("https://auth.sinch.com");

    /// <summary>Number, short code or name that the text comes from; empty where the account has a default.</summary>
    public string? From { get; set; }

    /// <summary>The public address of <c>POST /hooks/sinch/sms</c>; without it no delivery report arrives.</summary>
    public Uri? CallbackUrl { get; set; }

    /// <summary>What delivery reports are signed with.</summary>
    public string? CallbackSecret { get; set; }

    /// <summary>How long one request may take before its outcome counts as unknown.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>Settings hold secrets: none is printed.</summary>
    public override string ToString() => "SinchOptions(hidden)";
}
