using System.Text;
using System.Text.Json.Nodes;
using Auth.Host.Delivery.Sms;

namespace Auth.Host.Delivery.FakeSinch;

/// <summary>Brings accepted texts to their end and reports it, a little later, by the host's clock. A host that stops leaves its texts dispatched for ever, as networks do.</summary>
internal sealed class FakeDelivery(FakeTexts texts, FakeCallbacks callbacks, FakeSecrets secrets, TimeProvider clock, IHostApplicationLifetime life, ILogger<FakeDelivery> logger)
{
    /// <summary>How long a text waits for its turn, and how long the network takes.</summary>
    public static readonly TimeSpan InQueue = TimeSpan.FromMilliseconds(100), OnTheWay = TimeSpan.FromMilliseconds(200);

    /// <summary>Returns at once.</summary>
    public void Begin(FakeText text) => _ = Task.Run(() => CarryAsync(text, life.ApplicationStopping));

    /// <summary>The last report of a text that was taken back.</summary>
    public void Tell(FakeText text) => _ = Task.Run(() => ReportAsync(text, FakeStatus.At(text, clock.GetUtcNow()), last: true, life.ApplicationStopping));

    private async Task CarryAsync(FakeText text, CancellationToken ct)
    {
        try
        {
            await ReportAsync(text, FakeStatus.Queued, last: false, ct);
            if (text.SendAt - clock.GetUtcNow() is var early && early > TimeSpan.Zero) await Task.Delay(early, clock, ct);
            await Task.Delay(InQueue, clock, ct);
            await ReportAsync(text, FakeStatus.Dispatched, last: false, ct);
            await Task.Delay(OnTheWay, clock, ct);
            if (text.End == FakeEnd.Silent) return;
            var ended = await texts.ChangeAsync(text.Id, Ended, ct);
            if (ended is null) return;
            await ReportAsync(ended, FakeStatus.Of(ended.End)!, last: true, ct);
            if (ended.End != FakeEnd.ToldTwice) return;
            await ReportAsync(ended, FakeStatus.Dispatched, last: true, ct);
            await ReportAsync(ended, FakeStatus.Of(ended.End)!, last: true, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
        }
        catch (Exception failed)
        {
            logger.LogWarning("The fake Sinch could not carry text {Batch} to its end ({Failure})", text.Batch, failed.GetType().Name);
        }
    }

    private FakeText? Ended(FakeText text) => text.EndedAt is not null ? null : text with
    {
        EndedAt = clock.GetUtcNow(),
        End = clock.GetUtcNow() >= text.ExpireAt ? FakeEnd.Expired : text.End,
    };

    private async Task ReportAsync(FakeText text, FakeStatus status, bool last, CancellationToken ct)
    {
        if (text.CallbackUrl is not { } callback || Body(text, (await secrets.InboxAsync(ct)).Open(text.To) ?? "", status, last) is not { } body) return;
        await callbacks.PostAsync(callback, Encoding.UTF8.GetBytes(body.ToJsonString(SinchJson.Options)), ct);
    }

    private JsonObject? Body(FakeText text, string to, FakeStatus status, bool last) => (text.DeliveryReport, last) switch
    {
        ("per_recipient", _) or ("per_recipient_final", true) => status.Report(text, to, text.EndedAt ?? clock.GetUtcNow()),
        ("summary", true) => FakeStatus.Summary([(text, to, status)], full: false),
        ("full", true) => FakeStatus.Summary([(text, to, status)], full: true),
        _ => null,
    };
}
