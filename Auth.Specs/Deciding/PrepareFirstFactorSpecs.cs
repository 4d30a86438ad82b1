using Auth.Domain.SignIns;
using Auth.Specs.Given;

namespace Auth.Specs.Deciding;

/// <summary>Step 2: a code to the identifier that was typed, for people and strangers alike (R14, R17, R19, R51, R56, R58).</summary>
public class PrepareFirstFactorSpecs : SignInSpec
{
    [Fact]
    public void a_code_is_sent_to_the_address_that_was_typed() =>
        Given(Identified).When(AskForFirstCode()).Then(FirstFactorPrepared);

    [Fact]
    public void a_stranger_is_told_the_same_R51() =>
        Given(StrangerIdentified).About(Stranger).When(StrangerAsks()).Then(FirstFactorPrepared with { Authenticator = new(Strategy.EmailCode) });

    [Theory]
    [InlineData(Strategy.Password)]
    [InlineData(Strategy.Totp)]
    [InlineData(Strategy.BackupCode)]
    [InlineData(Strategy.PhoneCode)]
    [InlineData(Strategy.ResetPasswordPhoneCode)]
    [InlineData(null)]
    public void what_cannot_go_to_an_address_is_refused_R58(Strategy? strategy) =>
        Given(Identified).When(AskForFirstCode(by: strategy)).ThenRefused(Refusal.StrategyInvalid);

    [Fact]
    public void a_number_that_was_typed_is_texted() =>
        Given(Identified with { Kind = IdentifierKind.PhoneNumber }).When(AskForFirstCode(by: Strategy.PhoneCode, to: People.AnnsPhone))
            .Then(FirstFactorPrepared with { Authenticator = AnnsPhone });

    [Fact]
    public void asked_again_within_half_a_minute_nothing_leaves() =>
        Given(Identified, FirstFactorPrepared).When(AskForFirstCode(text: 2), at: SecondsLater(29)).ThenNothing();

    [Fact]
    public void asked_again_later_the_same_code_goes_in_another_message_R17() =>
        Given(Identified, FirstFactorPrepared).When(AskForFirstCode(text: 2), at: SecondsLater(30))
            .Then(FirstFactorPrepared with { Text = Text(2), TextNumber = 2, ResendFrom = SecondsLater(60) });

    [Fact]
    public void a_code_with_little_life_left_is_followed_by_the_next_one_R17() =>
        Given(Identified, FirstFactorPrepared).When(AskForFirstCode(text: 2), at: SecondsLater(181))
            .Then(FirstFactorPrepared with { Text = Text(2), TextNumber = 2, Code = new(CodeKey, Nonce(2), 2, SecondsLater(481)), ResendFrom = SecondsLater(211) });

    [Fact]
    public void a_message_gives_no_new_guesses_R17() =>
        Given([Identified, FirstFactorPrepared, .. Times(5, new FirstFactorRejected(AnnsMailbox))]).When(AskForFirstCode(text: 2), at: SecondsLater(31))
            .ThenRefused(Refusal.TooManyAttempts, leaving: new FirstFactorRefused(AnnsMailbox, RefusalReason.Closed, null));

    [Fact]
    public void during_a_wait_nothing_is_sent_R19() =>
        Given(Identified).Standing(new(10, SecondsLater(30))).When(AskForFirstCode())
            .ThenRefusedUntil(SecondsLater(30), Refusal.Waiting, leaving: new FirstFactorRefused(AnnsMailbox, RefusalReason.Waiting, SecondsLater(30)));

    [Fact]
    public void too_many_messages_to_one_place_are_refused_until_the_oldest_is_an_hour_old_R56() =>
        Given(Identified).Sent(new([.. Enumerable.Range(0, 5).Select(n => NineOClock.AddMinutes(-50 + n))], [], null)).When(AskForFirstCode())
            .ThenRefusedUntil(MinutesLater(10), Refusal.SendLimit, leaving: new FirstFactorRefused(AnnsMailbox, RefusalReason.SendLimit, MinutesLater(10)));

    [Fact]
    public void created_with_the_wish_for_a_code_it_is_sent_at_once() =>
        Given().When(Create() with { Asked = AskForFirstCode() }).Then(Identified, FirstFactorPrepared);

    [Fact]
    public void what_a_code_is_made_from_is_not_printed() => $"{AskForFirstCode()}".ShouldNotContain("nonce", Case.Insensitive);
}
