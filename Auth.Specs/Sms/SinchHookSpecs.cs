using System.Globalization;
using System.Net;
using System.Text;
using Auth.Host.Delivery.Sms;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.Specs.Sms;

/// <summary>Delivery reports: proved, passed on once, answered at once.</summary>
public class SinchHookSpecs(SmsDatabase database)
{
    /// <summary>No report comes so late: a spec that waits longer has failed.</summary>
    private static readonly TimeSpan Never = TimeSpan.FromSeconds(30);

    private static readonly DateTimeOffset At = new(2026, 3, 2, 9, 0, 0, 914, TimeSpan.Zero);

    [Fact]
    public async Task a_signed_report_is_passed_on()
    {
        await using var host = await Host();
        (await Post(host, Report())).ShouldBe(HttpStatusCode.NoContent);
        (await Next(host)).ShouldBe(new SmsReport("ver_a", "Delivered", 0, At));
    }

    [Fact]
    public async Task what_was_said_once_is_passed_on_once()
    {
        await using var host = await Host();
        await Post(host, Report(), nonce: "1");
        (await Post(host, Report(), nonce: "2")).ShouldBe(HttpStatusCode.NoContent);
        await Post(host, Report("Failed", code: 34), nonce: "3");
        var passedOn = new[] { await Next(host), await Next(host) };
        passedOn.ShouldBe([new SmsReport("ver_a", "Delivered", 0, At), new SmsReport("ver_a", "Failed", 34, At)], ignoreOrder: true);
        host.Reports.TryRead(out _).ShouldBeFalse();
    }

    [Fact]
    public async Task a_nonce_counts_once()
    {
        await using var host = await Host();
        (await Post(host, Report(), nonce: "same")).ShouldBe(HttpStatusCode.NoContent);
        (await Post(host, Report(), nonce: "same")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData(-301, HttpStatusCode.Unauthorized)]
    [InlineData(-300, HttpStatusCode.NoContent)]
    [InlineData(300, HttpStatusCode.NoContent)]
    [InlineData(301, HttpStatusCode.Unauthorized)]
    public async Task a_signature_holds_for_five_minutes_either_way(int seconds, HttpStatusCode answer)
    {
        await using var host = await Host();
        (await Post(host, Report(), age: seconds)).ShouldBe(answer);
    }

    [Fact]
    public async Task a_changed_body_is_refused()
    {
        await using var host = await Host();
        (await Post(host, Report(), sent: Report("Failed"))).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("another secret", "HmacSHA256")]
    [InlineData(FakeHost.CallbackSecret, "HmacSHA1")]
    [InlineData(FakeHost.CallbackSecret, "")]
    public async Task another_secret_or_algorithm_is_refused(string secret, string algorithm)
    {
        await using var host = await Host();
        (await Post(host, Report(), secret: secret, algorithm: algorithm)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task an_unsigned_report_is_a_problem()
    {
        await using var host = await Host();
        using var answer = await host.Http.PostAsync("/hooks/sinch/sms", new StringContent(Report()), TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Theory]
    [InlineData("""{"type":"mo_text","id":"1","from":"16051234567","to":"13185551234","body":"STOP"}""")]
    [InlineData("""{"type":"something_new","client_reference":"ver_a"}""")]
    [InlineData("""{"type":"recipient_delivery_report_sms","batch_id":"b","code":0,"status":"Delivered"}""")]
    [InlineData("no json")]
    [InlineData("[]")]
    public async Task what_is_not_for_us_is_taken_and_let_go(string body)
    {
        await using var host = await Host();
        (await Post(host, body, nonce: "1")).ShouldBe(HttpStatusCode.NoContent);
        await Post(host, Report(), nonce: "2");
        (await Next(host)).Reference.ShouldBe("ver_a");
    }

    [Fact]
    public async Task unknown_words_are_kept()
    {
        await using var host = await Host();
        await Post(host, Report("Teleported", code: 9999));
        (await Next(host)).ShouldBe(new SmsReport("ver_a", "Teleported", 9999, At));
    }

    [Fact]
    public async Task the_report_of_a_whole_batch_is_understood_too()
    {
        await using var host = await Host();
        await Post(host, """{"type":"delivery_report_sms","batch_id":"b","client_reference":"ver_a","total_message_count":1,"statuses":[{"code":0,"status":"Delivered","count":1,"recipients":["12017777777"]}]}""");
        (await Next(host)).ShouldBe(new SmsReport("ver_a", "Delivered", 0, JumpingClock.NineOClock));
    }

    [Fact]
    public async Task a_text_comes_back_as_a_report_through_the_fake()
    {
        await using var host = await FakeHost.Start(database, bus: true);
        var text = Sending.Text("+12015550102");
        await host.Services.GetRequiredService<ISmsSender>().SendAsync(text, TestContext.Current.CancellationToken);
        (await Next(host)).ShouldSatisfyAllConditions(report => report.Reference.ShouldBe(text.Reference), report => report.Code.ShouldBe(402));
    }

    [Fact]
    public async Task reports_that_come_twice_and_in_the_wrong_order_are_passed_on_once_each()
    {
        await using var host = await FakeHost.Start(database, bus: true);
        var sender = host.Services.GetRequiredService<ISmsSender>();
        await sender.SendAsync(Sending.Text("+12015550177"), TestContext.Current.CancellationToken);
        var codes = new[] { (await Next(host)).Code, (await Next(host)).Code };
        codes.ShouldBe([0, 401], ignoreOrder: true);
        await host.Called(HttpMethod.Post, "/hooks/sinch/sms", times: 3);
        host.Reports.TryRead(out _).ShouldBeFalse();
    }

    private Task<FakeHost> Host() => FakeHost.Start(database, bus: true, FakeHost.PlanSettings);

    private static async Task<SmsReport> Next(FakeHost host) => await host.Reports.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Never, TestContext.Current.CancellationToken);

    private static string Report(string status = "Delivered", int code = 0) =>
        $$"""{"type":"recipient_delivery_report_sms","batch_id":"b","client_reference":"ver_a","recipient":"12017777777","code":{{code}},"status":"{{status}}","at":"2026-03-02T09:00:00.914Z"}""";

    private static async Task<HttpStatusCode> Post(
        FakeHost host, string body, string? sent = null, string nonce = "n", int age = 0, string secret = FakeHost.CallbackSecret, string algorithm = "HmacSHA256")
    {
        var timestamp = (JumpingClock.NineOClock.ToUnixTimeSeconds() + age).ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/hooks/sinch/sms") { Content = new StringContent(sent ?? body, Encoding.UTF8, "application/json") };
        request.Headers.Add("x-sinch-webhook-signature", SinchSignature.OfCallback(secret, Encoding.UTF8.GetBytes(body), nonce, timestamp));
        request.Headers.Add("x-sinch-webhook-signature-nonce", nonce);
        request.Headers.Add("x-sinch-webhook-signature-timestamp", timestamp);
        request.Headers.Add("x-sinch-webhook-signature-algorithm", algorithm);
        using var answer = await host.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
