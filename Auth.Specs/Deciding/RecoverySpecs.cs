using Auth.Domain.Instances;
using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Specs.Given;
using static Auth.Specs.Given.People;

namespace Auth.Specs.Deciding;

/// <summary>An operator recovers somebody who lost their second factors: begun, waited for, done, and enrolled anew (R65).</summary>
public class RecoverySpecs : UserSpec
{
    private static readonly Guid Once = Id(0x4E), Twice = Id(0x4F);
    private static readonly DateTimeOffset Tomorrow = NineOClock.AddDays(1);
    private static readonly StartRecovery Start = new(Once, Tomorrow, "key_0a", Hidden);
    private static readonly RecoveryStarted Started = new(Once, Tomorrow, "key_0a", Hidden);
    private static readonly User Waiting = AnnWithEverything.And(Started);
    private static readonly UserEvent[] AllGone = [new ReleasedFromSecondFactor(AnnsPhone), new AuthenticatorAppRemoved(AnnsApp), new PasskeyRemoved(AnnsKey), new BackupCodesRemoved(AnnsCodes), new Recovered(Once)];

    [Fact]
    public void it_begins_and_takes_nothing_away_yet_R65()
    {
        Given(AnnWithEverything).When(Start).Then(Started);
        Waiting.HasSecondFactor.ShouldBeTrue();
        Waiting.Epoch.ShouldBe(AnnWithEverything.Epoch);
    }

    [Fact]
    public void begun_twice_the_first_day_stands() => Given(Waiting).When(Start with { Recovery = Twice, Due = NineOClock }).ThenNothing();

    [Fact]
    public void who_has_no_second_factor_lost_none() => Given(Bob).When(Start).ThenNothing();

    [Fact]
    public void before_its_day_it_takes_no_effect() => Given(Waiting).When(new TakeEffect(Tomorrow.AddTicks(-1))).ThenNothing();

    [Fact]
    public void on_its_day_every_second_factor_goes_R65() => Given(Waiting).When(new TakeEffect(Tomorrow)).Then(AllGone);

    [Fact]
    public void it_takes_effect_once() => Given(Waiting.And(AllGone)).When(new TakeEffect(Tomorrow)).ThenNothing();

    [Theory]
    [InlineData(null)]
    [InlineData("key_0a")]
    public void cancelled_nothing_comes_of_it(string? by)
    {
        Given(Waiting).When(new CancelRecovery(by)).Then(new RecoveryCancelled(Once, by));
        Given(Waiting.And(new RecoveryCancelled(Once, by))).When(new TakeEffect(Tomorrow)).ThenNothing();
    }

    [Fact]
    public void what_is_not_under_way_cannot_be_cancelled() => Given(AnnWithEverything).When(new CancelRecovery(null)).ThenRefused(UserRefusal.NoRecovery);

    [Fact]
    public void whoever_was_recovered_must_enrol_again_until_they_did_R65()
    {
        var recovered = Waiting.And(AllGone);
        recovered.MustEnrol.ShouldBeTrue();
        recovered.Epoch.ShouldBeGreaterThan(Waiting.Epoch);
        recovered.And(new PasswordSet()).MustEnrol.ShouldBeTrue();
        recovered.And(new AuthenticatorAppAdded(AnnsApp)).MustEnrol.ShouldBeFalse();
        recovered.And(new ReservedForSecondFactor(AnnsPhone)).MustEnrol.ShouldBeFalse();
        AnnWithEverything.And(new ReleasedFromSecondFactor(AnnsPhone), new AuthenticatorAppRemoved(AnnsApp), new PasskeyRemoved(AnnsKey), new BackupCodesRemoved(AnnsCodes)).MustEnrol.ShouldBeFalse();
    }

    [Fact]
    public void the_wait_may_be_short_or_none_only_with_a_reason()
    {
        Faults.Of(Waits(TimeSpan.Zero), "she is at the desk").ShouldBeEmpty();
        Faults.Of(Waits(TimeSpan.Zero), null).ShouldBe([new Fault("dials.recovery_wait", FaultKind.ReasonNeeded, 3600, 30 * 86400)]);
        Faults.Of(Waits(TimeSpan.FromHours(1)), null).ShouldBeEmpty();
        Faults.Of(Waits(TimeSpan.FromDays(31)), "never").ShouldBe([new Fault("dials.recovery_wait", FaultKind.OutOfBounds, 0, 30 * 86400)]);
    }

    private static Settings Waits(TimeSpan wait) => Settings.Shipped with { Dials = Dials.Shipped with { RecoveryWait = wait } };
}

/// <summary>What a sign-in makes of somebody who was recovered (R65).</summary>
public class RecoveredSignInSpecs : SignInSpec
{
    private static readonly User Recovered = Bob.And(new Recovered(People.Id(0x4E)));

    [Fact]
    public void the_session_is_not_whole_before_they_enrolled_whatever_the_policy_is_R65() =>
        Given(BobIdentified).About(Recovered).When(OfferPassword(Verdict.Right))
            .Then(BobsFirstFactorVerified with { Epoch = Recovered.Epoch }, Converted with { Task = SessionTask.SetupMfa });

    [Fact]
    public void a_sign_in_that_waited_for_a_second_factor_is_void() =>
        Given(Identified, FirstFactorVerified).About(AnnWithHerPhoneReleased.And(new Recovered(People.Id(0x4E)))).When(AskForCode()).ThenRefused(Refusal.SignInExpired, leaving: new Invalidated(Ann.Epoch + 2));
}
