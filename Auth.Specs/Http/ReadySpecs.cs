using Auth.Specs.Given;

namespace Auth.Specs.Http;

/// <summary>A host whose clock the database does not share is not sent anybody: lives and waits would be shorter or longer there than elsewhere (R10).</summary>
public class ReadySpecs(RunningHost host)
{
    [Theory]
    [InlineData(2)]
    [InlineData(-2)]
    public async Task a_clock_that_is_off_by_more_than_a_second_is_not_ready(int seconds)
    {
        StoryClock.Advance(TimeSpan.FromSeconds(seconds));

        var ready = await new Browser(host).Get("/health/ready");

        ready.Status.ShouldBe(503);
        ((string)ready.Json["checks"]!["database"]!["status"]!).ShouldBe("down");
    }

    [Fact]
    public async Task a_clock_that_agrees_is() =>
        ((string)(await new Browser(host).Get("/health/ready")).Json["checks"]!["database"]!["status"]!).ShouldBe("ok");
}
