using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Domain.Verifications;
using Auth.Specs.Given;

namespace Auth.Specs.Deciding;

/// <summary>Steps 4 and 5 with a mailed code: only where the operator allows it, never out of the mailbox that proved the first factor (R04, R13, R14, R17, R22, R23, R50).</summary>
public class MailedSecondFactorSpecs : SignInSpec
{
    private static readonly Guid OtherAddress = People.Id(0xA8);
    private static readonly User AnnWithTwoAddresses = Ann.And(new EmailAddressAdded(OtherAddress, People.Hidden), new EmailAddressVerified(OtherAddress, Vouching.Code));
    private static readonly User AnnWithAPasswordByMail = Ann.And(new PasswordSet(Channel.Mail)), AnnWithAPasswordByText = Ann.And(new PasswordSet(Channel.Text));

    [Fact]
    public void where_the_operator_allows_it_a_code_is_mailed() =>
        Given(Identified, FirstFactorVerified).Under(WithMail).When(AskForMail()).Then(MailPrepared);

    [Fact]
    public void as_shipped_it_is_no_second_factor() =>
        Given(Identified, FirstFactorVerified).When(AskForMail()).ThenRefused(Refusal.StrategyInvalid);

    [Fact]
    public void switched_off_while_the_code_is_on_its_way_it_is_never_compared() =>
        Given(MailSent).When(OfferMailed(Verdict.Right)).ThenRefused(Refusal.StrategyInvalid);

    [Fact]
    public void the_right_code_converts() =>
        Given(MailSent).Under(WithMail).When(OfferMailed(Verdict.Right)).Then(new SecondFactorVerified(AnnsMailbox), Converted);

    [Fact]
    public void a_wrong_code_is_refused_and_counted() =>
        Given(MailSent).Under(WithMail).When(OfferMailed(Verdict.Wrong)).ThenRefused(Refusal.WrongCode, leaving: new SecondFactorRejected(AnnsMailbox));

    [Fact]
    public void five_wrong_codes_close_it_and_a_new_mail_opens_nothing_R14_R17() =>
        Given([.. MailSent, .. Times(5, new SecondFactorRejected(AnnsMailbox))]).Under(WithMail).When(AskForMail(text: 2), at: MinutesLater(1))
            .ThenRefused(Refusal.TooManyAttempts, leaving: new SecondFactorRefused(AnnsMailbox, RefusalReason.Closed, null));

    [Fact]
    public void within_the_gap_nothing_leaves_and_later_the_same_code_does_R17()
    {
        Given(MailSent).Under(WithMail).When(AskForMail(text: 2), at: SecondsLater(29)).ThenNothing();
        Given(MailSent).Under(WithMail).When(AskForMail(text: 2), at: SecondsLater(30)).Then(MailPrepared with { Text = Text(2), TextNumber = 2, ResendFrom = SecondsLater(60) });
    }

    [Fact]
    public void after_five_minutes_it_has_run_out() =>
        Given(MailSent).Under(WithMail).When(OfferMailed(Verdict.Right), at: MinutesLater(5))
            .ThenRefused(Refusal.CodeExpired, leaving: new SecondFactorRefused(AnnsMailbox, RefusalReason.CodeExpired, null));

    [Fact]
    public void during_a_wait_nothing_is_compared_and_nothing_mailed_R19()
    {
        var waiting = new Standing(10, MinutesLater(1));
        Given(MailSent).Standing(waiting).Under(WithMail).When(OfferMailed()).ThenNothingIsCompared();
        Given(Identified, FirstFactorVerified).Standing(waiting).Under(WithMail).When(AskForMail())
            .ThenRefusedUntil(MinutesLater(1), Refusal.Waiting, leaving: new SecondFactorRefused(AnnsMailbox, RefusalReason.Waiting, MinutesLater(1)));
    }

