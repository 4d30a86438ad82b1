namespace Auth.Domain.Instances;

/// <summary>How far a number may be turned, both ends included. Times are in seconds.</summary>
/// <param name="Field">Its name on the wire.</param>
/// <param name="Freely">Where it is set: beyond it somebody has to say why.</param>
public sealed record Bound(string Field, Func<Settings, double> Is, int Least, int Most, int? Freely = null)
{
    internal IEnumerable<Fault> Faults(Settings settings) =>
        Is(settings) is var value && value >= Least && value <= Most ? [] : [new Fault(Field, FaultKind.OutOfBounds, Least, Most)];

    internal IEnumerable<Fault> Reasonless(Settings settings) =>
        Is(settings) is var value && (value > Freely || value < FreelyFrom) ? [new Fault(Field, FaultKind.ReasonNeeded, FreelyFrom ?? Least, Freely ?? Most)] : [];

    /// <summary>Below it, too, somebody has to say why.</summary>
    public int? FreelyFrom { get; init; }
}

/// <summary>The table of bounds: NIST SP 800-63B §3.1.3.2, §3.2.2, OWASP ASVS 5.0 6.5.5, 6.6, 7.3, 7.5, and our own.</summary>
public static class Bounds
{
    private const int Minute = 60, Hour = 3600, Day = 86400;

    /// <summary>One row per number.</summary>
    public static IReadOnlyList<Bound> All { get; } =
    [
        new("dials.otp_ttl",                         s => s.Dials.CodeLife.TotalSeconds,         Least: 3 * Minute,   Most: 10 * Minute),
        new("dials.otp_tries",                       s => s.Dials.Tries,                         Least: 1,            Most: 5),
        new("dials.fail_wait_from",                  s => s.Dials.WaitFrom,                      Least: 3,            Most: 20),
        new("dials.fail_wait_first",                 s => s.Dials.FirstWait.TotalSeconds,        Least: 30,           Most: Hour),
        new("dials.fail_wait_longest",               s => s.Dials.LongestWait.TotalSeconds,      Least: Hour,         Most: Day),
        new("dials.fail_hard",                       s => s.Dials.DisableFrom,                   Least: 10,           Most: 100),
        new("dials.sign_in_ttl",                     s => s.Dials.SignInLife.TotalSeconds,       Least: 5 * Minute,   Most: 30 * Minute),
        new("dials.second_factor_ttl",               s => s.Dials.SecondFactorLife.TotalSeconds, Least: 3 * Minute,   Most: 10 * Minute),
        new("dials.step_up_ttl",                     s => s.Dials.StepUpAge.TotalSeconds,        Least: Minute,       Most: 15 * Minute),
        new("dials.resend_gap",                      s => s.Dials.ResendGap.TotalSeconds,        Least: 15,           Most: Minute),
        new("dials.sends_per_number_and_hour",       s => s.Dials.TextsPerNumberAndHour,         Least: 1,            Most: 10),
        new("dials.sends_per_number_and_day",        s => s.Dials.TextsPerNumberAndDay,          Least: 1,            Most: 20),
        new("dials.sends_per_user_and_hour",         s => s.Dials.TextsPerUserAndHour,           Least: 1,            Most: 10),
        new("dials.sends_per_day",                   s => s.Dials.TextsPerDay,                   Least: 1,            Most: 100_000),
        new("dials.sends_per_country_and_day",       s => s.Dials.TextsPerCountryAndDay,         Least: 1,            Most: 100_000),
        new("dials.sends_per_prefix_and_day",        s => s.Dials.TextsPerPrefixAndDay,          Least: 1,            Most: 1000),
        new("dials.new_numbers_per_user_and_day",    s => s.Dials.NewNumbersPerUserAndDay,       Least: 1,            Most: 5),
        new("dials.session_idle",                    s => s.Dials.SessionIdle.TotalSeconds,      Least: Minute,       Most: 30 * Day,    Freely: Hour),
        new("dials.session_max",                     s => s.Dials.SessionLife.TotalSeconds,      Least: 5 * Minute,   Most: 30 * Day,    Freely: Day),
        new("dials.recovery_wait",                   s => s.Dials.RecoveryWait.TotalSeconds,     Least: 0,            Most: 30 * Day)     { FreelyFrom = Hour },
        new("password.min_length",                   s => s.Passwords.MinLength,                 Least: 8,            Most: 64),
        new("retention.person_days",                 s => s.Retention.PersonDays,                Least: 0,            Most: 3650),
        new("trusted_devices.days",                  s => s.TrustedDevices.Days,                 Least: 1,            Most: 30),
    ];
}
