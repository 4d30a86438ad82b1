using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Specs.Given;

namespace Auth.Specs.Deciding;

/// <summary>Step 5: the code (R02, R03, R06, R14, R17, R19, R22).</summary>
public class AttemptSecondFactorSpecs : SignInSpec
{
    [Fact]
    public void the_right_code_verifies_the_second_factor_and_converts_R03() =>
        Given(CodeSent).When(OfferCode(Verdict.Right)).Then(SecondFactorVerified, Converted);

    [Fact]
    public void the_session_begins_when_it_converts_and_lasts_a_day() =>
        Given(CodeSent).When(OfferCode(Verdict.Right), at: MinutesLater(1)).Then(SecondFactorVerified, Converted with { SessionExpiresAt = MinutesLater(1).AddHours(24) });

    [Fact]
    public void a_wrong_code_is_refused_and_counted() =>
        Given(CodeSent).When(OfferCode(Verdict.Wrong)).ThenRefused(Refusal.WrongCode, leaving: SecondFactorRejected);

    [Fact]
    public void the_right_code_after_a_wrong_one_converts() =>
        Given([.. CodeSent, SecondFactorRejected]).When(OfferCode(Verdict.Right)).Then(SecondFactorVerified, Converted);

    [Fact]
    public void the_fifth_guess_is_compared_R14() =>
        Given([.. CodeSent, .. Times(4, SecondFactorRejected)]).When(OfferCode()).ThenItIsCompared();

    [Fact]
    public void the_sixth_guess_is_not_compared_R14() =>
        Given([.. CodeSent, .. Times(5, SecondFactorRejected)]).When(OfferCode()).ThenNothingIsCompared();

    [Fact]
    public void after_five_wrong_codes_even_the_right_one_is_refused_R14() =>
        Given([.. CodeSent, .. Times(5, SecondFactorRejected)]).When(OfferCode(Verdict.Right))
            .ThenRefused(Refusal.TooManyAttempts, leaving: new SecondFactorRefused(AnnsPhone, RefusalReason.Closed, null));

    [Fact]
    public void that_it_is_closed_is_told_once() =>
        Given([.. CodeSent, .. Times(5, SecondFactorRejected), new SecondFactorRefused(AnnsPhone, RefusalReason.Closed, null)]).When(OfferCode())
            .ThenRefused(Refusal.TooManyAttempts);

    [Fact]
    public void that_it_is_closed_comes_before_any_wait() =>
        Given([.. CodeSent, .. Times(5, SecondFactorRejected)]).Standing(new(10, SecondsLater(30))).When(OfferCode())
            .ThenRefused(Refusal.TooManyAttempts, leaving: new SecondFactorRefused(AnnsPhone, RefusalReason.Closed, null));

    [Fact]
    public void a_resend_gives_no_new_guesses_R17() =>
        Given([.. CodeSent, .. Times(3, SecondFactorRejected), Resent, .. Times(2, SecondFactorRejected)]).When(OfferCode(), at: MinutesLater(1)).ThenNothingIsCompared();

    [Fact]
    public void a_new_code_gives_no_new_guesses_R17() =>
        Given([.. CodeSent, .. Times(3, SecondFactorRejected), NextCode, .. Times(2, SecondFactorRejected)]).When(OfferCode(), at: MinutesLater(4)).ThenNothingIsCompared();

    [Fact]
    public void each_number_has_guesses_of_its_own() =>
        Given([.. CodeSent, .. Times(5, SecondFactorRejected), OtherPhonePrepared]).About(AnnWithTwoPhones).When(OfferCode(Verdict.Right))
            .Then(new SecondFactorVerified(AnnsOtherPhone), Converted);

    [Fact]
    public void coming_back_to_a_number_gives_no_new_guesses_R12_R17() =>
        Given([.. CodeSent, .. Times(5, SecondFactorRejected), OtherPhonePrepared, SecondFactorPrepared]).About(AnnWithTwoPhones).When(OfferCode()).ThenNothingIsCompared();

    [Fact]
    public void a_wrong_code_counts_against_the_number_it_was_sent_to_last() =>
        Given([.. CodeSent, OtherPhonePrepared]).About(AnnWithTwoPhones).When(OfferCode(Verdict.Wrong))
            .ThenRefused(Refusal.WrongCode, leaving: new SecondFactorRejected(AnnsOtherPhone));

    [Fact]
    public void in_its_last_second_a_code_is_good_R14() =>
        Given(CodeSent).When(OfferCode(), at: SecondsLater(299)).ThenItIsCompared();

    [Fact]
    public void after_five_minutes_a_code_is_not_compared_R14() =>
        Given(CodeSent).When(OfferCode(), at: MinutesLater(5)).ThenNothingIsCompared();

    [Fact]
    public void after_five_minutes_even_the_right_code_is_refused_R14() =>
        Given(CodeSent).When(OfferCode(Verdict.Right), at: MinutesLater(5))
            .ThenRefused(Refusal.CodeExpired, leaving: new SecondFactorRefused(AnnsPhone, RefusalReason.CodeExpired, null));

    [Fact]
    public void that_a_code_ran_out_is_told_once() =>
        Given([.. CodeSent, new SecondFactorRefused(AnnsPhone, RefusalReason.CodeExpired, null)]).When(OfferCode(), at: MinutesLater(5)).ThenRefused(Refusal.CodeExpired);

