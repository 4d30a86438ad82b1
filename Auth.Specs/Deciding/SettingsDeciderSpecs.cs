using Auth.Domain.Instances;
using Auth.Domain.SignIns;
using Auth.Specs.Given;

namespace Auth.Specs.Deciding;

/// <summary>What is asked of an operator's settings, and what happens to them.</summary>
public class SettingsDeciderSpecs : SettingsSpec
{
    [Fact]
    public void a_change_is_written_down_first() =>
        Given().When(Stage(Required)).Then(Staged(Required));

    [Fact]
    public void what_is_written_down_is_not_in_force() =>
        Fold(Staged(Required)).InForce.ShouldBe(Settings.Shipped);

    [Fact]
    public void a_second_change_takes_the_place_of_the_first() =>
        Given(Staged(Required)).When(Stage(Brief)).Then(Staged(Brief));

    [Fact]
    public void the_same_change_is_told_once() =>
        Given(Staged(Required)).When(Stage(Required)).ThenNothing();

    [Fact]
    public void what_is_in_force_already_is_no_change() =>
        Given().When(Stage(Settings.Shipped)).ThenNothing();

    [Fact]
    public void a_change_back_to_what_is_in_force_leaves_nothing_written_down() =>
        Given(Staged(Required)).When(Stage(Settings.Shipped)).Then(new SettingsDiscarded(Key));

    [Fact]
    public void what_is_written_down_can_be_thrown_away_once()
    {
        Given(Staged(Required)).When(Discard).Then(new SettingsDiscarded(OtherKey));
        Given().When(Discard).ThenNothing();
    }

    [Fact]
    public void applying_puts_it_in_force_and_says_who_and_why() =>
        Given(Staged(Required)).When(Apply(0, reason: "The auditors asked.")).Then(new SettingsApplied(1, Required, OtherKey, "The auditors asked.", null));

    [Fact]
    public void each_apply_makes_the_next_version() =>
        Given(Staged(Required), Applied(1, Required), Staged(Brief)).When(Apply(1)).Then(Applied(2, Brief));

    [Fact]
    public void after_an_apply_nothing_is_written_down() =>
        Given(Staged(Required), Applied(1, Required)).When(Apply(1)).ThenRefused(SettingsRefusal.NothingStaged);

    [Fact]
    public void what_was_thrown_away_is_not_applied() =>
        Given(Staged(Required), new SettingsDiscarded(Key)).When(Apply(0)).ThenRefused(SettingsRefusal.NothingStaged);

    [Fact]
    public void who_looked_at_another_version_applies_nothing() =>
        Given(Staged(Required), Applied(1, Required), Staged(Brief)).When(Apply(0)).ThenRefused(SettingsRefusal.VersionMismatch);

    [Fact]
    public void who_looked_at_another_staging_applies_nothing() =>
        Given(Staged(Required), Staged(Brief)).When(Apply(0, revision: 1)).ThenRefused(SettingsRefusal.VersionMismatch);

    [Fact]
    public void stagings_are_counted_over_what_was_thrown_away() =>
        Given(Staged(Required), new SettingsDiscarded(Key), Staged(Required)).When(Apply(0, revision: 2)).Then(Applied(1, Required));

    [Fact]
    public void an_earlier_version_is_restored_at_once() =>
        Given(Applied(1, Required), Applied(2, Brief)).When(Restore(1, 2)).Then(new SettingsApplied(3, Required, Key, null, 1));

    [Fact]
    public void what_we_ship_is_a_version_too() =>
        Given(Applied(1, Required)).When(Restore(0, 1)).Then(new SettingsApplied(2, Settings.Shipped, Key, null, 0));

    [Fact]
    public void restoring_what_is_in_force_changes_nothing() =>
        Given(Applied(1, Required)).When(Restore(1, 1)).ThenNothing();

    [Fact]
    public void restoring_throws_away_what_is_written_down() =>
        Given(Applied(1, Required), Staged(Brief), new SettingsApplied(2, Settings.Shipped, Key, null, 0)).When(Apply(2)).ThenRefused(SettingsRefusal.NothingStaged);

    [Fact]
    public void a_version_that_never_was_cannot_be_restored() =>
        Given(Applied(1, Required)).When(Restore(2, 1)).ThenRefused(SettingsRefusal.UnknownVersion);

    [Fact]
    public void who_looked_at_another_version_restores_nothing() =>
        Given(Applied(1, Required)).When(Restore(0, 0)).ThenRefused(SettingsRefusal.VersionMismatch);

    [Fact]
    public void a_session_of_a_week_needs_a_reason_when_it_is_applied_R71()
    {
        Given().When(Stage(AWeek)).Then(Staged(AWeek));
        Given(Staged(AWeek)).When(Apply(0)).ThenRefused(SettingsRefusal.Faulty, new Fault("dials.session_max", FaultKind.ReasonNeeded, 300, 86400));
        Given(Staged(AWeek)).When(Apply(0, reason: " ")).ThenRefused(SettingsRefusal.Faulty, new Fault("dials.session_max", FaultKind.ReasonNeeded, 300, 86400));
        Given(Staged(AWeek)).When(Apply(0, reason: "A kiosk.")).Then(Applied(1, AWeek, "A kiosk."));
    }

    /// <summary>A release may lower a ceiling: what was written down or in force before it is looked at again.</summary>
    [Fact]
    public void what_an_older_release_took_is_looked_at_again()
    {
        var lax = Settings.Shipped with { Dials = Dials.Shipped with { Tries = 6 } };
        var fault = new Fault("dials.otp_tries", FaultKind.OutOfBounds, 1, 5);

        Given(Staged(lax)).When(Apply(0)).ThenRefused(SettingsRefusal.Faulty, fault);
        Given(Applied(1, lax), Applied(2, Settings.Shipped)).When(Restore(1, 2)).ThenRefused(SettingsRefusal.Faulty, fault);
    }

    [Fact]
    public void who_is_required_from_a_date_on_is_not_asked_before_it()
    {
        var later = Settings.Shipped with { TwoStep = new() { Policy = TwoStepPolicy.Required, RequiredFrom = NineOClock } };

        later.DemandsSecondFactor(NineOClock.AddSeconds(-1)).ShouldBeFalse();
        later.DemandsSecondFactor(NineOClock).ShouldBeTrue();
        Required.DemandsSecondFactor(NineOClock).ShouldBeTrue();
        Settings.Shipped.DemandsSecondFactor(NineOClock).ShouldBeFalse();
    }

    [Fact]
    public void off_stops_enrolment() =>
        (Settings.Shipped with { TwoStep = new() { Policy = TwoStepPolicy.Off } }).MayEnrol(Strategy.PhoneCode).ShouldBeFalse();

    [Theory]
    [InlineData("SE", "SE", true)]
    [InlineData("NO", "SE", true)]
    [InlineData("DK", "SE", false)]
    [InlineData("SE", null, false)]
    [InlineData(null, null, false)]
    public void only_the_operators_country_and_those_listed_are_texted_R57(string? country, string? home, bool texted) =>
        (Settings.Shipped with { SmsCountries = ["NO"] }).MayText(country, home).ShouldBe(texted);
}
