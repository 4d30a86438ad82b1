using System.Net;
using Auth.Host.Delivery.Sms;

namespace Auth.Specs.Sms;

/// <summary>The client's rules, with a provider that has a bad day.</summary>
public class SinchClientSpecs(SmsDatabase database)
{
    private const string Number = "+12015550120";

    [Fact]
    public async Task a_key_pair_sends_too_and_its_token_serves_many()
    {
        await using var story = await Story.Of(database, Number, FakeHost.KeySettings);
        var receipts = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => story.Client.Send(Sending.Text(Number))));
        receipts.ShouldAllBe(receipt => receipt is SmsReceipt.Accepted);
        Tokens(story).ShouldBe(1);
    }

    [Fact]
    public async Task an_expired_token_is_renewed_once_and_the_text_sent_once()
    {
        await using var story = await Story.Of(database, Number, FakeHost.KeySettings);
        await story.Client.Send(Sending.Text(Number));
        await story.Host.Fault("expired_token", times: 1);
        (await story.Receipt()).ShouldBeOfType<SmsReceipt.Accepted>();
        (Tokens(story), story.Host.Texts(401), await story.Arrived()).ShouldBe((2, 1, 1));
    }

    [Fact]
    public async Task a_token_that_is_always_refused_is_not_asked_for_for_ever()
    {
        await using var story = await Story.Of(database, Number, FakeHost.KeySettings);
        await story.Host.Fault("expired_token");
        (await story.Receipt()).ShouldBeOfType<SmsReceipt.Refused>().Permanent.ShouldBeTrue();
        (Tokens(story), story.Host.Texts(401)).ShouldBe((2, 2));
    }

    [Fact]
    public async Task a_token_is_renewed_a_minute_before_it_ends()
    {
        await using var story = await Story.Of(database, Number, FakeHost.KeySettings);
        await story.Client.Send(Sending.Text(Number));
        story.Client.Clock.Advance(TimeSpan.FromMinutes(58.5));
        await story.Client.Send(Sending.Text(Number) with { ExpireAt = JumpingClock.NineOClock.AddHours(2) });
        Tokens(story).ShouldBe(1);
        story.Client.Clock.Advance(TimeSpan.FromMinutes(1));
        await story.Client.Send(Sending.Text(Number) with { ExpireAt = JumpingClock.NineOClock.AddHours(2) });
        Tokens(story).ShouldBe(2);
    }

    [Fact]
    public async Task a_busy_token_host_is_asked_three_times_more()
    {
        await using var story = await Story.Of(database, Number, FakeHost.KeySettings);
        await story.Host.Fault("token_too_many_requests", times: 3);
        (await story.Receipt()).ShouldBeOfType<SmsReceipt.Accepted>();
        (Tokens(story, 429), Tokens(story, 200)).ShouldBe((3, 1));
    }

    [Fact]
    public async Task a_wrong_api_token_is_an_alarm_and_not_tried_again()
    {
        await using var host = await FakeHost.Start(database, FakeHost.PlanSettings);
        await using var client = Sending.To(host.Fake, ("Sinch:ServicePlanId", FakeHost.Plan), ("Sinch:ApiToken", "another"));
        (await client.Send(Sending.Text(Number))).ShouldBe(new SmsReceipt.Refused("http_401", "Sinch refused the text.", Permanent: true));
        host.Texts().ShouldBe(1);
    }

    [Fact]
    public async Task a_broken_connection_is_looked_into_before_anything_is_sent_again()
    {
        await using var story = await Story.Of(database, Number);
        await story.Host.Fault("reset", times: 1);
        (await story.Receipt()).ShouldBeOfType<SmsReceipt.Accepted>();
        (story.Host.LookUps(), await story.Arrived()).ShouldBe((1, 1));
    }

    [Fact]
    public async Task when_nobody_can_say_what_became_of_a_text_it_is_not_sent_again()
    {
        await using var story = await Story.Of(database, Number);
        await story.Host.Fault("server_error");
        await story.Host.Fault("list_error");
        (await story.Receipt()).ShouldBeOfType<SmsReceipt.Unknown>();
        (story.Host.Texts(), story.Host.LookUps(500)).ShouldBe((1, 3));
    }

    [Fact]
    public async Task a_look_that_fails_is_repeated()
    {
        await using var story = await Story.Of(database, Number);
        await story.Host.Fault("lost_answer", times: 1);
        await story.Host.Fault("list_error", times: 2);
        (await story.Receipt()).ShouldBeOfType<SmsReceipt.Accepted>();
        (story.Host.LookUps(500), story.Host.LookUps(200), await story.Arrived()).ShouldBe((2, 1, 1));
    }

    [Fact]
    public async Task a_text_is_never_sent_a_third_time()
    {
        await using var story = await Story.Of(database, Number);
        await story.Host.Fault("server_error");
        (await story.Receipt()).ShouldBeOfType<SmsReceipt.Unknown>();
        (story.Host.Texts(500), story.Host.LookUps()).ShouldBe((2, 6));
    }

    [Theory]
    [InlineData("too_many_requests")]
    [InlineData("unavailable")]
    public async Task what_was_not_taken_is_tried_a_few_times_and_then_left_to_the_caller(string fault)
    {
        await using var story = await Story.Of(database, Number);
        await story.Host.Fault(fault);
        (await story.Receipt()).ShouldBeOfType<SmsReceipt.Refused>().Permanent.ShouldBeFalse();
        (story.Host.Texts(), story.Host.LookUps()).ShouldBe((5, 0));
    }

    [Fact]
    public async Task a_provider_that_cannot_be_reached_has_nothing()
    {
        await using var client = Sending.To(new("http://127.0.0.1:1/"), FakeHost.PlanSettings);
        (await client.Send(Sending.Text(Number))).ShouldBeOfType<SmsReceipt.Refused>().ShouldSatisfyAllConditions(no => no.Code.ShouldBe("not_reached"), no => no.Permanent.ShouldBeFalse());
    }

    [Fact]
    public async Task R27_a_dead_code_does_not_leave()
    {
        await using var story = await Story.Of(database, Number);
        story.Client.Clock.Advance(TimeSpan.FromMinutes(10));
        (await story.Receipt()).ShouldBeOfType<SmsReceipt.Refused>().Code.ShouldBe("expired");
        story.Host.Texts().ShouldBe(0);
    }

    [Fact]
    public async Task a_number_that_is_none_is_a_permanent_refusal_without_an_alarm()
    {
        await using var story = await Story.Of(database, "+1");
        (await story.Receipt()).ShouldBeOfType<SmsReceipt.Refused>().ShouldSatisfyAllConditions(
            no => no.Code.ShouldBe("syntax_invalid_parameter_format"), no => no.Permanent.ShouldBeTrue());
        story.Client.Log.Lines.ShouldNotContain(line => line.Level == Microsoft.Extensions.Logging.LogLevel.Critical);
    }

    [Fact]
    public async Task R85_neither_number_nor_code_nor_token_is_logged()
    {
        await using var story = await Story.Of(database, "+12015550150", FakeHost.KeySettings);
        await story.Host.Fault("expired_token", times: 1);
        await story.Receipt();
        var said = string.Join('\n', story.Client.Log.Lines.Concat(story.Host.Log.Lines).Select(line => line.Text));
        said.ShouldNotContain("2015550150");
        said.ShouldNotContain("482916");
        said.ShouldNotContain(FakeHost.KeySecret);
        said.ShouldNotContain("Bearer");
    }

    [Fact]
    public async Task a_host_without_settings_sends_to_itself()
    {
        await using var host = await FakeHost.Start(database);
        var (sender, text) = ((ISmsSender)host.Services.GetService(typeof(ISmsSender))!, Sending.Text(Number));
        (await sender.SendAsync(text, TestContext.Current.CancellationToken)).ShouldBeOfType<SmsReceipt.Accepted>();
        (await host.Inbox(Number, text.Reference)).Count.ShouldBe(1);
    }

    private static int Tokens(Story story, int? status = null) => story.Host.Calls(HttpMethod.Post, "/oauth2/token", status);
}
