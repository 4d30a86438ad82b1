using Auth.Domain.SignIns;
using Auth.Domain.SignUps;
using Auth.Specs.Given;

namespace Auth.Specs.Deciding;

/// <summary>Somebody becomes a person once, with the last thing needed: an identifier, every one of them proved, and a password.</summary>
public class SignUpSpecs : SignUpSpec
{
    [Fact]
    public void it_begins_with_whatever_is_given() =>
        Given().When(Begin(Address with { WithPassword = true })).Then(Begun, AddressGiven, PasswordChosen);

    [Fact]
    public void it_may_begin_with_nothing() => Given().When(Begin(Particulars.Nothing)).Then(Begun);

    [Fact]
    public void a_code_is_sent_to_what_was_given() => Given(Begun, AddressGiven).When(Ask()).Then(Mailed);

    [Fact]
    public void the_right_code_with_everything_given_makes_a_person_R03() => Given(CodeSent).When(Offer(Verdict.Right)).Then(AddressProved, Completed);

    [Fact]
    public void the_right_code_without_a_password_makes_none() => Given(Begun, AddressGiven, Mailed).When(Offer(Verdict.Right)).Then(AddressProved);

    [Fact]
    public void a_password_after_the_right_code_makes_one() => Given(Begun, AddressGiven, Mailed, AddressProved).When(Give(ChosenPassword)).Then(PasswordChosen, Completed);

    [Fact]
    public void each_identifier_has_to_be_proved() => Given([.. CodeSent, NumberGiven]).When(Offer(Verdict.Right)).Then(AddressProved);

    [Fact]
    public void with_the_last_one_proved_it_is_whole() =>
        Given([.. CodeSent, NumberGiven, AddressProved, Texted]).When(Offer(Verdict.Right, Strategy.PhoneCode)).Then(NumberProved, Completed);

    [Fact]
    public void another_address_is_not_proved_by_the_code_to_the_first_one() =>
        Given([.. CodeSent, AddressProved, AddressGiven with { Identifier = People.Id(0xD9) }]).When(Offer(Verdict.Right)).ThenRefused(Refusal.NotPrepared);

    [Fact]
    public void that_it_is_taken_is_told_only_after_the_right_code_R51() =>
        Given(CodeSent).When(Offer(Verdict.Right, taken: CleosAddress)).ThenRefusedAbout(IdentifierKind.EmailAddress, Refusal.IdentifierTaken,
            leaving: [AddressProved, new SignUpIdentifierTaken(IdentifierKind.EmailAddress, CleosAddress)]);

    [Fact]
    public void a_wrong_code_to_a_taken_one_is_a_wrong_code_R51() => Given(CodeSent).When(Offer(Verdict.Wrong, taken: CleosAddress)).ThenRefused(Refusal.WrongCode, Rejected);

    [Fact]
    public void asking_for_a_code_to_a_taken_one_and_giving_it_is_answered_as_ever_R51() =>
        Given([.. CodeSent, AddressGiven]).When(Give(Number, taken: CleosAddress)).Then(NumberGiven);

    [Fact]
    public void one_that_was_taken_meanwhile_keeps_them_from_becoming_somebody_else() =>
        Given([.. CodeSent, NumberGiven, AddressProved, Texted]).When(Offer(Verdict.Right, Strategy.PhoneCode, CleosAddress))
            .ThenRefusedAbout(IdentifierKind.EmailAddress, Refusal.IdentifierTaken, leaving: [NumberProved, new SignUpIdentifierTaken(IdentifierKind.EmailAddress, CleosAddress)]);

    [Fact]
    public void asked_again_within_the_gap_nothing_leaves() => Given(CodeSent).When(Ask(text: 2), at: SecondsLater(29)).ThenNothing();

    [Fact]
    public void after_the_gap_the_same_code_leaves_again() =>
        Given(CodeSent).When(Ask(text: 2), at: SecondsLater(30)).Then(Mailed with { Text = People.Id(2), TextNumber = 2, ResendFrom = SecondsLater(60) });

    [Fact]
    public void after_five_wrong_codes_even_the_right_one_is_not_compared_R14()
    {
        Given([.. CodeSent, .. Times(5, Rejected)]).When(Offer(Verdict.Right)).ThenRefused(Refusal.TooManyAttempts, new SignUpCodeRefused(Mailbox, RefusalReason.Closed, null));
        Given([.. CodeSent, .. Times(5, Rejected)]).When(Offer(Verdict.NotChecked)).IsCompared.ShouldBeFalse();
    }

