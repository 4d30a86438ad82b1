using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Domain.Verifications;
using Auth.Specs.Given;

namespace Auth.Specs.Deciding;

/// <summary>What is being enrolled, or proved once more, is void once something voided the person's proofs (R63).</summary>
public class VoidedVerificationSpecs : VerificationSpec
{
    private static readonly VerificationBegun Now = StepUpBegun with { Epoch = People.Ann.Epoch }, Before = StepUpBegun with { Epoch = People.Ann.Epoch - 1 };

    [Fact]
    public void one_that_was_begun_before_is_over_R63()
    {
        Given(Before).When(Offer(by: Password)).ThenRefused(Refusal.VerificationOver);
        Given(Before).When(AskForCode(to: AnnsPhone)).ThenRefused(Refusal.VerificationOver);
        Given(Before).When(Offer(Verdict.Right, Password)).Compares().ShouldBeFalse();
        Given(Now).When(Offer(Verdict.Right, Password)).Then(new VerificationAccepted(Password));
    }

    [Fact]
    public void a_code_that_was_sent_before_is_over_and_the_identifier_waits_on_R63()
    {
        var old = Prepared with { Epoch = People.Ann.Epoch - 1 };
        Given(Begun, old).When(Offer(Verdict.Right)).ThenRefused(Refusal.CodeExpired, new VerificationRefused(NewPhone, RefusalReason.CodeExpired, null));
        Given(Begun, old).When(Offer(Verdict.Right)).Compares().ShouldBeFalse();
        Given(Begun, old).When(AskForCode(2), at: SecondsLater(5))
            .Then(new VerificationPrepared(NewPhone, Text(2), 2, new(CodeKey, Nonce(2), 2, SecondsLater(305)), SecondsLater(35), Here) { Epoch = People.Ann.Epoch });
        Given(Begun, Prepared).When(Offer(Verdict.Right)).Then(Accepted);
    }

    [Fact]
    public void what_was_told_before_epochs_were_is_as_good_as_it_was()
    {
        Given(StepUpBegun).When(Offer(Verdict.Right, Password)).Then(new VerificationAccepted(Password));
        Given(Begun, Prepared with { Epoch = null }).When(Offer(Verdict.Right)).Then(Accepted);
    }

    [Fact]
    public void the_end_of_all_sessions_voids_what_was_proved_before_R75()
    {
        var after = People.Ann.And(new SessionsRevoked("key_0a"));
        (after.Epoch, after.TrustVoided).ShouldBe((People.Ann.Epoch + 1, People.Ann.TrustVoided + 1));
        UserDecider.Voids([new SessionsRevoked("key_0a")], People.Ann).ShouldBeTrue();
        UserDecider.Voids([new ReservedForSecondFactor(People.AnnsOtherPhone)], People.Ann).ShouldBeFalse();
        UserDecider.Decide(new RevokeSessions("key_0a"), People.Ann).Events.ShouldBe([new SessionsRevoked("key_0a")]);
    }
}
