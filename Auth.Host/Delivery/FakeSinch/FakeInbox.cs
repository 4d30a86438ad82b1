using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Auth.Host.Delivery.FakeMail;
using Auth.Host.Delivery.Sms;
using Auth.Host.Http;

namespace Auth.Host.Delivery.FakeSinch;

/// <summary>The phone on which every text and every mail of this database arrives: a page for people, JSON for specs.</summary>
internal sealed class FakeInbox(FakeTexts texts, FakeLetters letters, TimeProvider clock, IHostApplicationLifetime life)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(500);

    public async Task<IResult> PageAsync(string? to, CancellationToken ct) =>
        Results.Content(FakeInboxPage.Of(
            IsAddress(to) ? [] : await texts.PhoneAsync(to is null ? null : FakeSubmission.Normal(to), ct),
            to is null || IsAddress(to) ? await letters.OfAsync(to, ct) : [],
            clock.GetUtcNow()), "text/html; charset=utf-8");

    public async Task<IResult> ListAsync(string e164, CancellationToken ct) =>
        Results.Json(new JsonArray([.. (await texts.PhoneAsync(FakeSubmission.Normal(e164), ct)).Select(Json)]), SinchJson.Options);

    public async Task<IResult> LatestAsync(string e164, CancellationToken ct) =>
        (await texts.PhoneAsync(FakeSubmission.Normal(e164), ct)) is [var latest, ..]
            ? Results.Json(Json(latest), SinchJson.Options)
            : Problems.NotFound.Answer();

    /// <summary>Says that there is something new; the page then asks for itself again.</summary>
    public IResult Events(CancellationToken ct) => TypedResults.ServerSentEvents(NewsAsync(ct));

    private async IAsyncEnumerable<SseItem<string>> NewsAsync([EnumeratorCancellation] CancellationToken ct)
    {
        // An open page must not keep a stopping host waiting.
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, life.ApplicationStopping);
        string? shown = null;
        while (!either.IsCancellationRequested)
        {
            var now = await MarkAsync(either.Token);
            if (now is not null && now != shown) yield return new(shown = now, "texts");
            await Task.Delay(Glance, clock, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Changes with every text, every status and every mail; says nothing of what is in them.</summary>
    private async Task<string?> MarkAsync(CancellationToken ct)
    {
        try
        {
            return string.Join(' ', [
                .. (await texts.PhoneAsync(null, ct)).Select(text => $"{text.At.ToUnixTimeMilliseconds()}:{text.Status.Code}"),
                .. (await letters.OfAsync(null, ct)).Select(letter => letter.At.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture))]);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private static bool IsAddress(string? to) => to is not null && to.Contains('@', StringComparison.Ordinal);

    private static JsonObject Json(PhoneText text) => new()
    {
        ["to"] = text.To,
        ["body"] = text.Body,
        ["client_reference"] = text.ClientReference,
        ["at"] = SinchJson.Moment(text.At),
    };
}
