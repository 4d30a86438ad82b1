using Auth.Domain.Instances;
using Auth.Domain.SignIns;
using Auth.Specs.Given;
using CsCheck;

namespace Auth.Specs.Deciding;

/// <summary>No operator can turn a number beyond its ceiling (NIST SP 800-63B §3.1.3.2, §3.2.2; OWASP ASVS 5.0 6.5.5, 6.6, 7.3, 7.5), nor put together what does not go together.</summary>
public class BoundsSpecs : SettingsSpec
{
    private static TimeSpan Minutes(double minutes) => TimeSpan.FromMinutes(minutes);

    private static Settings Turned(Func<Dials, Dials> turn) => Settings.Shipped with { Dials = turn(Dials.Shipped) };

    /// <summary>Each number at its ceiling, and one step beyond it.</summary>
    private static readonly (string Field, Func<int, Settings> At, int Ceiling, int Beyond)[] Ceilings =
    [
        ("dials.otp_ttl",                      n => Turned(d => d with { CodeLife = Minutes(n) }),                                  10,  11),
        ("dials.otp_tries",                    n => Turned(d => d with { Tries = n }),                                               5,   6),
        ("dials.fail_wait_from",               n => Turned(d => d with { WaitFrom = n }),                                           20,  21),
        ("dials.fail_wait_first",              n => Turned(d => d with { FirstWait = TimeSpan.FromSeconds(n) }),                    30,  29),
        ("dials.fail_wait_longest",            n => Turned(d => d with { LongestWait = Minutes(n) }),                               60,  59),
        ("dials.fail_hard",                    n => Turned(d => d with { DisableFrom = n }),                                       100, 101),
        ("dials.sign_in_ttl",                  n => Turned(d => d with { SignInLife = Minutes(n) }),                                30,  31),
        ("dials.second_factor_ttl",            n => Turned(d => d with { SecondFactorLife = Minutes(n) }),                          10,  11),
        ("dials.step_up_ttl",                  n => Turned(d => d with { StepUpAge = Minutes(n) }),                                 15,  16),
        ("dials.resend_gap",                   n => Turned(d => d with { ResendGap = TimeSpan.FromSeconds(n) }),                    15,  14),
        ("dials.sends_per_number_and_hour",    n => Turned(d => d with { TextsPerNumberAndHour = n }),                              10,  11),
        ("dials.sends_per_number_and_day",     n => Turned(d => d with { TextsPerNumberAndDay = n }),                               20,  21),
        ("dials.sends_per_user_and_hour",      n => Turned(d => d with { TextsPerUserAndHour = n }),                                10,  11),
        ("dials.sends_per_day",                n => Turned(d => d with { TextsPerDay = n, TextsPerCountryAndDay = 1 }),         100_000, 100_001),
        ("dials.sends_per_country_and_day",    n => Turned(d => d with { TextsPerDay = 100_000, TextsPerCountryAndDay = n }),   100_000, 100_001),
        ("dials.sends_per_prefix_and_day",     n => Turned(d => d with { TextsPerPrefixAndDay = n }),                             1000,    1001),
        ("dials.new_numbers_per_user_and_day", n => Turned(d => d with { NewNumbersPerUserAndDay = n }),                             5,   6),
        ("dials.session_idle",                 n => Turned(d => d with { SessionIdle = TimeSpan.FromDays(n), SessionLife = TimeSpan.FromDays(30) }), 30, 31),
        ("dials.session_max",                  n => Turned(d => d with { SessionLife = TimeSpan.FromDays(n) }),                     30,  31),
        ("dials.recovery_wait",                n => Turned(d => d with { RecoveryWait = TimeSpan.FromDays(n) }),                    30,  31),
        ("password.min_length",                n => Required with { Passwords = new() { MinLength = n } },                           8,   7),
        ("retention.person_days",              n => Settings.Shipped with { Retention = new() { PersonDays = n } },                3650,  3651),
        ("trusted_devices.days",               n => Settings.Shipped with { TrustedDevices = new() { Days = n } },                  30,  31),
    ];

