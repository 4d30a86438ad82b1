using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Specs.Given;

namespace Auth.Specs.Deciding;

/// <summary>Step 4: a code is texted (R02, R13, R14, R17, R19, R22, R56, R58).</summary>
public class PrepareSecondFactorSpecs : SignInSpec
{
    private static readonly OneTimeCode SecondCode = new(CodeKey, Nonce(2), 2, MinutesLater(9));

    [Fact]
    public void a_code_is_prepared_for_the_default_number() =>
        Given(Identified, FirstFactorVerified).When(AskForCode()).Then(SecondFactorPrepared);

    [Fact]
    public void the_number_named_is_the_one_that_gets_it() =>
        Given(Identified, FirstFactorVerified).About(AnnWithTwoPhones).When(AskForCode(text: 7, on: People.AnnsOtherPhone)).Then(OtherPhonePrepared);

    [Fact]
    public void a_number_reserved_while_the_sign_in_waits_counts_at_once_R04() =>
        Given(CodeSent).About(AnnWithTwoPhones).When(AskForCode(text: 7, on: People.AnnsOtherPhone)).Then(OtherPhonePrepared);

    [Fact]
    public void a_number_that_is_no_second_factor_gets_no_text_R13_R58() =>
        Given(Identified, FirstFactorVerified).When(AskForCode(on: People.AnnsOtherPhone)).ThenRefused(Refusal.NoSuchFactor);

    [Fact]
    public void an_unverified_number_gets_no_text_R13_R58() =>
        Given(Identified, FirstFactorVerified).When(AskForCode(on: People.AnnsUnverifiedPhone)).ThenRefused(Refusal.NoSuchFactor);

    [Fact]
    public void another_persons_number_gets_no_text_R13_R58() =>
        Given(Identified, FirstFactorVerified).When(AskForCode(on: People.BobsPhone)).ThenRefused(Refusal.NoSuchFactor);

    [Fact]
    public void before_the_first_factor_no_text_leaves_R02() =>
        Given(Identified).When(AskForCode()).ThenRefused(Refusal.OutOfOrder);

    [Theory]
    [InlineData(Strategy.Password)]
    [InlineData(null)]
    public void what_is_no_second_factor_is_refused_R13(Strategy? strategy) =>
        Given(Identified, FirstFactorVerified).When(AskForCode() with { Strategy = strategy }).ThenRefused(Refusal.StrategyInvalid);

    [Fact]
    public void asked_again_within_half_a_minute_nothing_leaves() =>
        Given(CodeSent).When(AskForCode(text: 2), at: SecondsLater(29)).ThenNothing();

    [Fact]
    public void asked_again_later_the_same_code_leaves_in_a_new_text_R17() =>
        Given(CodeSent).When(AskForCode(text: 2), at: SecondsLater(30))
            .Then(SecondFactorPrepared with { Text = Text(2), TextNumber = 2, ResendFrom = SecondsLater(60) });

    [Fact]
    public void a_code_with_two_minutes_left_is_sent_again() =>
        Given(CodeSent).When(AskForCode(text: 2), at: MinutesLater(3))
            .Then(SecondFactorPrepared with { Text = Text(2), TextNumber = 2, ResendFrom = SecondsLater(210) });

    [Fact]
    public void a_code_with_less_left_is_followed_by_the_next_one_R17() =>
        Given(CodeSent).When(AskForCode(text: 2), at: MinutesLater(4))
            .Then(SecondFactorPrepared with { Text = Text(2), TextNumber = 2, Code = SecondCode, ResendFrom = SecondsLater(270) });

    [Fact]
    public void a_new_code_lives_five_minutes_and_no_longer_R14() =>
        Given(Identified, FirstFactorVerified).When(AskForCode(), at: MinutesLater(2))
            .Then(SecondFactorPrepared with { Code = SecondFactorPrepared.Code with { ExpiresAt = MinutesLater(7) }, ResendFrom = SecondsLater(150) });

    [Fact]
    public void coming_back_to_a_number_within_the_gap_sends_nothing_new() =>
        Given([.. CodeSent, OtherPhonePrepared]).About(AnnWithTwoPhones).When(AskForCode(text: 8, on: People.AnnsPhone), at: SecondsLater(20)).Then(SecondFactorPrepared);

    [Fact]
    public void the_numbers_do_not_share_their_codes() =>
        Given([.. CodeSent, OtherPhonePrepared]).About(AnnWithTwoPhones).When(AskForCode(text: 2, on: People.AnnsPhone), at: SecondsLater(40))
            .Then(SecondFactorPrepared with { Text = Text(2), TextNumber = 2, ResendFrom = SecondsLater(70) });

    [Fact]
    public void after_five_wrong_codes_no_text_leaves_R14_R17() =>
        Given([.. CodeSent, .. Times(5, SecondFactorRejected)]).When(AskForCode(text: 2), at: SecondsLater(40))
            .ThenRefused(Refusal.TooManyAttempts, leaving: new SecondFactorRefused(AnnsPhone, RefusalReason.Closed, null));