    [Fact]
    public void the_address_that_is_named_gets_it_if_it_is_verified_and_theirs_R13()
    {
        Given(Identified, FirstFactorVerified).About(AnnWithTwoAddresses).Under(WithMail).When(AskForMail(to: OtherAddress)).Then(MailPrepared with { Authenticator = new(Strategy.EmailCode, OtherAddress) });
        Given(Identified, FirstFactorVerified).About(Ann.And(new EmailAddressAdded(OtherAddress, People.Hidden))).Under(WithMail).When(AskForMail(to: OtherAddress)).ThenRefused(Refusal.NoSuchFactor);
        Given(Identified, FirstFactorVerified).Under(WithMail).When(AskForMail(to: People.BobsAddress)).ThenRefused(Refusal.NoSuchFactor);
        Given(Identified, FirstFactorVerified).Under(WithMail).When(AskForMail(to: People.AnnsPhone)).ThenRefused(Refusal.NoSuchFactor);
    }

    [Fact]
    public void an_address_taken_off_voids_its_code_R22() =>
        Given(MailSent).About(AnnWithTwoAddresses.And(new EmailAddressRemoved(People.AnnsAddress))).Under(WithMail).When(OfferMailed(Verdict.Right)).ThenRefused(Refusal.SignInExpired, leaving: Invalidated);

    [Theory]
    [InlineData(Strategy.EmailCode)]
    [InlineData(Strategy.ResetPasswordEmailCode)]
    public void a_mailbox_that_proved_the_first_factor_is_not_the_second_not_at_another_address_either(Strategy first) =>
        Given([Identified, FirstFactorVerified with { Authenticator = new(first, People.AnnsAddress) }, .. first.Traits().Resets ? new SignInEvent[] { PasswordReset with { Epoch = Ann.Epoch } } : []])
            .About(AnnWithTwoAddresses).Under(WithMail).When(AskForMail(to: OtherAddress)).ThenRefused(Refusal.NotForThisSignIn);

    [Fact]
    public void a_password_chosen_by_a_mailed_code_does_not_stand_beside_a_mailed_code_R50() =>
        Given(Identified, Proved(AnnWithAPasswordByMail)).About(AnnWithAPasswordByMail).Under(WithMail).When(AskForMail()).ThenRefused(Refusal.NotForThisSignIn);

    [Fact]
    public void a_password_chosen_by_a_texted_code_does_not_stand_beside_a_texted_code_R50() =>
        Given(Identified, Proved(AnnWithAPasswordByText)).About(AnnWithAPasswordByText).Under(WithMail).When(AskForCode()).ThenRefused(Refusal.NotForThisSignIn);

    [Fact]
    public void each_stands_beside_what_travels_by_the_other()
    {
        Given(Identified, Proved(AnnWithAPasswordByMail)).About(AnnWithAPasswordByMail).When(AskForCode()).Then(SecondFactorPrepared with { Epoch = AnnWithAPasswordByMail.Epoch });
        Given(Identified, Proved(AnnWithAPasswordByText)).About(AnnWithAPasswordByText).Under(WithMail).When(AskForMail()).Then(MailPrepared with { Epoch = AnnWithAPasswordByText.Epoch });
    }

    [Fact]
    public void a_password_chosen_in_a_session_stands_beside_both_again()
    {
        var again = AnnWithAPasswordByMail.And(new PasswordSet());
        Given(Identified, Proved(again)).About(again).Under(WithMail).When(AskForMail()).Then(MailPrepared with { Epoch = again.Epoch });
    }

    [Fact]
    public void an_address_is_no_enrolment_and_asks_nobody_for_a_second_factor() =>
        Given(BobIdentified).About(Bob).Under(WithMail).When(OfferPassword(Verdict.Right)).Then(BobsFirstFactorVerified, Converted);

    [Fact]
    public void where_everybody_must_enrol_an_address_is_no_enrolment_either()
    {
        var required = WithMail with { TwoStep = new() { Policy = Domain.Instances.TwoStepPolicy.Required } };
        Given(BobIdentified).About(Bob).Under(required).When(OfferPassword(Verdict.Right)).Then(BobsFirstFactorVerified, Converted with { Task = SessionTask.SetupMfa });
    }

    [Fact]
    public void in_a_step_up_a_mailbox_proves_the_first_factor_and_so_never_the_second() =>
        (StepUp.IsFirst(AnnsMailbox, Ann), StepUp.IsSecond(AnnsMailbox, Ann)).ShouldBe((true, false));

    private static FirstFactorVerified Proved(User user) => FirstFactorVerified with { Epoch = user.Epoch };
}
