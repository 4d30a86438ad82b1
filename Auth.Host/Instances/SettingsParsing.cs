using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Auth.Domain;
using Auth.Domain.Instances;
using Auth.Domain.SignIns;
using Auth.Host.Http;
using PhoneNumbers;

namespace Auth.Host.Instances;

/// <summary>A body of settings on its way in: texts become what they mean. What means nothing is named, field by field; which values are possible is for the domain to say.</summary>
public sealed partial class SettingsParsing(ICollection<ProblemAnswer> wrong)
{
    /// <summary>The settings, of which those fields that are wrong are as shipped.</summary>
    public static Settings Read(JsonObject merged, ICollection<ProblemAnswer> wrong)
    {
        var whole = merged.DeepClone().AsObject();
        whole["second_factor"]!["required"] = false;
        whole["dials"]!["access_ttl"] = 0;
        whole["sign_up"]!["open"] = false;
        return new SettingsParsing(wrong).Of(whole.Deserialize<SettingsBody>(SettingsDrawing.Wire)!);
    }

    private Settings Of(SettingsBody body) => new()
    {
        TwoStep = new() { Policy = Policy(body.SecondFactor.Policy), RequiredFrom = body.SecondFactor.RequiredFrom is { } from ? Instant("second_factor.required_from", from) : null },
        FirstFactors = Each("first_factors", body.FirstFactors, name => Strategies.Named(name)),
        SecondFactors = Each("second_factors", body.SecondFactors, name => Strategies.Named(name)),
        Dials = DialsOf(body.Dials),
        Passwords = new() { MinLength = body.Password.MinLength },
        SignUp = body.SignUp.Mode is { } mode ? SignUp(mode) : null,
        SingleSession = body.Session.SingleSessionMode,
        SmsCountries = EachText("sms.countries", body.Sms.Countries, country => PhoneNumberUtil.GetInstance().GetSupportedRegions().Contains(country) ? country : null),
        SmsFraud = Fraud(body.Sms.FraudRule),
        TrustedDevices = new() { On = body.TrustedDevices.Enabled, Days = body.TrustedDevices.Days },
        Retention = new() { PersonDays = body.Retention.PersonDays },
        AllowedOrigins = EachText("allowed_origins", body.AllowedOrigins, FrontDoor.Origin),
        RedirectUrls = EachText("redirect_urls", body.RedirectUrls, Redirect),
        Branding = new()
        {
            Name = Plain("branding.name", body.Branding.Name, InstanceOptions.Plain()),
            LogoUrl = Plain("branding.logo_url", body.Branding.LogoUrl, Https()),
            PrimaryColor = Plain("branding.primary_color", body.Branding.PrimaryColor, Color()),
            BackgroundColor = Plain("branding.background_color", body.Branding.BackgroundColor, Color()),
        },
    };

    private static Dials DialsOf(DialsResource dials) => Dials.Shipped with
    {
        CodeLife = TimeSpan.FromSeconds(dials.OtpTtl),
        Tries = dials.OtpTries,
        WaitFrom = dials.FailWaitFrom,
        FirstWait = TimeSpan.FromSeconds(dials.FailWaitFirst),
        LongestWait = TimeSpan.FromSeconds(dials.FailWaitLongest),
        DisableFrom = dials.FailHard,
        SignInLife = TimeSpan.FromSeconds(dials.SignInTtl),
        SecondFactorLife = TimeSpan.FromSeconds(dials.SecondFactorTtl),
        StepUpAge = TimeSpan.FromSeconds(dials.StepUpTtl),
        ResendGap = TimeSpan.FromSeconds(dials.ResendGap),
        TextsPerNumberAndHour = dials.SendsPerNumberAndHour,
        TextsPerNumberAndDay = dials.SendsPerNumberAndDay,
        TextsPerUserAndHour = dials.SendsPerUserAndHour,
        TextsPerDay = dials.SendsPerDay,
        TextsPerCountryAndDay = dials.SendsPerCountryAndDay,
        TextsPerPrefixAndDay = dials.SendsPerPrefixAndDay,
        NewNumbersPerUserAndDay = dials.NewNumbersPerUserAndDay,
        SessionIdle = TimeSpan.FromSeconds(dials.SessionIdle),
        SessionLife = TimeSpan.FromSeconds(dials.SessionMax),
        RecoveryWait = TimeSpan.FromSeconds(dials.RecoveryWait),
    };

    private TwoStepPolicy Policy(string policy) => policy switch
    {
        "off"      => TwoStepPolicy.Off,
        "optional" => TwoStepPolicy.Optional,
        "required" => TwoStepPolicy.Required,
        _          => Say(Problems.FieldUnknownValue, "second_factor.policy", TwoStepPolicy.Optional),
    };

    private SignUpRule? SignUp(string mode) => mode switch
    {
        "open"   => SignUpRule.Open,
        "closed" => SignUpRule.Closed,
        _        => Say<SignUpRule?>(Problems.FieldUnknownValue, "sign_up.mode", null),
    };

    private SmsFraudRule Fraud(string rule) => rule switch
    {
        "record_only" => SmsFraudRule.RecordOnly,
        "enforce"     => SmsFraudRule.Enforce,
        _             => Say(Problems.FieldUnknownValue, "sms.fraud_rule", SmsFraudRule.RecordOnly),
    };

    private DateTimeOffset? Instant(string field, string text) =>
        DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            ? at
            : Say<DateTimeOffset?>(Problems.FieldMalformed, field, null);

    private Choice<T> Each<T>(string field, IReadOnlyList<string> texts, Func<string, T?> read) where T : struct =>
        texts.Select(read).ToList() is var all && all.Contains(null) ? Say<Choice<T>>(Problems.FieldUnknownValue, field, []) : Choice.Of<T>([.. all.Select(value => value!.Value)]);

    private Choice<string> EachText(string field, IReadOnlyList<string> texts, Func<string, string?> read) =>
        texts.Select(read).ToList() is var all && all.Contains(null) ? Say<Choice<string>>(Problems.FieldUnknownValue, field, []) : Choice.Of<string>([.. all!]);

    private string? Plain(string field, string? text, Regex form) => text is null || form.IsMatch(text) ? text : Say<string?>(Problems.FieldMalformed, field, null);

    private T Say<T>(Problem problem, string field, T instead)
    {
        wrong.Add(problem.About(field));
        return instead;
    }

    private static string? Redirect(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri is { UserInfo: "", Fragment: "", Host.Length: > 0 } ? uri.AbsoluteUri : null;

    [GeneratedRegex(@"\Ahttps://[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]{1,500}\z")]
    private static partial Regex Https();

    [GeneratedRegex(@"\A#[0-9A-Fa-f]{6}\z")]
    private static partial Regex Color();
}
