using Auth.Host.Delivery.Sms;

namespace Auth.Specs.Sms;

/// <summary>What the real client makes of each reserved number, over HTTP.</summary>
public class MagicNumbersSpecs(SmsDatabase database)
{
    [Theory]
    [InlineData("+12015550100")]
    [InlineData("+12015550102")]
    [InlineData("+12015550106")]
    [InlineData("+12015550199")]
    [InlineData("+491701234567")]
    public async Task most_numbers_take_a_text_at_once(string number)
    {
        await using var story = await Story.Of(database, number);
        (await story.Receipt()).ShouldBeOfType<SmsReceipt.Accepted>().ProviderId.Length.ShouldBe(26);
        (await story.Arrived()).ShouldBe(1);
        story.Host.Texts().ShouldBe(1);
    }

    [Fact]
    public async Task a_blocked_account_is_a_permanent_refusal_and_an_alarm()
    {
        await using var story = await Story.Of(database, "+12015550113");
        (await story.Receipt()).ShouldBe(new SmsReceipt.Refused("blocked_account", "The account is blocked.", Permanent: true));
        story.Host.Texts(403).ShouldBe(1);
        (await story.Arrived()).ShouldBe(0);
        story.Client.Log.Lines.ShouldContain(line => line.Level == Microsoft.Extensions.Logging.LogLevel.Critical && line.Text.Contains("blocked_account"));
    }

    [Fact]
    public async Task a_busy_provider_is_asked_again_after_a_while()
    {
        await using var story = await Story.Of(database, "+12015550129");
        (await story.Receipt()).ShouldBeOfType<SmsReceipt.Accepted>();
        (story.Host.Texts(429), story.Host.Texts(201), story.Host.LookUps()).ShouldBe((2, 1, 0));
        (await story.Arrived()).ShouldBe(1);
        story.Client.Clock.Waited.ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task a_text_that_was_taken_behind_a_500_is_adopted_and_not_sent_twice()
    {
        await using var story = await Story.Of(database, "+12015550150");
        var receipt = await story.Receipt();
        (story.Host.Texts(), story.Host.LookUps()).ShouldBe((1, 1));
        receipt.ShouldBe(new SmsReceipt.Accepted(await story.ProviderId()));
        (await story.Arrived()).ShouldBe(1);
    }

    [Fact]
    public async Task a_text_that_was_taken_in_silence_is_adopted_and_not_sent_twice()
    {
        await using var story = await Story.Of(database, "+12015550154");
        var receipt = story.Receipt();
        await story.Host.Clock.LongWait(TimeSpan.FromSeconds(90));
        story.Client.Clock.Advance(TimeSpan.FromMinutes(1));
        var known = await receipt;
        story.Host.LookUps().ShouldBe(1);
        known.ShouldBe(new SmsReceipt.Accepted(await story.ProviderId()));
        (await story.Arrived()).ShouldBe(1);
    }

    [Fact]
    public async Task a_text_that_was_not_taken_is_sent_once_more_after_three_looks_over_ten_seconds()
    {
        await using var story = await Story.Of(database, "+12015550155");
        var receipt = await story.Receipt();
        (story.Host.Texts(500), story.Host.Texts(201), story.Host.LookUps()).ShouldBe((1, 1, 3));
        story.Client.Clock.Waited.ShouldBe(TimeSpan.FromSeconds(10));
        receipt.ShouldBe(new SmsReceipt.Accepted(await story.ProviderId()));
        (await story.Bodies()).ShouldBe([story.Text.Body]);
    }

    [Fact]
    public async Task a_temporary_failure_is_over_with_the_next_text()
    {
        await using var first = await Story.Of(database, "+12015550104");
        await first.Receipt();
        await using var second = await Story.Of(database, "+12015550104");
        await second.Receipt();
        (await first.End(404)).ShouldBe("Aborted");
        (await second.End(0)).ShouldBe("Delivered");
    }

    [Theory]
    [InlineData("+12015550100", 0, "Delivered")]
    [InlineData("+12015550102", 402, "Aborted")]
    [InlineData("+12015550106", 406, "Aborted")]
    public async Task a_text_ends_as_its_number_says(string number, int code, string status)
    {
        await using var story = await Story.Of(database, number);
        await story.Receipt();
        (await story.End(code)).ShouldBe(status);
    }
}
