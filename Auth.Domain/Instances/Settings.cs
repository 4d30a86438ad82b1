using Auth.Domain.SignIns;

namespace Auth.Domain.Instances;

/// <summary>
/// What the operator decides, whole. They are in events for ever: a member may be added, and what was told before it was there reads as shipped.
/// Which values are possible stands in <see cref="Bounds"/>, which belong together in <see cref="Contradictions"/>.
/// </summary>
public sealed record Settings
{
    /// <summary>In force until an operator applies others: version 0.</summary>
    public static Settings Shipped { get; } = new();

    /// <summary>2-step verification.</summary>
    public TwoStep TwoStep { get; init; } = new();

    /// <summary>What may prove somebody first.</summary>
    public Choice<Strategy> FirstFactors { get; init; } = [Strategy.Password, Strategy.EmailCode, Strategy.PhoneCode, Strategy.ResetPasswordEmailCode, Strategy.ResetPasswordPhoneCode, Strategy.Passkey];

    /// <summary>What may prove them a second time: enrolled, or standing in for what is.</summary>
    public Choice<Strategy> SecondFactors { get; init; } = [Strategy.PhoneCode, Strategy.Totp, Strategy.BackupCode, Strategy.Passkey];

    /// <summary>The numbers: lives, limits, waits.</summary>
    public Dials Dials { get; init; } = Dials.Shipped;

    /// <summary>Countries that are texted besides the operator's own (ISO 3166, two capital letters); all others are closed (R57).</summary>
    public Choice<string> SmsCountries { get; init; } = [];

    /// <summary>What happens to texts that look like fraud (R56).</summary>
    public SmsFraudRule SmsFraud { get; init; }

    /// <summary>What a new password must be like.</summary>
    public PasswordRules Passwords { get; init; } = new();

    /// <summary>A client has one session: a new one ends the one before.</summary>
    public bool SingleSession { get; init; } = true;

    /// <summary>Whether a device may be spared the second factor for a while.</summary>
    public TrustedDevices TrustedDevices { get; init; } = new();

    /// <summary>How long people are kept of whom nothing is heard.</summary>
    public Retention Retention { get; init; } = new();

    /// <summary>Origins of apps whose browsers' cookies count, besides the configured ones.</summary>
    public Choice<string> AllowedOrigins { get; init; } = [];

    /// <summary>Addresses that an answer may send a browser to, besides those of allowed origins.</summary>
    public Choice<string> RedirectUrls { get; init; } = [];

    /// <summary>What people see.</summary>
    public Branding Branding { get; init; } = new();

    /// <summary>Whether people make accounts by themselves. Null: as configured.</summary>
    public SignUpRule? SignUp { get; init; }

    /// <summary>Whether the password is a first factor: then everybody who signs up chooses one, else nobody does.</summary>
    public bool AsksPassword() => FirstFactors.Contains(Strategy.Password);

    /// <summary>Whether somebody who signs up with that kind of identifier, and proves it, can sign in again.</summary>
    public bool MaySignUpWith(IdentifierKind kind) =>
        kind is not IdentifierKind.Passkey && (AsksPassword() || Strategies.FirstFor(kind).Any(strategy => !strategy.Traits().Resets && strategy.Traits().Prepared && FirstFactors.Contains(strategy)));

    /// <summary>Whether there are sign-ups; <paramref name="configured"/> holds where nothing is set. Who could never come back is not let in.</summary>
    public bool OpensSignUp(SignUpRule configured) =>
        (SignUp ?? configured) is SignUpRule.Open && (MaySignUpWith(IdentifierKind.EmailAddress) || MaySignUpWith(IdentifierKind.PhoneNumber));

    /// <summary>Whether somebody without a second factor has to enrol one before their session is whole.</summary>
    public bool DemandsSecondFactor(DateTimeOffset now) => TwoStep.Policy is TwoStepPolicy.Required && !(now < TwoStep.RequiredFrom);

