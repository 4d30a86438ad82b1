using Auth.Domain.Passkeys;
using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Specs.Given;

namespace Auth.Specs.Deciding;

/// <summary>A passkey with user verification is both factors, without it something they have; an answer is taken once, and there is nothing to wait for (R40, R43, R59).</summary>
public class PasskeySpecs : SignInSpec
{
    private static readonly User AnnWithAKey = Ann.And(AnnsKeyAdded), BobWithAKey = Bob.And(BobsKeyAdded), BobWithASecurityKey = Bob.And(BobsKeyAdded with { VerifiesUser = false });
    private static readonly Authenticator AnnsKey = new(Strategy.Passkey, People.AnnsKey), BobsKey = new(Strategy.Passkey, People.BobsKey);
    private static readonly SignInEvent[] Asked = [Unnamed, FirstFactorChallenged], BobAsked = [BobIdentified, FirstFactorChallenged];

    [Fact]
    public void without_a_name_a_passkey_is_asked_for() =>
        Given().About(null).When(new CreateSignIn(AnnsClient, IdentifierKind.Passkey, null, null, null, Challenge)).Then(Unnamed, FirstFactorChallenged);

    [Fact]
    public void with_user_verification_it_is_both_factors_and_says_who_it_is_R43() =>
        Given(Asked).About(AnnWithAKey).When(Sign(People.AnnsKey, verified: true)).Then(new FirstFactorVerified(AnnsKey, Demand.Nothing, Ann.Epoch, null, true, People.AnnsId), Converted);

    [Fact]
    public void without_it_something_else_is_demanded_R43() =>
        Given(Asked).About(AnnWithAKey).When(Sign(People.AnnsKey)).Then(new FirstFactorVerified(AnnsKey, Demand.SecondFactor, Ann.Epoch, MinutesLater(10), false, People.AnnsId));

    [Fact]
    public void without_it_and_with_nothing_beside_it_is_no_way_in_R43() =>
        Given(BobAsked).About(BobWithAKey).When(Sign(People.BobsKey)).ThenRefused(Refusal.WrongPasskey, leaving: new FirstFactorRejected(BobsKey, "UserNotVerified"));

    [Fact]
    public void one_that_never_checked_its_owner_is_not_believed_later_R43() =>
        Given(BobAsked).About(BobWithASecurityKey).When(Sign(People.BobsKey, verified: true)).ThenRefused(Refusal.WrongPasskey, leaving: new FirstFactorRejected(BobsKey, "UserNotVerified"));

    [Fact]
    public void beside_a_password_it_is_the_second_factor_R04() =>
        Given(BobIdentified, BobsFirstFactorVerified with { Demand = Demand.SecondFactor, SecondFactorBy = MinutesLater(10) }, SecondFactorChallenged).About(BobWithAKey)
            .When(SignSecond(People.BobsKey)).Then(new SecondFactorVerified(BobsKey), Converted);

    [Fact]
    public void beside_a_passkey_no_passkey_is_a_second_factor_R43() =>
        Given([.. Asked, new FirstFactorVerified(AnnsKey, Demand.SecondFactor, Ann.Epoch, MinutesLater(10), false, People.AnnsId)]).About(AnnWithAKey)
            .When(new ChallengeSecondFactor(Challenge)).ThenRefused(Refusal.NotForThisSignIn);

    [Fact]
    public void who_has_none_is_asked_for_none() =>
        Given(Identified, FirstFactorVerified).When(new ChallengeSecondFactor(Challenge)).ThenRefused(Refusal.NoSuchFactor);

    [Fact]
    public void a_wrong_answer_is_a_fact_with_its_reason_and_uses_the_challenge_up_R40()
    {
        var wrong = new AttemptFirstFactor(Strategy.Passkey) { Verdict = Verdict.Wrong, Signing = new(null, Flaw: "Signature"), Session = Session };
        Given(Asked).About(null).When(wrong).ThenRefused(Refusal.WrongPasskey, leaving: new FirstFactorRejected(Authenticator.AnyPasskey, "Signature"));
        Given([.. Asked, new FirstFactorRejected(Authenticator.AnyPasskey, "Signature")]).About(AnnWithAKey).When(Sign(People.AnnsKey, verified: true)).ThenRefused(Refusal.NotPrepared);
    }

