namespace Auth.Host.Instances;

/// <summary>Settings as they are read and written; what is left out of a change stays, <c>null</c> is as shipped.</summary>
public record SettingsBody
{
    /// <summary>2-step verification.</summary>
    public required SecondFactorSetting SecondFactor { get; init; }

    /// <summary>Strategies that may prove somebody first.</summary>
    public required IReadOnlyList<string> FirstFactors { get; init; }

    /// <summary>Strategies that may prove them a second time.</summary>
    public required IReadOnlyList<string> SecondFactors { get; init; }

    /// <summary>The numbers the rules run on.</summary>
    public required DialsResource Dials { get; init; }

    /// <summary>What a new password must be like.</summary>
    public required PasswordSetting Password { get; init; }

    /// <summary>Whether people make accounts by themselves.</summary>
    public required SignUpSetting SignUp { get; init; }

    /// <summary>How many sessions a client has.</summary>
    public required SessionSetting Session { get; init; }

    /// <summary>Where texts go.</summary>
    public required SmsSetting Sms { get; init; }

    /// <summary>Devices that are spared the second factor.</summary>
    public required TrustedDevicesSetting TrustedDevices { get; init; }

    /// <summary>How long people are kept.</summary>
    public required RetentionSetting Retention { get; init; }

    /// <summary>Origins of apps, besides the configured ones.</summary>
    public required IReadOnlyList<string> AllowedOrigins { get; init; }

    /// <summary>Addresses that a browser may be sent to, besides those of allowed origins.</summary>
    public required IReadOnlyList<string> RedirectUrls { get; init; }

    /// <summary>What people see.</summary>
    public required BrandingSetting Branding { get; init; }
}

/// <summary>The settings in force, and those that are written down for later.</summary>
public sealed record SettingsResource : SettingsBody
{
    /// <summary><c>instance_settings</c>.</summary>
    public required string Object { get; init; }

    /// <summary>0 as shipped; each <i>Apply</i> makes the next one. Also the <c>ETag</c>.</summary>
    public required long Version { get; init; }

    /// <summary>What <i>Apply</i> would put in force; null when nothing is written down.</summary>
    public required StagedResource? Staged { get; init; }

    /// <summary>How likely codes are guessed under the dials in force; not to be written.</summary>
    public required IReadOnlyList<GuessOddsResource> GuessOdds { get; init; }
}

/// <summary>The worst case for one account and one strategy, for whoever knows everything but the code.</summary>
/// <param name="GuessesInADay">Guesses that are compared at most.</param>
/// <param name="ChanceInADay">That one of them is right.</param>
public sealed record GuessOddsResource(string Strategy, int GuessesInADay, double ChanceInADay);

/// <summary>2-step verification: off, optional or required.</summary>
/// <param name="Required">Whether it is required now; not to be written.</param>
/// <param name="RequiredFrom">With <c>required</c>: only from then on (RFC 3339).</param>
public sealed record SecondFactorSetting(bool Required, string Policy, string? RequiredFrom);

/// <summary>The numbers the rules run on; times in seconds.</summary>
/// <param name="AccessTtl">How long a session token lives; configured, not to be written.</param>
public sealed record DialsResource(
    int OtpTtl, int OtpTries, int FailWaitFrom, int FailWaitFirst, int FailWaitLongest, int SignInTtl, int SecondFactorTtl,
    int ResendGap, int SendsPerNumberAndHour, int SendsPerNumberAndDay, int SendsPerUserAndHour, int AccessTtl, int SessionIdle, int SessionMax,
    int FailHard, int StepUpTtl, int NewNumbersPerUserAndDay, int RecoveryWait, int SendsPerDay, int SendsPerCountryAndDay, int SendsPerPrefixAndDay);

/// <summary>What a new password must be like.</summary>
public sealed record PasswordSetting(int MinLength);

/// <summary>Whether people make accounts by themselves.</summary>
/// <param name="Mode"><c>open</c> or <c>closed</c>; null is as configured (<c>Auth:SignUp</c>).</param>
/// <param name="Open">Whether they do now; not to be written.</param>
public sealed record SignUpSetting(string? Mode, bool Open);

/// <summary>How many sessions a client has.</summary>
public sealed record SessionSetting(bool SingleSessionMode);

/// <summary>Where texts go: countries as two capital letters (ISO 3166).</summary>
/// <param name="HomeCountry">Always open; configured, not to be written.</param>
/// <param name="FraudRule"><c>record_only</c> or <c>enforce</c>: what the limits per country and per block of numbers do.</param>
public sealed record SmsSetting(IReadOnlyList<string> Countries, string? HomeCountry, string FraudRule);

/// <summary>Devices that are spared the second factor for some days.</summary>
public sealed record TrustedDevicesSetting(bool Enabled, int Days);

/// <summary>How long people are kept of whom nothing is heard.</summary>
/// <param name="PersonDays">0: for ever; else 30 to 3650.</param>
public sealed record RetentionSetting(int PersonDays);

/// <summary>What people see; null is as configured, or as we draw it.</summary>
public sealed record BrandingSetting(string? Name, string? LogoUrl, string? PrimaryColor, string? BackgroundColor);

/// <summary>Settings that are written down and not in force.</summary>
/// <param name="Revision">Which staging it is.</param>
/// <param name="At">Milliseconds since 1970.</param>
/// <param name="By">The short id of the secret key that was used.</param>
public sealed record StagedResource(long Revision, long At, string By, IReadOnlyList<SettingChange> Diff);

/// <summary>A version that was put in force.</summary>
/// <param name="At">Milliseconds since 1970.</param>
/// <param name="By">The short id of the secret key that was used.</param>
/// <param name="Diff">Against the version before.</param>
public sealed record SettingsVersionResource(string Object, long Version, long At, string By, string? Reason, long? RestoredFrom, IReadOnlyList<SettingChange> Diff);
