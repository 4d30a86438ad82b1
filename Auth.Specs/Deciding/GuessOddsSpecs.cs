using Auth.Domain.SignIns;

namespace Auth.Specs.Deciding;

/// <summary>The chance that codes are guessed, under the dials as shipped and as an operator may turn them.</summary>
public class GuessOddsSpecs
{
    private static readonly Guid Phone = Guid.Parse("00000000-0000-0000-0000-000000000001"), Mailbox = Guid.Parse("00000000-0000-0000-0000-000000000002");
    private static readonly Authenticator Text = new(Strategy.PhoneCode, Phone), App = new(Strategy.Totp, Guid.Empty), Mail = new(Strategy.EmailCode, Mailbox);

    [Fact]
    public void ten_at_once_then_one_after_each_wait() =>
        new[] { 0, 29, 30, 89, 90, 3809, 3810, 7409, 7410 }.Select(seconds => GuessOdds.GuessesIn(TimeSpan.FromSeconds(seconds), Dials.Shipped)).ShouldBe([10, 10, 11, 11, 12, 16, 17, 17, 18]);

    [Fact]
    public void in_a_day_thirty_nine_guesses_are_compared() => GuessOdds.GuessesInADay(Dials.Shipped).ShouldBe(39);

    [Fact]
    public void a_texted_code_is_guessed_once_in_25_641_days() => GuessOdds.InADay(Dials.Shipped, [Text]).ShouldBe(39e-6, 1e-12);

    [Fact]
    public void of_an_app_two_codes_count_at_once() => GuessOdds.InADay(Dials.Shipped, [App]).ShouldBe(78e-6, 1e-12);

    [Fact]
    public void backup_codes_add_nothing_that_could_be_seen() => GuessOdds.InADay(Dials.Shipped, [Authenticator.BackupCode]).ShouldBe(39 * 10 / Math.Pow(2, 60), 1e-20);

    [Fact]
    public void each_that_a_person_has_adds_its_own() => GuessOdds.InADay(Dials.Shipped, [Text, App, Authenticator.BackupCode]).ShouldBe(117e-6, 1e-12);

    [Fact]
    public void what_is_sent_to_one_place_counts_together() =>
        GuessOdds.InADay(Dials.Shipped, [Mail, Mail with { Strategy = Strategy.ResetPasswordEmailCode }]).ShouldBe(50e-6, 1e-12);

    [Fact]
    public void somebody_who_signs_in_forgives_the_failures_and_five_times_ten_texts_are_the_end_of_it() =>
        (GuessOdds.GuessesInADay(Dials.Shipped, completed: 3), GuessOdds.InADay(Dials.Shipped, [Text], completed: 3), GuessOdds.InADay(Dials.Shipped, [App], completed: 3)).ShouldBe((87, 50 / 1e6, 87 * (2 / 1e6)));

    [Fact]
    public void fifty_failures_take_more_than_a_day() =>
        (GuessOdds.After(Dials.Shipped.DisableFrom, [Text]), GuessOdds.GuessesIn(TimeSpan.FromHours(34), Dials.Shipped)).ShouldBe((50 * (1 / 1e6), 49));

    [Fact]
    public void a_password_is_no_code() => GuessOdds.InADay(Dials.Shipped, [Authenticator.Password]).ShouldBe(0);

    [Fact]
    public void waits_that_begin_at_twenty_let_ten_more_through()
    {
        var laxest = Dials.Shipped with { WaitFrom = 20 };
        (GuessOdds.GuessesInADay(laxest), GuessOdds.InADay(laxest, [Text])).ShouldBe((49, 49 / 1e6));
    }
}
