using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Specs.Given;

namespace Auth.Specs.Deciding;

/// <summary>Step 3 with a code that was sent, and the forgotten password (R04, R06, R14, R17, R23, R50, R51).</summary>
public class SentFirstFactorSpecs : SignInSpec
{
    private static readonly FirstFactorRejected WrongCode = new(AnnsMailbox);
    private static readonly FirstFactorPrepared ResetPrepared = FirstFactorPrepared with { Authenticator = AnnsReset };
    private static readonly FirstFactorVerified ByMail = FirstFactorVerified with { Authenticator = AnnsMailbox };
    private static readonly Authenticator BobsReset = new(Strategy.ResetPasswordEmailCode, People.BobsAddress);
    private static readonly FirstFactorVerified BobsReset_ = BobsFirstFactorVerified with { Authenticator = BobsReset };

    [Fact]
    public void the_right_code_asks_for_the_second_factor_R04() =>
        Given(Identified, FirstFactorPrepared).When(OfferFirstCode(Verdict.Right)).Then(ByMail);

    [Fact]
    public void the_right_code_converts_where_nothing_else_is_needed() =>
        Given(BobIdentified, FirstFactorPrepared with { Authenticator = BobsMailbox }).About(Bob).When(OfferFirstCode(Verdict.Right))
            .Then(BobsFirstFactorVerified with { Authenticator = BobsMailbox }, Converted);

    [Fact]
    public void a_wrong_code_is_refused_and_counted() =>
        Given(Identified, FirstFactorPrepared).When(OfferFirstCode(Verdict.Wrong)).ThenRefused(Refusal.WrongCode, leaving: WrongCode);

    [Fact]
    public void a_strangers_code_is_wrong_in_the_same_words_R51() =>
        Given(StrangerIdentified, FirstFactorPrepared with { Authenticator = new(Strategy.EmailCode) }).About(Stranger).When(OfferFirstCode(Verdict.Wrong))
            .ThenRefused(Refusal.WrongCode, leaving: new FirstFactorRejected(new(Strategy.EmailCode)));

    [Fact]
    public void a_stranger_who_is_right_is_a_bug() =>
        Given(StrangerIdentified, FirstFactorPrepared with { Authenticator = new(Strategy.EmailCode) }).About(Stranger).When(OfferFirstCode(Verdict.Right)).ThenItIsABug();

    [Fact]
    public void the_sixth_guess_is_not_compared_R14() =>
        Given([Identified, FirstFactorPrepared, .. Times(5, WrongCode)]).When(OfferFirstCode()).ThenNothingIsCompared();

    [Fact]
    public void after_five_wrong_codes_the_password_still_counts() =>
        Given([Identified, FirstFactorPrepared, .. Times(5, WrongCode)]).When(OfferPassword(Verdict.Right)).Then(FirstFactorVerified);

    [Fact]
    public void without_a_code_on_its_way_there_is_nothing_to_guess() =>
        Given(Identified).When(OfferFirstCode(Verdict.Right)).ThenRefused(Refusal.NotPrepared);

    [Fact]
    public void a_code_to_sign_in_with_is_none_to_reset_with_R23() =>
        Given(Identified, FirstFactorPrepared).When(OfferFirstCode(Verdict.Right, Strategy.ResetPasswordEmailCode)).ThenRefused(Refusal.NotPrepared);

    [Fact]
    public void a_code_whose_life_is_over_is_not_compared_R14() =>
        Given(Identified, FirstFactorPrepared).When(OfferFirstCode(Verdict.Right), at: MinutesLater(5))
            .ThenRefused(Refusal.CodeExpired, leaving: new FirstFactorRefused(AnnsMailbox, RefusalReason.CodeExpired, null));

    [Fact]
    public void an_address_that_is_no_longer_theirs_proves_nothing_R22() =>
        Given(Identified, FirstFactorPrepared).About(Ann.And(new EmailAddressRemoved(People.AnnsAddress))).When(OfferFirstCode(Verdict.Right)).ThenItIsABug();

    [Fact]
    public void the_code_to_reset_with_opens_nothing_by_itself_R50() =>
        Given(BobIdentified, ResetPrepared with { Authenticator = BobsReset }).About(Bob).When(OfferFirstCode(Verdict.Right, Strategy.ResetPasswordEmailCode)).Then(BobsReset_);

    [Fact]
    public void a_new_password_never_skips_the_second_factor_R50() =>
        Given(Identified, ResetPrepared, ResetVerified).When(ChooseNewPassword).Then(PasswordReset);

    [Fact]
    public void the_second_factor_counts_at_the_epoch_that_the_new_password_made() =>
        Given(Identified, ResetPrepared, ResetVerified, PasswordReset).About(Ann.And(new PasswordSet())).When(AskForCode())
            .Then(SecondFactorPrepared with { Epoch = Ann.Epoch + 1 });

    [Fact]
    public void a_password_set_by_somebody_else_meanwhile_ends_it_R63() =>
        Given(Identified, ResetPrepared, ResetVerified).About(Ann.And(new PasswordSet())).When(ChooseNewPassword).ThenRefused(Refusal.SignInExpired, leaving: Invalidated);

    [Fact]
    public void where_nothing_else_is_demanded_the_new_password_converts() =>
        Given(BobIdentified, BobsReset_).About(Bob).When(ChooseNewPassword).Then(new PasswordReset(Demand.Nothing, Bob.Epoch + 1, null), Converted);

    [Fact]
    public void a_second_factor_added_meanwhile_is_demanded_R06() =>
        Given(BobIdentified, BobsReset_).About(Bob.And(new ReservedForSecondFactor(People.BobsPhone))).When(ChooseNewPassword)
            .Then(PasswordReset with { Epoch = Bob.Epoch + 1 });

    [Fact]
    public void locked_meanwhile_they_set_none() =>
        Given(Identified, ResetVerified).About(AnnLocked).When(ChooseNewPassword).ThenRefused(Refusal.UserLocked);

    [Fact]
    public void banned_meanwhile_they_set_none_and_get_no_session() =>
        Given(BobIdentified, BobsReset_).About(Bob.And(new Banned())).When(ChooseNewPassword).ThenRefused(Refusal.UserBanned);

    private static Authenticator BobsMailbox => new(Strategy.EmailCode, People.BobsAddress);
}
