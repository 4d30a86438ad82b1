using Auth.Host.Audit.Proving;
using Auth.Host.Wiring;
using Microsoft.Extensions.Configuration;

namespace Auth.Specs.Audit;

/// <summary>When it is time to verify everything: once after its hour, made up for where no host was up.</summary>
public class NightHourSpecs
{
    [Theory]
    [InlineData("02:30", "2026-11-24T02:29:00Z", "2026-11-23T12:00:00Z", false)]
    [InlineData("02:30", "2026-11-24T02:30:00Z", "2026-11-23T12:00:00Z", true)]
    [InlineData("02:30", "2026-11-24T02:31:00Z", "2026-11-24T02:30:10Z", false)]
    [InlineData("02:30", "2026-11-24T11:00:00Z", "2026-11-22T02:30:10Z", true)]
    [InlineData("off", "2026-11-24T11:00:00Z", "2026-11-22T02:30:10Z", false)]
    public void it_is_due_when_its_hour_has_passed_since_the_last_one(string at, string now, string last, bool due) =>
        Options(at).IsDue(DateTimeOffset.Parse(now, null), DateTimeOffset.Parse(last, null)).ShouldBe(due);

    [Fact]
    public void an_hour_that_is_none_is_said_at_the_start() => Should.Throw<SettingException>(() => Options("half past two")).Message.ShouldContain("Auth:Verify:At");

    private static NightOptions Options(string at) => NightOptions.From(new ConfigurationBuilder().AddInMemoryCollection([new("Auth:Verify:At", at)]).Build());
}
