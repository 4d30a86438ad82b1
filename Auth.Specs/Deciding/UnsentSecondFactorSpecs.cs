using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Specs.Given;

namespace Auth.Specs.Deciding;

/// <summary>Step 5 with what nothing is sent for: an authenticator app, a backup code (R04, R13, R18, R34, R38).</summary>
public class UnsentSecondFactorSpecs : SignInSpec
{
    [Theory]
    [InlineData(Strategy.Totp)]
    [InlineData(Strategy.BackupCode)]
    public void the_right_one_converts(Strategy by) =>
        Given(Identified, FirstFactorVerified).About(AnnWithEverything).When(OfferCode(Verdict.Right, by)).Then(new SecondFactorVerified(Of(by)), Converted);

    [Theory]
    [InlineData(Strategy.Totp)]
    [InlineData(Strategy.BackupCode)]
    public void a_wrong_one_is_refused_and_counted(Strategy by) =>
        Given(Identified, FirstFactorVerified).About(AnnWithEverything).When(OfferCode(Verdict.Wrong, by)).ThenRefused(Refusal.WrongCode, leaving: new SecondFactorRejected(Of(by)));

    [Theory]
    [InlineData(Strategy.Totp)]
    [InlineData(Strategy.BackupCode)]
    public void five_wrong_close_it_for_this_sign_in_R38(Strategy by) =>
        Given([Identified, FirstFactorVerified, .. Times(5, new SecondFactorRejected(Of(by)))]).About(AnnWithEverything).When(OfferCode(Verdict.Right, by))
            .ThenRefused(Refusal.TooManyAttempts, leaving: new SecondFactorRefused(Of(by), RefusalReason.Closed, null));

    [Fact]
    public void another_factor_may_still_finish_it_R38() =>
        Given([Identified, FirstFactorVerified, .. Times(5, new SecondFactorRejected(AnnsApp))]).About(AnnWithEverything).When(OfferCode(Verdict.Right, Strategy.BackupCode))
            .Then(new SecondFactorVerified(Authenticator.BackupCode), Converted);

    [Theory]
    [InlineData(Strategy.Totp)]
    [InlineData(Strategy.BackupCode)]
    public void what_they_do_not_have_is_never_compared_R13(Strategy by) =>
        Given(Identified, FirstFactorVerified).When(OfferCode(Verdict.Right, by)).ThenRefused(Refusal.NotForThisSignIn);

    [Fact]
    public void a_text_on_its_way_does_not_stand_in_the_way() =>
        Given(CodeSent).About(AnnWithEverything).When(OfferCode(Verdict.Right, Strategy.Totp)).Then(new SecondFactorVerified(AnnsApp), Converted);

    [Fact]
    public void a_texted_code_is_none_of_the_app_R23() =>
        Given(Identified, FirstFactorVerified).About(AnnWithEverything).When(OfferCode(Verdict.Right)).ThenRefused(Refusal.NotPrepared);

    [Fact]
    public void an_app_alone_is_a_second_factor_R04() =>
        Given(BobIdentified).About(Bob.And(new AuthenticatorAppAdded(People.AnnsApp))).When(OfferPassword(Verdict.Right)).Then(new FirstFactorVerified(Password, Demand.SecondFactor, Bob.Epoch, MinutesLater(10)));

    [Fact]
    public void backup_codes_alone_are_none() =>
        Given(BobIdentified).About(Bob.And(new BackupCodesMade(People.AnnsCodes, 10))).When(OfferPassword(Verdict.Right)).Then(BobsFirstFactorVerified, Converted);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void new_backup_codes_or_another_app_end_a_waiting_sign_in_R37(bool codes) =>
        Given(Identified, FirstFactorVerified).About(AnnWithEverything.And(codes ? new BackupCodesMade(Text(1), 10) : new AuthenticatorAppAdded(Text(2))))
            .When(OfferCode(Verdict.Right, Strategy.BackupCode)).ThenRefused(Refusal.SignInExpired, leaving: Invalidated);

    [Fact]
    public void after_a_texted_first_code_no_text_is_a_second_factor() =>
        Given(Identified with { Kind = IdentifierKind.PhoneNumber }, FirstFactorVerified with { Authenticator = AnnsPhone }).When(AskForCode()).ThenRefused(Refusal.NotForThisSignIn);

    private static Authenticator Of(Strategy by) => by is Strategy.Totp ? AnnsApp : Authenticator.BackupCode;
}
