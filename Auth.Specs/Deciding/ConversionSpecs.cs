using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Specs.Given;

namespace Auth.Specs.Deciding;

/// <summary>A sign-in becomes a session once, in the decision that accepts the last factor, on what the person needs at that moment (R03 to R07).</summary>
public class ConversionSpecs : SignInSpec
{
    [Fact]
    public void both_factors_make_a_session_R03() =>
        Given(CodeSent).When(OfferCode(Verdict.Right)).Then(SecondFactorVerified, Converted);

    [Fact]
    public void the_first_factor_alone_makes_none_where_a_second_is_enrolled_R04() =>
        Given(Identified).When(OfferPassword(Verdict.Right)).Then(FirstFactorVerified);

    [Fact]
    public void the_first_factor_alone_makes_one_where_none_is_enrolled() =>
        Given(BobIdentified).About(Bob).When(OfferPassword(Verdict.Right)).Then(BobsFirstFactorVerified, Converted);

    [Fact]
    public void a_phone_that_is_not_reserved_demands_nothing() =>
        Given(BobIdentified).About(Bob.And(new ReservedForSecondFactor(People.BobsPhone), new ReleasedFromSecondFactor(People.BobsPhone))).When(OfferPassword(Verdict.Right))
            .Then(BobsFirstFactorVerified with { Epoch = Bob.Epoch + 1 }, Converted);

    [Fact]
    public void removing_the_factor_elsewhere_never_completes_a_waiting_sign_in_R06() =>
        Given(Identified, FirstFactorVerified).About(AnnWithHerPhoneReleased).When(OfferCode(Verdict.Right)).ThenRefused(Refusal.SignInExpired, leaving: Invalidated);

    [Fact]
    public void releasing_and_reserving_again_does_not_bring_the_old_sign_in_back_R06() =>
        Given(CodeSent).About(AnnWithHerPhoneReleased.And(new ReservedForSecondFactor(People.AnnsPhone))).When(OfferCode(Verdict.Right))
            .ThenRefused(Refusal.SignInExpired, leaving: Invalidated);

    [Fact]
    public void a_factor_added_elsewhere_does_not_end_a_waiting_sign_in_R06() =>
        Given(CodeSent).About(AnnWithTwoPhones).When(OfferCode(Verdict.Right)).Then(SecondFactorVerified, Converted);

    [Fact]
    public void a_second_right_code_makes_no_second_session_R07() =>
        Given(Whole).When(OfferCode(Verdict.Right)).ThenRefused(Refusal.AlreadyConverted);

    [Fact]
    public void a_second_right_code_is_not_even_compared_R07_R14() =>
        Given(Whole).When(OfferCode()).ThenNothingIsCompared();

    [Fact]
    public void a_second_right_password_makes_no_second_session_R07() =>
        Given(BobIdentified, BobsFirstFactorVerified, Converted).About(Bob).When(OfferPassword(Verdict.Right)).ThenRefused(Refusal.AlreadyConverted);

    [Fact]
    public void in_its_last_second_a_sign_in_may_still_convert_R10() =>
        Given(Late).When(OfferCode(Verdict.Right), at: SecondsLater(599)).Then(SecondFactorVerified, Converted with { SessionExpiresAt = SecondsLater(599).AddHours(24) });

    [Fact]
    public void ten_minutes_after_the_first_factor_it_is_over_R10() =>
        Given(Late).When(OfferCode(Verdict.Right), at: MinutesLater(10)).ThenRefused(Refusal.SignInExpired, leaving: Expired);

    [Fact]
    public void ten_minutes_after_the_first_factor_nothing_is_compared_R10() =>
        Given(Late).When(OfferCode(), at: MinutesLater(10)).ThenNothingIsCompared();

    [Fact]
    public void a_quarter_of_an_hour_after_it_began_it_is_over_however_late_the_first_factor_R10() =>
        Given(Identified, FirstFactorVerified with { SecondFactorBy = MinutesLater(24) }, Fresh).When(OfferCode(Verdict.Right), at: MinutesLater(15))
            .ThenRefused(Refusal.SignInExpired, leaving: Expired);

    [Fact]
    public void a_quarter_of_an_hour_after_it_began_no_password_is_compared_R10() =>
        Given(Identified).When(OfferPassword(), at: MinutesLater(15)).ThenNothingIsCompared();

    public static TheoryData<Strategy, Strategy> EachPair =>
        [.. from first in Strategies.All where first.Value.First from second in Strategies.All where second.Value.Second select (first.Key, second.Key)];

    /// <summary>Whatever comes first, a second proof by the same channel, or off the same ring, is none.</summary>
    [Theory]
    [MemberData(nameof(EachPair))]
    public void no_channel_can_satisfy_both_factors(Strategy first, Strategy second)
    {
        var proved = FirstFactorVerified with { Authenticator = first is Strategy.PhoneCode ? AnnsOtherPhone : new(first, first is Strategy.Passkey ? People.AnnsKey : People.AnnsAddress) };
        SignInEvent[] past = first.Traits().Resets ? [Identified, proved, PasswordReset with { Epoch = proved.Epoch }] : [Identified, FirstFactorChallenged, proved];
        var shares = (first.Traits().By is not Channel.None && first.Traits().By == second.Traits().By) || (first.Traits().Signs && second.Traits().Signs);
        var prepare = Given(past).About(AnnWithEverything).Under(WithMail).When(second.Traits().Signs ? new ChallengeSecondFactor(Challenge) : new PrepareSecondFactor(second, null, Text(1), Nonce(1), CodeKey));
        if (shares) prepare.ThenRefused(Refusal.NotForThisSignIn);
        else prepare.Answer().ShouldBe(second.Traits().Prepared || second.Traits().Signs ? "yes" : nameof(Refusal.StrategyInvalid));
        AnnWithEverything.Has(new(second, second is Strategy.PhoneCode ? People.AnnsPhone : second is Strategy.Totp ? People.AnnsApp : second is Strategy.Passkey ? People.AnnsKey : second is Strategy.EmailCode ? People.AnnsAddress : null)).ShouldBeTrue();
    }

    [Fact]
    public void every_strategy_has_its_row_and_is_found_by_its_name() =>
        Enum.GetValues<Strategy>().ShouldAllBe(strategy => Strategies.Named(strategy.Traits().Name) == strategy);

    private static readonly SecondFactorPrepared Fresh = SecondFactorPrepared with { Code = SecondFactorPrepared.Code with { ExpiresAt = MinutesLater(20) } };
    private static readonly SignInEvent[] Late = [Identified, FirstFactorVerified, Fresh];
}