    [Fact]
    public void nothing_is_looked_at_that_was_not_asked_for_or_too_late_R40()
    {
        Given(Identified).About(AnnWithAKey).When(Sign(People.AnnsKey, verified: true)).ThenNothingIsCompared();
        Given(Asked).About(AnnWithAKey).When(Sign(People.AnnsKey, verified: true), at: MinutesLater(5))
            .ThenRefused(Refusal.CodeExpired, leaving: new FirstFactorRefused(Authenticator.AnyPasskey, RefusalReason.CodeExpired, null));
    }

    [Fact]
    public void failures_in_a_row_do_not_stop_it_R59() =>
        Given(Asked).About(AnnWithAKey).Standing(new(50, MinutesLater(60))).When(Sign(People.AnnsKey, verified: true)).ThenItIsCompared();

    [Fact]
    public void nor_do_its_own_count_over_sign_ins_R59() =>
        Standing.Clean.After(Decision.Refuse(Refusal.WrongPasskey, new FirstFactorRejected(AnnsKey, "Signature")), NineOClock, Dials.Shipped).ShouldBe(Standing.Clean);

    [Fact]
    public void five_wrong_answers_close_it_for_this_sign_in() =>
        Given([.. Asked, .. Times(5, new FirstFactorRejected(AnnsKey, "Signature"))]).About(null).When(new ChallengeFirstFactor(Challenge))
            .ThenRefused(Refusal.TooManyAttempts, leaving: new FirstFactorRefused(Authenticator.AnyPasskey, RefusalReason.Closed, null));

    [Fact]
    public void somebody_locked_gets_no_session_and_the_challenge_is_used_up() =>
        Given(Asked).About(AnnWithAKey.And(new Locked(null))).When(Sign(People.AnnsKey, verified: true)).ThenRefused(Refusal.UserLocked, leaving: new FirstFactorRefused(AnnsKey, RefusalReason.Locked, null));

    [Fact]
    public void asked_again_with_time_left_nothing_is_told() =>
        Given(Asked).About(null).When(new ChallengeFirstFactor(Challenge with { Nonce = "another" }), at: MinutesLater(2)).ThenNothing();

    [Fact]
    public void a_right_word_for_a_passkey_that_is_not_theirs_is_a_bug() =>
        Given(Asked).About(AnnWithAKey).When(Sign(People.BobsKey, verified: true)).ThenItIsABug();

    [Fact]
    public void taken_off_it_voids_what_was_proved_R63() =>
        AnnWithAKey.And(new PasskeyRemoved(People.AnnsKey)).ShouldSatisfyAllConditions(user => user.Epoch.ShouldBe(Ann.Epoch + 1), user => user.Passkeys.ShouldBeEmpty());

    [Fact]
    public void the_last_factor_takes_the_backup_codes_along() =>
        UserDecider.Decide(new RemovePasskey(People.BobsKey), BobWithAKey.And(new BackupCodesMade(People.AnnsCodes, 10))).Events.ShouldBe([new PasskeyRemoved(People.BobsKey), new BackupCodesRemoved(People.AnnsCodes)]);

    [Fact]
    public void the_last_factor_stays_where_one_is_demanded() =>
        UserDecider.Decide(new RemovePasskey(People.BobsKey), BobWithAKey, secondFactorRequired: true).Refusal.ShouldBe(UserRefusal.LastSecondFactor);

    [Fact]
    public void a_suspicion_is_told_once_R41()
    {
        var suspected = new PasskeySuspected(People.BobsKey, 5, 9);
        UserDecider.Decide(new SuspectPasskey(People.BobsKey, 5, 9), BobWithAKey).Events.ShouldBe([suspected]);
        UserDecider.Decide(new SuspectPasskey(People.BobsKey, 5, 9), BobWithAKey.And(suspected)).Events.ShouldBeEmpty();
    }

    private static AttemptFirstFactor Sign(Guid key, bool verified = false) => new(Strategy.Passkey) { Verdict = Verdict.Right, Signing = new(key, verified), Session = Session };

    private static AttemptSecondFactor SignSecond(Guid key) => new(Strategy.Passkey) { Verdict = Verdict.Right, Signing = new(key), Session = Session };
}
