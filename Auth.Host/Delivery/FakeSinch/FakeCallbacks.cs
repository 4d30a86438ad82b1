using System.Globalization;
using System.Net;
using Auth.Host.Delivery.Sms;

namespace Auth.Host.Delivery.FakeSinch;

/// <summary>Posts signed reports, and repeats as the provider does: after a 5xx, a 429 or silence in doubling steps, after any other 4xx never. Its steps are fifty times shorter.</summary>
internal sealed class FakeCallbacks(IHttpClientFactory http, FakeSecrets secrets, Ulid ids, TimeProvider clock)
{
    /// <summary>Name of the <see cref="HttpClient"/>.</summary>
    public const string ClientName = "fake-sinch";

    private const int MostRepeats = 15, Shorter = 50;
    private static readonly TimeSpan FirstStep = TimeSpan.FromSeconds(5) / Shorter, Patience = TimeSpan.FromMinutes(1);

    public async Task PostAsync(Uri callback, byte[] body, CancellationToken ct)
    {
        for (var repeat = 0; !await TakenAsync(callback, body, ct) && repeat < MostRepeats; repeat++)
            await Task.Delay(FirstStep * Math.Pow(2, repeat), clock, ct);
    }

    /// <summary>True when there is no use in coming again.</summary>
    private async Task<bool> TakenAsync(Uri callback, byte[] body, CancellationToken ct)
    {
        var (nonce, timestamp) = (ids.Next(), clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        using var request = new HttpRequestMessage(HttpMethod.Post, callback) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("x-sinch-webhook-signature", SinchSignature.OfCallback(await secrets.CallbackSecretAsync(ct), body, nonce, timestamp));
        request.Headers.Add("x-sinch-webhook-signature-nonce", nonce);
        request.Headers.Add("x-sinch-webhook-signature-timestamp", timestamp);
        request.Headers.Add("x-sinch-webhook-signature-algorithm", "HmacSHA256");
        using var late = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, ct);
        try
        {
            using var client = http.CreateClient(ClientName);
            using var answer = await client.SendAsync(request, either.Token);
            return answer.StatusCode is < HttpStatusCode.InternalServerError and not HttpStatusCode.TooManyRequests;
        }
        catch (Exception silence) when (silence is HttpRequestException || (silence is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return false;
        }
    }
}
