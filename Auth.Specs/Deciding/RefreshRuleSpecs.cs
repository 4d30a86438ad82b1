using Auth.Domain.Sessions;
using Auth.Specs.Given;

namespace Auth.Specs.Deciding;

/// <summary>A refresh value is good once; ten seconds are the honest client's own (R72).</summary>
public class RefreshRuleSpecs
{
    [Theory]
    [InlineData(null, Refreshing.Rotates)]
    [InlineData(0.0, Refreshing.Parallel)]
    [InlineData(9.999, Refreshing.Parallel)]
    [InlineData(10.0, Refreshing.Reused)]
    [InlineData(86_400.0, Refreshing.Reused)]
    public void what_becomes_of_it(double? secondsAgo, Refreshing becomes) =>
        RefreshRule.Of(secondsAgo is { } ago ? People.NineOClock.AddSeconds(-ago) : null, People.NineOClock).ShouldBe(becomes);
}