    [Fact]
    public void every_number_can_be_turned_up_to_its_ceiling() => Ceilings.Where(row => Faults.Of(row.At(row.Ceiling), "Because.").Length > 0).Select(row => row.Field).ShouldBeEmpty();

    [Fact]
    public void and_not_beyond_R14_R19_R66() =>
        Ceilings.Where(row => !Faults.Of(row.At(row.Beyond), "Because.").Any(fault => fault.Field == row.Field && fault.Kind is FaultKind.OutOfBounds)).Select(row => row.Field).ShouldBeEmpty();

    [Fact]
    public void every_bound_is_in_that_table() => Bounds.All.Select(bound => bound.Field).ShouldBe(Ceilings.Select(row => row.Field), ignoreOrder: true);

    /// <summary>Whoever adds a dial says here how far it may be turned.</summary>
    [Fact]
    public void every_dial_has_a_bound() =>
        typeof(Dials).GetProperties().Count(dial => dial.SetMethod is not null && dial.Name != nameof(Dials.CodeLifeWorthSending)).ShouldBe(Bounds.All.Count(bound => bound.Field.StartsWith("dials.", StringComparison.Ordinal)));

    [Fact]
    public void what_we_ship_is_faultless_without_a_reason() => Faults.Of(Settings.Shipped, null).ShouldBeEmpty();

    [Fact]
    public void somebody_must_be_able_to_sign_in() =>
        Given().When(Stage(Settings.Shipped with { FirstFactors = [] })).ThenRefused(SettingsRefusal.Faulty, new Fault("first_factors", FaultKind.Contradictory));

    [Fact]
    public void tickets_are_made_one_by_one_and_no_setting_offers_them() =>
        Given().When(Stage(Settings.Shipped with { FirstFactors = [Strategy.Password, Strategy.Ticket] })).ThenRefused(SettingsRefusal.Faulty, new Fault("first_factors", FaultKind.NotOffered));

    [Fact]
    public void what_is_required_must_be_possible() =>
        Given().When(Stage(Required with { SecondFactors = [] })).ThenRefused(SettingsRefusal.Faulty, new Fault("second_factors", FaultKind.Contradictory, With: "second_factor.policy"));

    [Fact]
    public void a_grace_date_is_for_what_is_required() =>
        Given().When(Stage(Settings.Shipped with { TwoStep = new() { RequiredFrom = NineOClock } }))
            .ThenRefused(SettingsRefusal.Faulty, new Fault("second_factor.required_from", FaultKind.Contradictory, With: "second_factor.policy"));

    [Fact]
    public void a_short_password_is_never_the_only_factor_R44()
    {
        var brief = new PasswordRules { MinLength = 14 };

        Given().When(Stage(Settings.Shipped with { Passwords = brief })).ThenRefused(SettingsRefusal.Faulty, new Fault("password.min_length", FaultKind.Contradictory, With: "second_factor.policy"));
        Given().When(Stage(Required with { Passwords = brief, TwoStep = Required.TwoStep with { RequiredFrom = NineOClock } }))
            .ThenRefused(SettingsRefusal.Faulty, new Fault("password.min_length", FaultKind.Contradictory, With: "second_factor.policy"));
        Given().When(Stage(Required with { Passwords = brief })).Then(Staged(Required with { Passwords = brief }));
    }

    [Fact]
    public void nobody_is_gone_after_a_holiday()
    {
        Given().When(Stage(Settings.Shipped with { Retention = new() { PersonDays = 29 } })).ThenRefused(SettingsRefusal.Faulty, new Fault("retention.person_days", FaultKind.Contradictory));
        Given().When(Stage(Settings.Shipped with { Retention = new() { PersonDays = 30 } })).Then(Staged(Settings.Shipped with { Retention = new() { PersonDays = 30 } }));
    }

    [Fact]
    public void a_strategy_is_used_only_for_what_it_can_do()
    {
        Given().When(Stage(Settings.Shipped with { SecondFactors = [Strategy.Password, Strategy.PhoneCode] })).ThenRefused(SettingsRefusal.Faulty, new Fault("second_factors", FaultKind.NotOffered));
    }

