using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Auth.Host.Http;
using Wolverine;

namespace Auth.Host.Delivery.Sms;

/// <summary>Takes delivery reports in: proves who wrote them, passes each on once, and answers at once. For whose text a report is, nobody says here: the text tells.</summary>
internal sealed class SinchHook(ISinchAccount accounts, TimeProvider clock, ILogger<SinchHook> logger)
{
    private const int LargestBody = 64 * 1024, MostNonces = 100_000, MostReports = 100_000, LongestNonce = 200;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);
    private readonly Remembered _nonces = new(clock, Window * 2, MostNonces), _reports = new(clock, TimeSpan.FromDays(1), MostReports);

    public async Task<IResult> TakeAsync(HttpRequest request, IMessageBus bus, CancellationToken ct)
    {
        if (await BodyAsync(request, ct) is not { } body) return Problems.BodyTooLarge.Answer();
        var signature = Signature.Of(request.Headers);
        if (await accounts.FindAsync(ct) is not { CallbackSecret: { Length: > 0 } secret } || !Signed(signature, secret, body) || !_nonces.Add(signature.Nonce))
            return Problems.NotAuthenticated.Answer();

        var reports = SinchReport.Read(body);
        if (reports.Count == 0) logger.LogInformation("A signed callback from Sinch held no delivery report for us");
        foreach (var report in reports) await PassOnAsync(report, signature.Nonce, secret, bus);
        return Results.NoContent();
    }

    private bool Signed(Signature s, string secret, byte[] body) =>
        s.Algorithm.Equals("HmacSHA256", StringComparison.OrdinalIgnoreCase)
        && s.Nonce.Length is > 0 and <= LongestNonce
        && long.TryParse(s.Timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && Math.Abs(clock.GetUtcNow().ToUnixTimeSeconds() - seconds) <= Window.TotalSeconds
        && SinchSignature.SignsCallback(s.Value, secret, body, s.Nonce, s.Timestamp);

    /// <summary>Sinch repeats itself. Its second word is dropped here; other hosts tell it by the deduplication id, which hides the number.</summary>
    private async Task PassOnAsync(SinchReport report, string nonce, string secret, IMessageBus bus)
    {
        var same = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret),
            Encoding.UTF8.GetBytes(string.Join('\n', report.Batch, report.Recipient, report.Code.ToString(CultureInfo.InvariantCulture), report.At?.ToString("O", CultureInfo.InvariantCulture)))));
        if (!_reports.Add(same)) return;
        try
        {
            await bus.PublishAsync(new SmsReport(report.Reference, report.Status, report.Code, report.At ?? clock.GetUtcNow()), new DeliveryOptions { DeduplicationId = same });
        }
        catch
        {
            // Sinch will come again, perhaps with the same nonce, and must then be heard.
            _reports.Forget(same);
            _nonces.Forget(nonce);
            throw;
        }
    }

    private static async Task<byte[]?> BodyAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength > LargestBody) return null;
        using var body = new MemoryStream();
        var part = new byte[4096];
        for (int read; (read = await request.Body.ReadAsync(part, ct)) > 0;)
        {
            if (body.Length + read > LargestBody) return null;
            body.Write(part, 0, read);
        }

        return body.ToArray();
    }

    private sealed record Signature(string Value, string Nonce, string Timestamp, string Algorithm)
    {
        public static Signature Of(IHeaderDictionary headers) => new(
            headers["x-sinch-webhook-signature"].ToString(), headers["x-sinch-webhook-signature-nonce"].ToString(),
            headers["x-sinch-webhook-signature-timestamp"].ToString(), headers["x-sinch-webhook-signature-algorithm"].ToString());
    }
}
