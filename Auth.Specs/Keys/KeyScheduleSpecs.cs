using Auth.Host.Keys;

namespace Auth.Specs.Keys;

/// <summary>When keys are made and go. Times of a signing key: life 30 days, announced a day before, published ten minutes after.</summary>
public sealed class KeyScheduleSpecs
{
    private static readonly DateTimeOffset FirstOfMarch = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void at_first_every_purpose_gets_a_key() =>
        KeySchedule.FirstUse([], FirstOfMarch).Make.Select(k => (k.Purpose, k.Generation, k.UsedFrom))
            .ShouldBe(Enum.GetValues<KeyPurpose>().Select(p => (p, 1, FirstOfMarch)));

    [Fact]
    public void a_purpose_that_came_with_an_upgrade_gets_its_key_and_the_others_keep_theirs() =>
        KeySchedule.FirstUse([.. Enum.GetValues<KeyPurpose>().Where(p => p != KeyPurpose.Inbox).Select(p => Key(p, 1, day: 0))], FirstOfMarch.AddDays(9))
            .Make.ShouldHaveSingleItem().Purpose.ShouldBe(KeyPurpose.Inbox);

    [Fact]
    public void a_young_signing_key_needs_nothing() =>
        Due(day: 28.9, Signing(1, day: 0)).IsNothing.ShouldBeTrue();

    [Fact]
    public void the_next_signing_key_is_made_a_day_before_it_signs() =>
        Due(day: 29, Signing(1, day: 0)).Make.ShouldHaveSingleItem()
            .ShouldBe(new NewKey(KeyPurpose.Signing, 2, FirstOfMarch.AddDays(30)));

    [Fact]
    public void after_a_long_sleep_the_next_key_is_announced_for_a_day_all_the_same() =>
        Due(day: 100, Signing(1, day: 0)).Make.ShouldHaveSingleItem().UsedFrom.ShouldBe(FirstOfMarch.AddDays(101));

    [Fact]
    public void while_the_next_one_waits_nothing_is_made_or_dropped() =>
        Due(day: 29.5, Signing(1, day: 0), Signing(2, day: 30)).IsNothing.ShouldBeTrue();

    [Fact]
    public void a_replaced_signing_key_stays_until_its_last_token_is_dead() =>
        Due(day: 30.005, Signing(1, day: 0), Signing(2, day: 30)).IsNothing.ShouldBeTrue();

    [Fact]
    public void then_it_is_dropped() =>
        Due(day: 30.007, Signing(1, day: 0), Signing(2, day: 30)).Drop.ShouldHaveSingleItem().Generation.ShouldBe(1);

    [Fact]
    public void a_replaced_code_key_is_dropped_after_a_day() =>
        Due(day: 6, Signing(1, day: 0), Key(KeyPurpose.Code, 1, day: 0), Key(KeyPurpose.Code, 2, day: 5)).Drop.ShouldHaveSingleItem().Generation.ShouldBe(1);

    [Fact]
    public void a_replaced_pepper_stays() =>
        Due(day: 20, Signing(1, day: 0), Key(KeyPurpose.Pepper, 1, day: 0), Key(KeyPurpose.Pepper, 2, day: 1)).IsNothing.ShouldBeTrue();

    [Fact]
    public void a_signing_key_made_by_hand_is_announced_too() =>
        KeySchedule.Rotate(KeyPurpose.Signing, [Signing(1, day: 0)], FirstOfMarch).Make.ShouldHaveSingleItem()
            .ShouldBe(new NewKey(KeyPurpose.Signing, 2, FirstOfMarch.AddDays(1)));

    [Fact]
    public void in_an_emergency_the_new_one_signs_at_once_and_all_older_ones_go()
    {
        var change = KeySchedule.Revoke(KeyPurpose.Signing, [Signing(1, day: -30), Signing(2, day: 0), Key(KeyPurpose.Code, 1, day: 0)], FirstOfMarch);

        change.Make.ShouldHaveSingleItem().ShouldBe(new NewKey(KeyPurpose.Signing, 3, FirstOfMarch));
        change.Drop.Select(k => k.Generation).ShouldBe([1, 2]);
    }

    [Theory]
    [InlineData(KeyPurpose.Pepper)]
    [InlineData(KeyPurpose.Index)]
    public void a_key_that_stored_things_hang_on_cannot_be_revoked(KeyPurpose purpose) =>
        Should.Throw<ArgumentException>(() => KeySchedule.Revoke(purpose, [], FirstOfMarch));

    private static KeyChange Due(double day, params OpenKey[] keys) => KeySchedule.Due(keys, FirstOfMarch.AddDays(day));

    private static OpenKey Signing(int generation, double day) => Key(KeyPurpose.Signing, generation, day);

    private static OpenKey Key(KeyPurpose purpose, int generation, double day) =>
        new(new InstanceKey(new Guid(generation, (short)purpose, 0, new byte[8]), purpose, generation, "", FirstOfMarch, FirstOfMarch.AddDays(day)), []);
}
