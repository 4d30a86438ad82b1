using Auth.Domain.SignIns;
using Auth.Specs.Given;

namespace Auth.Specs.Deciding;

/// <summary>A sentence that is false tells itself back, and hides what is secret.</summary>
public class StorySpecs : SignInSpec
{
    private static readonly string Told = Should.Throw<ShouldAssertException>(() =>
        Given(CodeSent).When(OfferCode(Verdict.Right), at: MinutesLater(5)).Then(SecondFactorVerified, Converted)).Message;

    [Fact]
    public void a_false_sentence_is_told_back() =>
        Told.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0).ShouldBe(
        [
            "Given     Identified { Client = 000000c1-0000-0000-0000-000000000000, User = 000000a0-0000-0000-0000-000000000000, Kind = EmailAddress, Identifier = Sealed(hidden), EndsAt = 01/05/2026 09:15:00 +00:00 }",
            "          FirstFactorVerified { Authenticator = Authenticator { Strategy = Password, Id =  }, Demand = SecondFactor, Epoch = 1, SecondFactorBy = 01/05/2026 09:10:00 +00:00, UserVerified = False, User =  }",
            "          SecondFactorPrepared { Authenticator = Authenticator { Strategy = PhoneCode, Id = 000000a2-0000-0000-0000-000000000000 }, Text = 00007e01-0000-0000-0000-000000000000, TextNumber = 1, Code = OneTimeCode(issue 1, until 09:05:00), Epoch = 1, ResendFrom = 01/05/2026 09:00:30 +00:00 }",
            "When      AttemptSecondFactor { Verdict = Right, Signing = , Session = 0000005e-0000-0000-0000-000000000000, Strategy = PhoneCode }  at 09:05:00",
            "Expected  SecondFactorVerified { Authenticator = Authenticator { Strategy = PhoneCode, Id = 000000a2-0000-0000-0000-000000000000 }, UserVerified = False }",
            "          Converted { Session = 0000005e-0000-0000-0000-000000000000, SessionExpiresAt = 01/06/2026 09:00:00 +00:00, Task =  }",
            "But got   refused: CodeExpired",
            "          SecondFactorRefused { Authenticator = Authenticator { Strategy = PhoneCode, Id = 000000a2-0000-0000-0000-000000000000 }, Reason = CodeExpired, Until =  }",
        ]);

    [Fact]
    public void nothing_secret_is_told() =>
        (Told.Contains(People.Hidden.Box, StringComparison.Ordinal) || Told.Contains(Nonce(1), StringComparison.Ordinal)).ShouldBeFalse();

    [Theory]
    [InlineData(Refusal.WrongCode)]
    [InlineData(Refusal.TooManyAttempts)]
    public void a_refusal_that_did_not_come_is_false_too(Refusal refusal) =>
        Should.Throw<ShouldAssertException>(() => Given(CodeSent).When(OfferCode(Verdict.Right)).ThenRefused(refusal));

    [Fact]
    public void a_refusal_without_its_trace_is_false_too() =>
        Should.Throw<ShouldAssertException>(() => Given(CodeSent).When(OfferCode(Verdict.Wrong)).ThenRefused(Refusal.WrongCode));

    [Fact]
    public void a_story_without_a_when_is_a_bug_of_the_spec() =>
        Should.Throw<InvalidOperationException>(() => Given(CodeSent).ThenNothing());
}
