using System.Net.Http.Headers;

namespace Auth.Host.Delivery.Sms;

/// <summary>One HTTP exchange, and what can be known of it afterwards. Writes no log: addresses hold references, bodies hold codes.</summary>
internal sealed class SinchWire(IHttpClientFactory http, TimeProvider clock)
{
    /// <summary>Name of the <see cref="HttpClient"/>.</summary>
    public const string ClientName = "sinch";

    public async Task<SinchAnswer> ExchangeAsync(Func<HttpRequestMessage> asking, TimeSpan timeout, CancellationToken ct)
    {
        using var late = new CancellationTokenSource(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, ct);
        using var client = http.CreateClient(ClientName);
        using var request = asking();
        try
        {
            using var response = await client.SendAsync(request, either.Token);
            return new SinchAnswer.Said(response.StatusCode, await response.Content.ReadAsByteArrayAsync(either.Token), After(response.Headers.RetryAfter));
        }
        catch (HttpRequestException failed) when (failed.HttpRequestError
            is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError)
        {
            return new SinchAnswer.NotReached($"no connection ({failed.HttpRequestError})");
        }
        catch (Exception failed) when (failed is HttpRequestException or IOException)
        {
            return new SinchAnswer.Lost($"the connection broke ({(failed as HttpRequestException)?.HttpRequestError})");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // A connection that could not be made in time is cancelled as well, but by the handler's own clock.
            return late.IsCancellationRequested ? new SinchAnswer.Lost($"no answer within {timeout.TotalSeconds:0} s") : new SinchAnswer.NotReached("no connection in time");
        }
    }

    private TimeSpan? After(RetryConditionHeaderValue? header) =>
        header?.Delta ?? (header?.Date is { } date ? date - clock.GetUtcNow() : null);
}

/// <summary>Waits that do not march in step.</summary>
internal static class Jitter
{
    /// <summary>Anything between nothing and the ceiling.</summary>
    public static TimeSpan Full(TimeSpan ceiling) => ceiling * Random.Shared.NextDouble();
}
