using System.Text.Json;
using System.Text.Json.Nodes;
using Auth.Domain;
using Auth.Domain.Instances;
using Auth.Domain.SignIns;
using Auth.Host.Sessions.Tokens;
using Auth.Host.SignUps;
using Microsoft.Extensions.Options;

namespace Auth.Host.Instances;

/// <summary>Settings on their way out.</summary>
public sealed class SettingsDrawing(SignUpMode signUp, IOptions<TokenOptions> tokens, TimeProvider clock)
{
    internal static readonly JsonSerializerOptions Wire = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>What holds, and what is written down.</summary>
    /// <param name="home">The country whose numbers are always texted.</param>
    public SettingsResource Resource(Instance now, string? home)
    {
        var staged = now.Staged is { } s ? new StagedResource(s.Revision, s.At.ToUnixTimeMilliseconds(), s.By, Difference.Between(Json(now.InForce), Json(s.Settings))) : null;
        return Draw(now.InForce, now.Number, staged, now.InForce.DemandsSecondFactor(clock.GetUtcNow()), signUp.IsOpen(now.InForce), tokens.Value.LifeSeconds, home);
    }

    /// <summary>Settings as a body without anything that is not theirs.</summary>
    public static JsonObject Json(Settings settings)
    {
        var body = JsonSerializer.SerializeToNode<SettingsBody>(Draw(settings, 0, null, required: false, open: false, 0, null), Wire)!.AsObject();
        foreach (var derived in SettingsPatch.NotWritten.Select(field => field.Split('.')).Where(path => path.Length == 2)) body[derived[0]]!.AsObject().Remove(derived[1]);
        return body;
    }

    private static SettingsResource Draw(Settings settings, long version, StagedResource? staged, bool required, bool open, int accessTtl, string? home) => new()
    {
        Object = "instance_settings",
        Version = version,
        Staged = staged,
        GuessOdds = [.. settings.FirstFactors.Concat(settings.SecondFactors).Distinct().Where(strategy => strategy is not Strategy.Password).Select(strategy => Odds(strategy, settings.Dials))],
        SecondFactor = SecondFactor(settings, required),
        FirstFactors = Names(settings.FirstFactors),
        SecondFactors = Names(settings.SecondFactors),
        Dials = DialsOf(settings.Dials, accessTtl),
        Password = new(settings.Passwords.MinLength),
        SignUp = new(settings.SignUp?.ToString().ToLowerInvariant(), open),
        Session = new(settings.SingleSession),
        Sms = new([.. settings.SmsCountries], home, settings.SmsFraud is SmsFraudRule.Enforce ? "enforce" : "record_only"),
        TrustedDevices = new(settings.TrustedDevices.On, settings.TrustedDevices.Days),
        Retention = new(settings.Retention.PersonDays),
        AllowedOrigins = [.. settings.AllowedOrigins],
        RedirectUrls = [.. settings.RedirectUrls],
        Branding = new(settings.Branding.Name, settings.Branding.LogoUrl, settings.Branding.PrimaryColor, settings.Branding.BackgroundColor),
    };

    private static SecondFactorSetting SecondFactor(Settings settings, bool required) => new(
        required, settings.TwoStep.Policy.ToString().ToLowerInvariant(),
        settings.TwoStep.RequiredFrom?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));

    private static DialsResource DialsOf(Dials dials, int accessTtl) => new(
        Seconds(dials.CodeLife), dials.Tries, dials.WaitFrom, Seconds(dials.FirstWait), Seconds(dials.LongestWait), Seconds(dials.SignInLife), Seconds(dials.SecondFactorLife),
        Seconds(dials.ResendGap), dials.TextsPerNumberAndHour, dials.TextsPerNumberAndDay, dials.TextsPerUserAndHour, accessTtl, Seconds(dials.SessionIdle), Seconds(dials.SessionLife),
        dials.DisableFrom, Seconds(dials.StepUpAge), dials.NewNumbersPerUserAndDay, Seconds(dials.RecoveryWait),
        dials.TextsPerDay, dials.TextsPerCountryAndDay, dials.TextsPerPrefixAndDay);

    private static GuessOddsResource Odds(Strategy strategy, Dials dials) =>
        new(strategy.Traits().Name, GuessOdds.GuessesInADay(dials), GuessOdds.InADay(dials, [new Authenticator(strategy, Guid.AllBitsSet)]));

    private static IReadOnlyList<string> Names(Choice<Strategy> strategies) => [.. strategies.Select(strategy => strategy.Traits().Name)];

    private static int Seconds(TimeSpan life) => (int)life.TotalSeconds;
}
