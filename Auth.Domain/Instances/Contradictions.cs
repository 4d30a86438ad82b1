using Auth.Domain.SignIns;

namespace Auth.Domain.Instances;

/// <summary>Values that are possible alone and not together. Each row is a rule, and which field to blame with which other.</summary>
public static class Contradictions
{
    internal static IEnumerable<Fault> Of(Settings settings) =>
    [
        .. Rules.Where(rule => rule.Broken(settings)).Select(rule => new Fault(rule.Field, FaultKind.Contradictory, With: rule.With)),
        .. settings.FirstFactors.Any(strategy => strategy.Traits() is not { First: true, Begins: false }) ? [new Fault("first_factors", FaultKind.NotOffered)] : Array.Empty<Fault>(),
        .. settings.SecondFactors.Any(strategy => !strategy.Traits().Second) ? [new Fault("second_factors", FaultKind.NotOffered)] : Array.Empty<Fault>(),
    ];

    private static readonly (string Field, string? With, Func<Settings, bool> Broken)[] Rules =
    [
        // Somebody has to get in, and who must have two factors must be able to.
        ("first_factors",                   null,                            s => s.FirstFactors.Count == 0),
        ("second_factors",                  "second_factor.policy",          s => s.TwoStep.Policy is TwoStepPolicy.Required && !s.OffersEnrolment()),
        ("second_factor.required_from",     "second_factor.policy",          s => s.TwoStep.Policy is not TwoStepPolicy.Required && s.TwoStep.RequiredFrom is not null),

        // A short password is never alone (R44).
        ("password.min_length",             "second_factor.policy",          s => s.Passwords.MinLength < PasswordRules.FewestAlone && s.TwoStep is not { Policy: TwoStepPolicy.Required, RequiredFrom: null }),

        // Nobody is gone after a holiday.
        ("retention.person_days",           null,                            s => s.Retention.PersonDays is > 0 and < 30),

        // Times and numbers that leave room for each other.
        ("dials.second_factor_ttl",         "dials.sign_in_ttl",             s => s.Dials.SecondFactorLife > s.Dials.SignInLife),
        ("dials.otp_ttl",                   "dials.resend_gap",              s => s.Dials.CodeLife < s.Dials.CodeLifeWorthSending + s.Dials.ResendGap),
        ("dials.fail_wait_first",           "dials.fail_wait_longest",       s => s.Dials.FirstWait > s.Dials.LongestWait),
        ("dials.fail_hard",                 "dials.fail_wait_from",          s => s.Dials.DisableFrom <= s.Dials.WaitFrom),
        ("dials.session_idle",              "dials.session_max",             s => s.Dials.SessionIdle > s.Dials.SessionLife),
        ("dials.sends_per_country_and_day", "dials.sends_per_day",           s => s.Dials.TextsPerCountryAndDay > s.Dials.TextsPerDay),
        ("dials.sends_per_number_and_hour", "dials.sends_per_number_and_day", s => s.Dials.TextsPerNumberAndHour > s.Dials.TextsPerNumberAndDay),
    ];
}
