using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Specs.Given;

namespace Auth.Specs.Deciding;

/// <summary>Step 3: the first proof (R02, R04, R10, R13, R14, R19, R51, R55).</summary>
public class AttemptFirstFactorSpecs : SignInSpec
{
    [Fact]
    public void the_right_password_asks_for_the_second_factor_R04() =>
        Given(Identified).When(OfferPassword(Verdict.Right)).Then(FirstFactorVerified);

    [Fact]
    public void ten_minutes_are_left_for_the_second_factor_from_then_on_R10() =>
        Given(Identified).When(OfferPassword(Verdict.Right), at: MinutesLater(3)).Then(FirstFactorVerified with { SecondFactorBy = MinutesLater(13) });

    [Fact]
    public void the_right_password_converts_where_nothing_else_is_needed() =>
        Given(BobIdentified).About(Bob).When(OfferPassword(Verdict.Right)).Then(BobsFirstFactorVerified, Converted);

    [Fact]
    public void a_second_factor_counts_from_the_moment_it_is_added_R04() =>
        Given(BobIdentified).About(Bob.And(new ReservedForSecondFactor(People.BobsPhone))).When(OfferPassword(Verdict.Right))
            .Then(new FirstFactorVerified(Password, Demand.SecondFactor, Bob.Epoch, MinutesLater(10)));

    [Fact]
    public void a_wrong_password_is_refused_and_counted() =>
        Given(Identified).When(OfferPassword(Verdict.Wrong)).ThenRefused(Refusal.WrongPassword, leaving: FirstFactorRejected);

    [Fact]
    public void a_stranger_is_refused_in_the_same_words_R51() =>
        Given(StrangerIdentified).About(Stranger).When(OfferPassword(Verdict.Wrong)).ThenRefused(Refusal.WrongPassword, leaving: FirstFactorRejected);

    [Fact]
    public void the_fifth_guess_is_compared_R14() =>
        Given([Identified, .. Times(4, FirstFactorRejected)]).When(OfferPassword()).ThenItIsCompared();

    [Fact]
    public void the_sixth_guess_is_not_compared_R14() =>
        Given([Identified, .. Times(5, FirstFactorRejected)]).When(OfferPassword()).ThenNothingIsCompared();

    [Fact]
    public void after_five_wrong_passwords_even_the_right_one_is_refused_R14() =>
        Given([Identified, .. Times(5, FirstFactorRejected)]).When(OfferPassword(Verdict.Right))
            .ThenRefused(Refusal.TooManyAttempts, leaving: new FirstFactorRefused(Password, RefusalReason.Closed, null));

    [Fact]
    public void that_it_is_closed_is_told_once() =>
        Given([Identified, .. Times(5, FirstFactorRejected), new FirstFactorRefused(Password, RefusalReason.Closed, null)]).When(OfferPassword())
            .ThenRefused(Refusal.TooManyAttempts);

    [Fact]
    public void during_a_wait_nothing_is_compared_R19_R55() =>
        Given(Identified).Standing(new(10, SecondsLater(30))).When(OfferPassword(), at: SecondsLater(29)).ThenNothingIsCompared();

    [Fact]
    public void during_a_wait_the_right_password_is_refused_like_a_wrong_one_R55() =>
        Given(Identified).Standing(new(10, SecondsLater(30))).When(OfferPassword(Verdict.Right), at: SecondsLater(29))
            .ThenRefusedUntil(SecondsLater(30), Refusal.Waiting, leaving: new FirstFactorRefused(Password, RefusalReason.Waiting, SecondsLater(30)));

    [Fact]
    public void each_wait_is_told_once() =>
        Given(Identified, new FirstFactorRefused(Password, RefusalReason.Waiting, SecondsLater(30))).Standing(new(10, SecondsLater(30))).When(OfferPassword())
            .ThenRefusedUntil(SecondsLater(30), Refusal.Waiting);

    [Fact]
    public void the_next_wait_is_told_again() =>
        Given(Identified, new FirstFactorRefused(Password, RefusalReason.Waiting, SecondsLater(30))).Standing(new(11, SecondsLater(90))).When(OfferPassword(), at: SecondsLater(31))
            .ThenRefusedUntil(SecondsLater(90), Refusal.Waiting, leaving: new FirstFactorRefused(Password, RefusalReason.Waiting, SecondsLater(90)));