    [Fact]
    public void that_the_next_code_ran_out_is_told_again() =>
        Given(Identified, FirstFactorVerified with { SecondFactorBy = MinutesLater(15) }, SecondFactorPrepared, new SecondFactorRefused(AnnsPhone, RefusalReason.CodeExpired, null), NextCode)
            .When(OfferCode(), at: MinutesLater(9))
            .ThenRefused(Refusal.CodeExpired, leaving: new SecondFactorRefused(AnnsPhone, RefusalReason.CodeExpired, null));

    [Fact]
    public void the_next_code_is_good_for_its_own_life_R14() =>
        Given([.. CodeSent, NextCode]).When(OfferCode(), at: MinutesLater(8)).ThenItIsCompared();

    [Fact]
    public void before_a_code_was_asked_for_there_is_nothing_to_compare_R02() =>
        Given(Identified, FirstFactorVerified).When(OfferCode(Verdict.Right)).ThenRefused(Refusal.NotPrepared);

    [Fact]
    public void before_the_first_factor_there_is_nothing_to_compare_R02() =>
        Given(Identified).When(OfferCode(Verdict.Right)).ThenRefused(Refusal.OutOfOrder);

    [Fact]
    public void before_the_first_factor_nothing_is_compared_R02() =>
        Given(Identified).When(OfferCode()).ThenNothingIsCompared();

    [Theory]
    [InlineData(Strategy.Password)]
    [InlineData(null)]
    public void what_is_no_second_factor_is_refused_R13(Strategy? strategy) =>
        Given(CodeSent).When(OfferCode(Verdict.Right) with { Strategy = strategy }).ThenRefused(Refusal.StrategyInvalid);

    [Fact]
    public void during_a_wait_the_right_code_is_refused_R19_R55() =>
        Given(CodeSent).Standing(new(10, SecondsLater(30))).When(OfferCode(Verdict.Right))
            .ThenRefusedUntil(SecondsLater(30), Refusal.Waiting, leaving: new SecondFactorRefused(AnnsPhone, RefusalReason.Waiting, SecondsLater(30)));

    [Fact]
    public void during_a_wait_nothing_is_compared_R19_R55() =>
        Given(CodeSent).Standing(new(10, SecondsLater(30))).When(OfferCode()).ThenNothingIsCompared();

    [Fact]
    public void a_person_locked_meanwhile_gets_no_session() =>
        Given(CodeSent).About(AnnLocked).When(OfferCode(Verdict.Right))
            .ThenRefused(Refusal.UserLocked, leaving: new SecondFactorRefused(AnnsPhone, RefusalReason.Locked, null));

    [Fact]
    public void a_person_banned_meanwhile_gets_no_session_R70() =>
        Given(CodeSent).About(AnnBanned).When(OfferCode(Verdict.Right))
            .ThenRefused(Refusal.UserBanned, leaving: new SecondFactorRefused(AnnsPhone, RefusalReason.Banned, null));

    [Fact]
    public void of_a_person_banned_meanwhile_nothing_is_compared() => Given(CodeSent).About(AnnBanned).When(OfferCode()).ThenNothingIsCompared();

    [Fact]
    public void a_person_banned_meanwhile_is_sent_nothing() =>
        Given(Identified, FirstFactorVerified).About(AnnBanned).When(AskForCode())
            .ThenRefused(Refusal.UserBanned, leaving: new SecondFactorRefused(AnnsPhone, RefusalReason.Banned, null));

    [Fact]
    public void of_a_person_erased_meanwhile_the_sign_in_ends() =>
        Given(CodeSent).About(Stranger).When(OfferCode(Verdict.Right)).ThenRefused(Refusal.SignInExpired, leaving: new Invalidated(null));

    [Fact]
    public void a_released_number_voids_its_code_R22() =>
        Given(CodeSent).About(AnnWithHerPhoneReleased).When(OfferCode(Verdict.Right)).ThenRefused(Refusal.SignInExpired, leaving: Invalidated);

    [Fact]
    public void a_released_number_leaves_nothing_to_compare_R22() =>
        Given(CodeSent).About(AnnWithHerPhoneReleased).When(OfferCode()).ThenNothingIsCompared();

    [Fact]
    public void a_new_password_voids_what_the_old_one_proved_R06() =>
        Given(CodeSent).About(Ann.And(new PasswordSet())).When(OfferCode(Verdict.Right)).ThenRefused(Refusal.SignInExpired, leaving: Invalidated);

    [Fact]
    public void a_person_who_is_gone_gets_no_session() =>
        Given(CodeSent).About(Stranger).When(OfferCode(Verdict.Right)).ThenRefused(Refusal.SignInExpired, leaving: new Invalidated(null));

    [Fact]
    public void a_verdict_is_needed() =>
        Given(CodeSent).When(OfferCode(Verdict.NotChecked)).ThenItIsABug();

    [Fact]
    public void another_persons_circumstances_are_a_bug_R01() =>
        Given(CodeSent).About(Bob).When(OfferCode(Verdict.Right)).ThenItIsABug();

    private static readonly SecondFactorPrepared Resent = SecondFactorPrepared with { Text = Text(2), TextNumber = 2, ResendFrom = SecondsLater(60) };
    private static readonly SecondFactorPrepared NextCode =
        Resent with { Code = new OneTimeCode(CodeKey, Nonce(2), 2, MinutesLater(9)), ResendFrom = SecondsLater(270) };
}
