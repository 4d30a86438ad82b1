namespace Auth.Domain.SignIns;

/// <summary>The numbers the rules run on, as shipped. Ceilings and sources: NIST SP 800-63B, OWASP ASVS 5.0 6.5, 6.6.</summary>
public sealed record Dials
{
    /// <summary>What a host uses when nobody changed anything.</summary>
    public static Dials Shipped { get; } = new();

    /// <summary>SIGNIN_TTL: a whole sign-in.</summary>
    public TimeSpan SignInLife { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>SIGNIN_TTL: between first and second factor.</summary>
    public TimeSpan SecondFactorLife { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>OTP_TTL: a texted code.</summary>
    public TimeSpan CodeLife { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A code with less life left is not sent again, the next one is.</summary>
    public TimeSpan CodeLifeWorthSending { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>RESEND_GAP: asked again within it, no text leaves.</summary>
    public TimeSpan ResendGap { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>OTP_TRIES: wrong guesses per sign-in and authenticator; a resend does not reset it.</summary>
    public int Tries { get; init; } = 5;

    /// <summary>FAIL_WAIT: the failure in a row, over all sign-ins, at which waits begin.</summary>
    public int WaitFrom { get; init; } = 10;

    /// <summary>FAIL_WAIT: the first wait, doubled by each further failure …</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>… up to this one.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromHours(1);

    /// <summary>FAIL_HARD: failures in a row after which an authenticator is disabled until it is bound again.</summary>
    public int DisableFrom { get; init; } = 50;

    /// <summary>NEW_NUMBERS: unverified numbers a person may try in a day.</summary>
    public int NewNumbersPerUserAndDay { get; init; } = 3;

    /// <summary>Texts to one number in an hour.</summary>
    public int TextsPerNumberAndHour { get; init; } = 5;

    /// <summary>Texts to one number in a day.</summary>
    public int TextsPerNumberAndDay { get; init; } = 10;

    /// <summary>Texts to one person in an hour.</summary>
    public int TextsPerUserAndHour { get; init; } = 5;

    /// <summary>SESSION_MAX.</summary>
    public TimeSpan SessionLife { get; init; } = TimeSpan.FromHours(24);

    /// <summary>SESSION_IDLE.</summary>
    public TimeSpan SessionIdle { get; init; } = TimeSpan.FromHours(1);

    /// <summary>STEP_UP: how old the last proof may be when somebody changes their own factors.</summary>
    public TimeSpan StepUpAge { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a person waits after so many failures in a row, or zero.</summary>
    public TimeSpan WaitAfter(int failures) =>
        failures < WaitFrom ? TimeSpan.Zero
        : TimeSpan.FromTicks((long)Math.Min(FirstWait.Ticks * Math.Pow(2, failures - WaitFrom), LongestWait.Ticks));
}