    /// <summary>Whether a second factor may be enrolled with this. Who has one is asked for it whatever the policy says (R04).</summary>
    public bool MayEnrol(Strategy strategy) => TwoStep.Policy is not TwoStepPolicy.Off && SecondFactors.Contains(strategy);

    /// <summary>Whether there is anything that makes somebody have a second factor; what only stands in for one does not.</summary>
    public bool OffersEnrolment() => SecondFactors.Any(strategy => !strategy.Traits().StandsIn);

    /// <summary>Whether texts are asked for and none can go anywhere: no country is open.</summary>
    public bool TextsNobody(string? home) => home is null && SmsCountries.Count == 0 && FirstFactors.Concat(SecondFactors).Any(strategy => strategy.Traits().By is Channel.Text);

    /// <summary>Whether numbers of a country are texted; <paramref name="home"/> is the operator's own.</summary>
    public bool MayText(string? country, string? home) => country is not null && (country == home || SmsCountries.Contains(country));
}

/// <summary>What the operator wants of 2-step verification.</summary>
public enum TwoStepPolicy
{
    /// <summary>Who wants to, enrols.</summary>
    Optional,

    /// <summary>Nobody enrols; who has a second factor is still asked for it.</summary>
    Off,

    /// <summary>Everybody enrols.</summary>
    Required,
}

/// <summary>Whether people make accounts by themselves.</summary>
public enum SignUpRule
{
    /// <summary>They do.</summary>
    Open,

    /// <summary>Only the operator makes accounts.</summary>
    Closed,
}

/// <summary>What happens to a text beyond the limits per country and per block of numbers.</summary>
public enum SmsFraudRule
{
    /// <summary>It leaves, and its fact says that it would not have.</summary>
    RecordOnly,

    /// <summary>It does not leave.</summary>
    Enforce,
}

/// <summary>2-step verification.</summary>
public sealed record TwoStep
{
    /// <summary>Off, optional or required.</summary>
    public TwoStepPolicy Policy { get; init; }

    /// <summary>Where it is required: from then on. Null: at once.</summary>
    public DateTimeOffset? RequiredFrom { get; init; }
}

/// <summary>What a new password must be like (R44). Old ones stay good.</summary>
public sealed record PasswordRules
{
    /// <summary>The shortest one that may be somebody's only factor (R44).</summary>
    public const int FewestAlone = 15;

    /// <summary>Code points at least.</summary>
    public int MinLength { get; init; } = FewestAlone;
}

/// <summary>Devices that are spared the second factor after a whole sign-in (R66).</summary>
public sealed record TrustedDevices
{
    /// <summary>Whether there are such.</summary>
    public bool On { get; init; }

    /// <summary>For how long.</summary>
    public int Days { get; init; } = 30;

    internal TimeSpan Life => TimeSpan.FromDays(Days);
}

/// <summary>How long people are kept. Their keys are destroyed after it, as with every erasure; what happened stays told.</summary>
public sealed record Retention
{
    /// <summary>Days since they were heard of last: a session used, the account changed. 0: for ever.</summary>
    public int PersonDays { get; init; }

    /// <summary>The last moment at which nothing heard is long enough ago; null where people are kept for ever.</summary>
    public DateTimeOffset? Before(DateTimeOffset now) => PersonDays > 0 ? now.AddDays(-PersonDays) : null;
}

/// <summary>What people see. Null: as configured, or as we draw it.</summary>
public sealed record Branding
{
    /// <summary>How the service calls itself: 1 to 20 letters, digits and spaces (R26).</summary>
    public string? Name { get; init; }

    /// <summary>A picture, over https.</summary>
    public string? LogoUrl { get; init; }

    /// <summary>Of buttons and links: <c>#rrggbb</c>.</summary>
    public string? PrimaryColor { get; init; }

    /// <summary>Of the page: <c>#rrggbb</c>.</summary>
    public string? BackgroundColor { get; init; }
}
