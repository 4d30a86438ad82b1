using System.Text.Json;
using System.Text.Json.Nodes;
using Auth.Domain;
using Auth.Domain.Instances;
using Auth.Domain.SignIns;
using Auth.Host.Sessions.Tokens;
using Microsoft.Extensions.Options;

namespace Auth.Host.Instances;

/// <summary>Settings on their way out.</summary>
public sealed class SettingsDrawing(IOptions<InstanceOptions> instance, IOptions<TokenOptions> tokens, TimeProvider clock)
{
    internal static readonly JsonSerializerOptions Wire = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>What holds, and what is written down.</summary>
    public SettingsResource Resource(Instance now) => new()
    {
        Object = "instance_settings",
        Version = now.Version,
        Staged = now.Staged is { } staged ? new(staged.Revision, staged.At.ToUnixTimeMilliseconds(), staged.By, Difference.Between(Json(now.InForce), Json(staged.Settings))) : null,
        SecondFactor = SecondFactor(now.InForce),
        FirstFactors = Names(now.InForce.FirstFactors),
        SecondFactors = Names(now.InForce.SecondFactors),
        Dials = DialsOf(now.InForce.Dials),
        Password = new(now.InForce.Passwords.MinLength),
        Session = new(now.InForce.SingleSession),
        Sms = new([.. now.InForce.SmsCountries], instance.Value.HomeCountry),
        TrustedDevices = new(now.InForce.TrustedDevices.On, now.InForce.TrustedDevices.Days),
        AllowedOrigins = [.. now.InForce.AllowedOrigins],
        RedirectUrls = [.. now.InForce.RedirectUrls],
        Branding = new(now.InForce.Branding.Name, now.InForce.Branding.LogoUrl, now.InForce.Branding.PrimaryColor, now.InForce.Branding.BackgroundColor),
    };

    /// <summary>Settings as a body without anything that is not theirs.</summary>
    public JsonObject Json(Settings settings)
    {
        var body = JsonSerializer.SerializeToNode<SettingsBody>(Resource(Instance.Initial with { Applied = Instance.Initial.Applied.SetItem(0, settings) }), Wire)!.AsObject();
        foreach (var derived in SettingsPatch.NotWritten.Select(field => field.Split('.')).Where(path => path.Length == 2)) body[derived[0]]!.AsObject().Remove(derived[1]);
        return body;
    }

    private SecondFactorSetting SecondFactor(Settings settings) => new(
        settings.DemandsSecondFactor(clock.GetUtcNow()), settings.TwoStep.Policy.ToString().ToLowerInvariant(),
        settings.TwoStep.RequiredFrom?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));

    private DialsResource DialsOf(Dials dials) => new(
        Seconds(dials.CodeLife), dials.Tries, dials.WaitFrom, Seconds(dials.FirstWait), Seconds(dials.LongestWait), Seconds(dials.SignInLife), Seconds(dials.SecondFactorLife),
        Seconds(dials.ResendGap), dials.TextsPerNumberAndHour, dials.TextsPerNumberAndDay, dials.TextsPerUserAndHour, tokens.Value.LifeSeconds, Seconds(dials.SessionIdle), Seconds(dials.SessionLife),
        dials.DisableFrom, Seconds(dials.StepUpAge), dials.NewNumbersPerUserAndDay);

    private static IReadOnlyList<string> Names(Choice<Strategy> strategies) => [.. strategies.Select(strategy => strategy.Traits().Name)];

    private static int Seconds(TimeSpan life) => (int)life.TotalSeconds;
}