    [Fact]
    public void times_leave_room_for_each_other()
    {
        Faults.OfStaged(Turned(d => d with { SignInLife = Minutes(9) })).ShouldBe([new Fault("dials.second_factor_ttl", FaultKind.Contradictory, With: "dials.sign_in_ttl")]);
        Faults.OfStaged(Turned(d => d with { SessionLife = Minutes(30) })).ShouldBe([new Fault("dials.session_idle", FaultKind.Contradictory, With: "dials.session_max")]);
        Faults.OfStaged(Turned(d => d with { TextsPerNumberAndDay = 4 })).ShouldBe([new Fault("dials.sends_per_number_and_hour", FaultKind.Contradictory, With: "dials.sends_per_number_and_day")]);
        Faults.OfStaged(Turned(d => d with { TextsPerDay = 499 })).ShouldBe([new Fault("dials.sends_per_country_and_day", FaultKind.Contradictory, With: "dials.sends_per_day")]);
        Faults.OfStaged(Turned(d => d with { DisableFrom = 10 })).ShouldBe([new Fault("dials.fail_hard", FaultKind.Contradictory, With: "dials.fail_wait_from")]);
    }

    [Fact]
    public void everything_that_is_wrong_is_told_at_once() =>
        Faults.OfStaged(Turned(d => d with { Tries = 0, WaitFrom = 99 })).Select(fault => fault.Field).ShouldBe(["dials.otp_tries", "dials.fail_wait_from", "dials.fail_hard"]);

    private static readonly Gen<Settings> AnySettings = Gen.Select(
        Gen.Int[0, 120], Gen.Int[0, 12], Gen.Int[0, 45], Gen.Bool, Gen.Int[0, 40], Gen.Int[0, 3],
        (minutes, few, days, required, length, which) => Settings.Shipped with
        {
            TwoStep = new() { Policy = required ? TwoStepPolicy.Required : TwoStepPolicy.Optional },
            Passwords = new() { MinLength = length },
            TrustedDevices = new() { Days = days },
            Dials = which switch
            {
                0 => Dials.Shipped with { CodeLife = Minutes(minutes), Tries = few },
                1 => Dials.Shipped with { SessionLife = TimeSpan.FromDays(days), SessionIdle = Minutes(minutes) },
                2 => Dials.Shipped with { WaitFrom = few * 3, DisableFrom = minutes, ResendGap = TimeSpan.FromSeconds(minutes) },
                _ => Dials.Shipped,
            },
        });

    private static readonly Gen<Func<Instance, SettingsCommand>> AnyCommand = Gen.Select(AnySettings, Gen.Int[0, 9], Gen.Bool, (settings, what, reason) => new Func<Instance, SettingsCommand>(instance => what switch
    {
        < 4 => Stage(settings),
        4 => Discard,
        5 or 6 or 7 => Apply(instance.Number - (what == 7 ? 1 : 0), reason: reason ? "Because." : null),
        _ => Restore(what == 8 ? instance.Number - 1 : 0, instance.Number, reason ? "Because." : null),
    }));

    [Fact]
    public void no_sequence_of_commands_puts_in_force_a_value_beyond_its_ceiling()
    {
        var (applied, refused) = (0, 0);
        AnyCommand.Array[1, 40].Sample(commands =>
        {
            var instance = Instance.Initial;
            foreach (var ask in commands)
            {
                var decision = SettingsDecider.Decide(ask(instance), instance);
                if (decision.Refusal is not null) Interlocked.Increment(ref refused);
                foreach (var e in decision.Events.OfType<SettingsApplied>())
                {
                    Interlocked.Increment(ref applied);
                    Faults.Of(e.Settings, e.Reason).ShouldBeEmpty();
                    e.Version.ShouldBe(instance.Number + 1);
                }

                instance = decision.Events.Aggregate(instance, (i, e) => Instance.Evolve(i, e, NineOClock));
                Bounds.All.Where(bound => bound.Is(instance.InForce) < bound.Least || bound.Is(instance.InForce) > bound.Most).ShouldBeEmpty();
            }
        }, iter: 5_000);
        applied.ShouldBeGreaterThan(1_000);
        refused.ShouldBeGreaterThan(1_000);
    }
}
