using Auth.Domain.SignIns;
using Auth.Specs.Given;

namespace Auth.Specs.Deciding;

/// <summary>The end that nobody asks for (R10, R11).</summary>
public class ExpireSpecs : SignInSpec
{
    [Fact]
    public void what_ran_out_of_time_is_told_R10() =>
        Given(Identified).When(new Expire(), at: MinutesLater(15)).ThenRefused(Refusal.SignInExpired, leaving: Expired);

    [Fact]
    public void what_has_time_left_is_left_alone() =>
        Given(Identified).When(new Expire(), at: SecondsLater(899)).ThenRefused(Refusal.OutOfOrder);

    [Fact]
    public void it_is_told_once_R11() =>
        Given(Identified, Expired).When(new Expire(), at: MinutesLater(16)).ThenRefused(Refusal.SignInExpired);

    [Fact]
    public void a_session_does_not_expire_with_its_sign_in_R11() =>
        Given(Whole).When(new Expire(), at: MinutesLater(15)).ThenRefused(Refusal.AlreadyConverted);
}
