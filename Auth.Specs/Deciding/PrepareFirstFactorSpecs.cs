using Auth.Domain.SignIns;
using Auth.Specs.Given;

namespace Auth.Specs.Deciding;

/// <summary>Step 2: nothing that is sent is a first factor yet (R58).</summary>
public class PrepareFirstFactorSpecs : SignInSpec
{
    [Theory]
    [InlineData(Strategy.Password)]
    [InlineData(Strategy.PhoneCode)]
    [InlineData(null)]
    public void nothing_can_be_sent_for_a_first_factor_R58(Strategy? strategy) =>
        Given(Identified).When(new PrepareFirstFactor(strategy)).ThenRefused(Refusal.StrategyInvalid);

    [Fact]
    public void a_stranger_is_told_the_same_R51() =>
        Given(StrangerIdentified).About(Stranger).When(new PrepareFirstFactor(Strategy.PhoneCode)).ThenRefused(Refusal.StrategyInvalid);
}