    [Fact]
    public void after_five_wrong_codes_even_the_same_answer_is_no_more_R14() =>
        Given([.. CodeSent, .. Times(5, SecondFactorRejected)]).When(AskForCode(text: 2), at: SecondsLater(10))
            .ThenRefused(Refusal.TooManyAttempts, leaving: new SecondFactorRefused(AnnsPhone, RefusalReason.Closed, null));

    [Fact]
    public void after_five_wrong_codes_another_factor_may_still_finish_it() =>
        Given([.. CodeSent, .. Times(5, SecondFactorRejected)]).About(AnnWithTwoPhones).When(AskForCode(text: 7, on: People.AnnsOtherPhone)).Then(OtherPhonePrepared);

    [Fact]
    public void during_a_wait_no_text_leaves_R19() =>
        Given(Identified, FirstFactorVerified).Standing(new(10, SecondsLater(30))).When(AskForCode())
            .ThenRefusedUntil(SecondsLater(30), Refusal.Waiting, leaving: new SecondFactorRefused(AnnsPhone, RefusalReason.Waiting, SecondsLater(30)));

    [Fact]
    public void a_person_locked_meanwhile_gets_no_text() =>
        Given(Identified, FirstFactorVerified).About(AnnLocked).When(AskForCode())
            .ThenRefused(Refusal.UserLocked, leaving: new SecondFactorRefused(AnnsPhone, RefusalReason.Locked, null));

    [Fact]
    public void a_released_number_gets_no_text_and_ends_the_sign_in_R06_R22() =>
        Given(Identified, FirstFactorVerified).About(AnnWithHerPhoneReleased).When(AskForCode()).ThenRefused(Refusal.SignInExpired, leaving: Invalidated);

    [Fact]
    public void five_texts_to_a_number_in_an_hour_are_all_R56() =>
        Given(Identified, FirstFactorVerified).Sent(new([.. Every(minutes: 1, times: 5)], [], null)).When(AskForCode())
            .ThenRefusedUntil(MinutesLater(55), Refusal.SendLimit, leaving: Limited(MinutesLater(55)));

    [Fact]
    public void once_the_oldest_of_five_is_an_hour_ago_the_next_text_leaves_R56() =>
        Given(Identified, FirstFactorVerified).Sent(new([.. Every(minutes: 12, times: 5)], [], null)).When(AskForCode()).Then(SecondFactorPrepared);

    [Fact]
    public void ten_texts_to_a_number_in_a_day_are_all_R56() =>
        Given(Identified, FirstFactorVerified).Sent(new([.. Every(minutes: 60, times: 10)], [], null)).When(AskForCode())
            .ThenRefusedUntil(NineOClock.AddHours(14), Refusal.SendLimit, leaving: Limited(NineOClock.AddHours(14)));

    [Fact]
    public void five_texts_to_a_person_in_an_hour_are_all_R56() =>
        Given(Identified, FirstFactorVerified).Sent(new([], [.. Every(minutes: 1, times: 5)], null)).When(AskForCode())
            .ThenRefusedUntil(MinutesLater(55), Refusal.SendLimit, leaving: Limited(MinutesLater(55)));

    [Fact]
    public void an_address_that_caused_too_many_causes_no_more_R56() =>
        Given(Identified, FirstFactorVerified).Sent(new([], [], MinutesLater(9))).When(AskForCode())
            .ThenRefusedUntil(MinutesLater(9), Refusal.SendLimit, leaving: Limited(MinutesLater(9)));

    [Fact]
    public void of_several_limits_the_last_to_lift_is_told_R56() =>
        Given(Identified, FirstFactorVerified).Sent(new([.. Every(minutes: 1, times: 5)], [.. Every(minutes: 2, times: 5)], MinutesLater(56))).When(AskForCode())
            .ThenRefusedUntil(MinutesLater(56), Refusal.SendLimit, leaving: Limited(MinutesLater(56)));

    [Fact]
    public void that_there_were_too_many_is_told_once_R56() =>
        Given(Identified, FirstFactorVerified, Limited(MinutesLater(9))).Sent(new([], [], MinutesLater(9))).When(AskForCode())
            .ThenRefusedUntil(MinutesLater(9), Refusal.SendLimit);

    [Fact]
    public void the_limit_stops_texts_not_the_answer_to_a_repeat() =>
        Given(CodeSent).Sent(new([], [], MinutesLater(9))).When(AskForCode(text: 2), at: SecondsLater(29)).ThenNothing();

    [Fact]
    public void what_a_code_is_made_from_is_not_printed_R24() =>
        $"{AskForCode()} {SecondFactorPrepared}".ShouldNotContain("nonce", Case.Insensitive);

    /// <summary>Past texts, the newest just one such time ago.</summary>
    private static IEnumerable<DateTimeOffset> Every(int minutes, int times) => Enumerable.Range(1, times).Reverse().Select(i => MinutesLater(-minutes * i));

    private static SecondFactorRefused Limited(DateTimeOffset until) => new(AnnsPhone, RefusalReason.SendLimit, until);
}