    [Fact]
    public void once_the_wait_is_over_a_guess_is_compared_R19() =>
        Given(Identified).Standing(new(10, SecondsLater(30))).When(OfferPassword(), at: SecondsLater(30)).ThenItIsCompared();

    [Fact]
    public void that_a_person_is_locked_is_told_after_the_right_password() =>
        Given(Identified).About(AnnLocked).When(OfferPassword(Verdict.Right))
            .ThenRefused(Refusal.UserLocked, leaving: new FirstFactorRefused(Password, RefusalReason.Locked, null));

    [Fact]
    public void a_locked_person_without_a_second_factor_gets_no_session_either() =>
        Given(BobIdentified).About(Bob.And(new Locked(MinutesLater(60)))).When(OfferPassword(Verdict.Right))
            .ThenRefusedUntil(MinutesLater(60), Refusal.UserLocked, leaving: new FirstFactorRefused(Password, RefusalReason.Locked, MinutesLater(60)));

    [Fact]
    public void a_locked_person_looks_like_a_stranger_before_that_R51() =>
        Given(Identified).About(AnnLocked).When(OfferPassword(Verdict.Wrong)).ThenRefused(Refusal.WrongPassword, leaving: FirstFactorRejected);

    [Fact]
    public void that_a_person_is_banned_is_told_after_the_right_password() =>
        Given(Identified).About(AnnBanned).When(OfferPassword(Verdict.Right))
            .ThenRefused(Refusal.UserBanned, leaving: new FirstFactorRefused(Password, RefusalReason.Banned, null));

    [Fact]
    public void a_banned_person_without_a_second_factor_gets_no_session_either() =>
        Given(BobIdentified).About(Bob.And(new Banned())).When(OfferPassword(Verdict.Right))
            .ThenRefused(Refusal.UserBanned, leaving: new FirstFactorRefused(Password, RefusalReason.Banned, null));

    [Fact]
    public void a_banned_person_looks_like_a_stranger_before_that_R51() =>
        Given(Identified).About(AnnBanned).When(OfferPassword(Verdict.Wrong)).ThenRefused(Refusal.WrongPassword, leaving: FirstFactorRejected);

    [Fact]
    public void of_somebody_locked_and_banned_the_ban_is_told() =>
        Given(Identified).About(AnnBanned.And(new Locked(null))).When(OfferPassword(Verdict.Right))
            .ThenRefused(Refusal.UserBanned, leaving: new FirstFactorRefused(Password, RefusalReason.Banned, null));

    [Fact]
    public void an_unbanned_person_goes_on() =>
        Given(Identified).About(AnnBanned.And(new Unbanned())).When(OfferPassword(Verdict.Right)).Then(FirstFactorVerified);

    [Fact]
    public void a_lock_that_ran_out_is_none() =>
        Given(Identified).About(Ann.And(new Locked(NineOClock))).When(OfferPassword(Verdict.Right)).Then(FirstFactorVerified);

    [Theory]
    [InlineData(Strategy.Totp)]
    [InlineData(Strategy.BackupCode)]
    [InlineData(null)]
    public void what_is_no_first_factor_is_refused_and_leaves_nothing_R02_R13(Strategy? strategy) =>
        Given(Identified).When(new AttemptFirstFactor(strategy) { Verdict = Verdict.Right, Session = Session }).ThenRefused(Refusal.StrategyInvalid);

    [Fact]
    public void a_verdict_is_needed() =>
        Given(Identified).When(OfferPassword(Verdict.NotChecked)).ThenItIsABug();

    [Fact]
    public void a_stranger_who_is_right_is_a_bug() =>
        Given(StrangerIdentified).About(Stranger).When(OfferPassword(Verdict.Right)).ThenItIsABug();

    [Fact]
    public void to_be_right_about_a_password_that_is_not_there_is_a_bug_R13() =>
        Given(BobIdentified).About(Bob with { HasPassword = false }).When(OfferPassword(Verdict.Right)).ThenItIsABug();

    [Fact]
    public void another_persons_circumstances_are_a_bug_R01() =>
        Given(Identified).About(Bob).When(OfferPassword(Verdict.Right)).ThenItIsABug();

    [Fact]
    public void on_another_persons_circumstances_nothing_is_compared_R01() =>
        Given(Identified).About(Bob).When(OfferPassword()).ThenNothingIsCompared();
}
