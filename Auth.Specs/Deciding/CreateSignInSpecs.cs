using Auth.Domain.SignIns;
using Auth.Specs.Given;

namespace Auth.Specs.Deciding;

/// <summary>Step 1: an identifier, with or without the password (R10, R12, R51, R55).</summary>
public class CreateSignInSpecs : SignInSpec
{
    [Fact]
    public void an_identifier_begins_a_sign_in_of_a_quarter_of_an_hour_R10() =>
        Given().When(Create()).Then(Identified);

    [Fact]
    public void a_strangers_identifier_begins_one_just_the_same_R51() =>
        Given().About(Stranger).When(Create()).Then(StrangerIdentified);

    [Fact]
    public void without_a_password_there_is_nothing_to_compare() =>
        Given().When(Create()).ThenNothingIsCompared();

    [Fact]
    public void a_password_that_comes_with_it_is_compared() =>
        Given().When(Create(Strategy.Password)).ThenItIsCompared();

    [Fact]
    public void identifier_and_right_password_ask_for_the_second_factor_R04() =>
        Given().When(Create(Strategy.Password, Verdict.Right)).Then(Identified, FirstFactorVerified);

    [Fact]
    public void identifier_and_right_password_convert_where_nothing_else_is_needed() =>
        Given().About(Bob).When(Create(Strategy.Password, Verdict.Right)).Then(BobIdentified, BobsFirstFactorVerified, Converted);

    [Fact]
    public void a_wrong_password_begins_the_sign_in_and_is_counted() =>
        Given().When(Create(Strategy.Password, Verdict.Wrong)).ThenRefused(Refusal.WrongPassword, leaving: [Identified, FirstFactorRejected]);

    [Fact]
    public void a_strangers_password_is_wrong_in_the_same_words_R51() =>
        Given().About(Stranger).When(Create(Strategy.Password, Verdict.Wrong)).ThenRefused(Refusal.WrongPassword, leaving: [StrangerIdentified, FirstFactorRejected]);

    [Fact]
    public void during_a_wait_a_password_that_comes_with_it_is_not_compared_R12_R55() =>
        Given().Standing(new(10, SecondsLater(30))).When(Create(Strategy.Password)).ThenNothingIsCompared();

    [Fact]
    public void beginning_anew_lifts_no_wait_R12() =>
        Given().Standing(new(10, SecondsLater(30))).When(Create(Strategy.Password))
            .ThenRefusedUntil(SecondsLater(30), Refusal.Waiting, leaving: [Identified, new FirstFactorRefused(Password, RefusalReason.Waiting, SecondsLater(30))]);

    [Fact]
    public void a_stranger_waits_in_the_same_words_R51() =>
        Given().About(Stranger).Standing(new(10, SecondsLater(30))).When(Create(Strategy.Password))
            .ThenRefusedUntil(SecondsLater(30), Refusal.Waiting, leaving: [StrangerIdentified, new FirstFactorRefused(Password, RefusalReason.Waiting, SecondsLater(30))]);

    [Fact]
    public void during_a_wait_an_identifier_alone_still_begins_a_sign_in() =>
        Given().Standing(new(10, SecondsLater(30))).When(Create()).Then(Identified);

    [Fact]
    public void a_code_is_no_first_factor_and_is_not_compared_R02() =>
        Given().When(Create(Strategy.PhoneCode)).ThenNothingIsCompared();

    [Fact]
    public void an_app_is_no_first_factor_and_the_sign_in_begins_without_it() =>
        Given().When(Create(Strategy.Totp, Verdict.Right)).ThenRefused(Refusal.StrategyInvalid, leaving: Identified);

    [Fact]
    public void a_sign_in_is_begun_once() =>
        Given(Identified).When(Create()).ThenRefused(Refusal.OutOfOrder);

    [Fact]
    public void a_verdict_is_needed_where_a_password_was_offered() =>
        Given().When(Create(Strategy.Password, Verdict.NotChecked)).ThenItIsABug();

    [Fact]
    public void a_stranger_who_is_right_is_a_bug() =>
        Given().About(Stranger).When(Create(Strategy.Password, Verdict.Right)).ThenItIsABug();
}