    [Fact]
    public void after_five_minutes_the_code_is_over() =>
        Given(CodeSent).When(Offer(Verdict.Right), at: MinutesLater(5)).ThenRefused(Refusal.CodeExpired, new SignUpCodeRefused(Mailbox, RefusalReason.CodeExpired, null));

    [Fact]
    public void during_a_wait_nothing_is_compared_and_nothing_sent_R19()
    {
        var waits = new Standing(10, MinutesLater(1));
        Given(CodeSent).Standing(waits).When(Offer(Verdict.Right)).ThenRefusedUntil(MinutesLater(1), Refusal.Waiting, new SignUpCodeRefused(Mailbox, RefusalReason.Waiting, MinutesLater(1)));
        Given(Begun, AddressGiven).Standing(waits).When(Ask()).ThenRefusedUntil(MinutesLater(1), Refusal.Waiting, new SignUpCodeRefused(Mailbox, RefusalReason.Waiting, MinutesLater(1)));
    }

    [Fact]
    public void too_many_messages_to_one_place_are_refused_until_then_R56() =>
        Given(Begun, AddressGiven).Sent(new([], [], MinutesLater(20))).When(Ask())
            .ThenRefusedUntil(MinutesLater(20), Refusal.SendLimit, new SignUpCodeRefused(Mailbox, RefusalReason.SendLimit, MinutesLater(20)));

    [Fact]
    public void a_text_is_kept_by_the_rules_of_every_text_and_says_where_it_goes_R56_R57()
    {
        var abroad = new Traffic("NO", "SE", 0, 0, false);
        Given(Begun, NumberGiven).Sent(Sendings.None with { Traffic = abroad }).When(Ask(by: Strategy.PhoneCode))
            .ThenRefused(Refusal.CountryClosed, new SignUpCodeRefused(Texted.Authenticator, RefusalReason.Country, null, "NO"));
        Given(Begun, NumberGiven).Sent(Sendings.None with { Traffic = abroad with { Country = "SE", PrefixFull = true } }).When(Ask(by: Strategy.PhoneCode))
            .Then(Texted with { Country = "SE", Noted = RefusalReason.Prefix });
    }

    [Fact]
    public void a_refusal_is_told_once() =>
        Given([.. CodeSent, new SignUpCodeRefused(Mailbox, RefusalReason.CodeExpired, null)]).When(Offer(Verdict.Right), at: MinutesLater(5)).ThenRefused(Refusal.CodeExpired);

    [Fact]
    public void the_sixth_address_is_one_too_many() =>
        Given([Begun, .. Times(5, AddressGiven)]).When(Give(Address)).ThenRefusedAbout(IdentifierKind.EmailAddress, Refusal.TooManyIdentifiers);

    [Fact]
    public void what_is_proved_is_not_proved_again() => Given(Begun, AddressGiven, Mailed, AddressProved).When(Ask(text: 2), at: MinutesLater(1)).ThenRefused(Refusal.AlreadyVerified);

    [Theory]
    [InlineData(Strategy.Password)]
    [InlineData(Strategy.ResetPasswordEmailCode)]
    [InlineData(Strategy.Ticket)]
    [InlineData(null)]
    public void nothing_else_proves_an_identifier(Strategy? strategy)
    {
        Given(CodeSent).When(Ask(strategy)).ThenRefused(Refusal.StrategyInvalid);
        Given(CodeSent).When(Offer(Verdict.Right, strategy)).ThenRefused(Refusal.StrategyInvalid);
    }

    [Fact]
    public void a_guess_that_nobody_compared_is_a_bug() => Given(CodeSent).When(Offer(Verdict.NotChecked)).ThenItIsABug();

    [Fact]
    public void what_a_code_is_made_from_is_not_printed_R24() => Ask().ToString().ShouldNotContain("0f1");

    [Fact]
    public void a_day_after_it_began_it_is_over() => Given(CodeSent).When(Offer(Verdict.Right), at: MinutesLater(24 * 60)).ThenRefused(Refusal.SignUpEnded, Expired);

    [Fact]
    public void a_fact_that_cannot_follow_is_told_loudly() =>
        Should.Throw<InvalidOperationException>(() => SignUp.Evolve(SignUp.Initial, AddressGiven, People.NineOClock));
}
