using Auth.Domain.Instances;
using Auth.Domain.SignIns;
using Auth.Domain.SignUps;
using Auth.Specs.Given;

namespace Auth.Specs.Deciding;

/// <summary>Who signs up needs what the operator lets them sign in again with, and nothing else; and nobody is let in who could not come back.</summary>
public class SignUpPolicySpecs : SignUpSpec
{
    private static readonly Settings ByCode = Settings.Shipped with { FirstFactors = [Strategy.EmailCode, Strategy.PhoneCode] };
    private static readonly Settings ByMail = Settings.Shipped with { FirstFactors = [Strategy.EmailCode] };
    private static readonly Settings ByPassword = Settings.Shipped with { FirstFactors = [Strategy.Password] };

    [Fact]
    public void where_the_password_is_no_first_factor_the_right_code_makes_a_person() =>
        Given(Begun, AddressGiven, Mailed).Under(ByCode).When(Offer(Verdict.Right)).Then(AddressProved, Completed);

    [Fact]
    public void where_it_became_one_meanwhile_a_password_is_needed() =>
        Given(Begun, AddressGiven, Mailed).Under(ByPassword).When(Offer(Verdict.Right)).Then(AddressProved);

    [Fact]
    public void a_number_alone_makes_nobody_where_only_mailed_codes_sign_in() =>
        Given(Begun, NumberGiven, Texted).Under(ByMail).When(Offer(Verdict.Right, Strategy.PhoneCode)).Then(NumberProved);

    [Fact]
    public void beside_a_proved_address_it_is_welcome_there() =>
        Given(Begun, AddressGiven, Mailed, NumberGiven, Texted, NumberProved).Under(ByMail).When(Offer(Verdict.Right)).Then(AddressProved, Completed);

    [Fact]
    public void the_session_is_proved_by_a_code_that_signs_in_here_else_by_the_password()
    {
        Proof(Settings.Shipped).ShouldBe(Mailbox);
        Proof(ByCode).ShouldBe(Mailbox);
        Proof(ByPassword).ShouldBe(Authenticator.Password);
    }

    [Theory]
    [InlineData(true, true, true, Strategy.Password)]
    [InlineData(true, true, false, Strategy.EmailCode)]
    [InlineData(true, false, true, Strategy.PhoneCode)]
    [InlineData(false, false, false, Strategy.Passkey)]
    [InlineData(false, false, false, Strategy.ResetPasswordEmailCode)]
    public void it_is_open_only_with_what_somebody_can_come_back_with(bool open, bool address, bool number, Strategy only)
    {
        var settings = Settings.Shipped with { FirstFactors = [only] };
        settings.OpensSignUp(SignUpRule.Open).ShouldBe(open);
        (settings.MaySignUpWith(IdentifierKind.EmailAddress), settings.MaySignUpWith(IdentifierKind.PhoneNumber)).ShouldBe((address, number));
    }

    [Theory]
    [InlineData(null, SignUpRule.Open, true)]
    [InlineData(null, SignUpRule.Closed, false)]
    [InlineData(SignUpRule.Closed, SignUpRule.Open, false)]
    [InlineData(SignUpRule.Open, SignUpRule.Closed, true)]
    public void what_is_configured_holds_until_an_operator_says_something(SignUpRule? said, SignUpRule configured, bool open) =>
        (Settings.Shipped with { SignUp = said }).OpensSignUp(configured).ShouldBe(open);

    private static Authenticator Proof(Settings settings) =>
        ((SignUp.Open)new SignUpEvent[] { Begun, AddressGiven, PasswordChosen, Mailed, AddressProved }.Aggregate(SignUp.Initial, (signUp, happened) => SignUp.Evolve(signUp, happened, People.NineOClock)))
            .Proved(settings).Proof;
}
