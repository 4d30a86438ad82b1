using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Auth.Host.Delivery.Sms;

/// <summary>
/// Bearer values. An API token is its own. An OAuth2 token is fetched once for all who wait, renewed a minute before it ends,
/// asked for again with full jitter when the token host is busy, and dropped only if it is still the one that failed.
/// </summary>
internal sealed class SinchTokens(SinchWire wire, IOptions<SinchOptions> options, TimeProvider clock)
{
    private const int MostRetries = 3;
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(60), Ceiling = TimeSpan.FromSeconds(1);
    private readonly Lock _gate = new();
    private Token? _token;
    private Task<(Token?, SinchAnswer?)>? _refresh;

    /// <summary>A bearer value, or the answer that stands in its way.</summary>
    public async ValueTask<(string? Bearer, SinchAnswer? Instead)> BearerAsync(SinchCredential credential, CancellationToken ct)
    {
        if (credential is SinchCredential.PlanToken plan) return (plan.ApiToken, null);
        Task<(Token?, SinchAnswer?)> refresh;
        lock (_gate)
        {
            if (_token is { } token && clock.GetUtcNow() < token.RenewAt) return (token.Value, null);
            if (_refresh is null or { IsCompleted: true }) _refresh = RefreshAsync((SinchCredential.KeyPair)credential);
            refresh = _refresh;
        }

        var (fresh, instead) = await refresh.WaitAsync(ct);
        return (fresh?.Value, instead);
    }

    /// <summary>Forgets a token that was refused, unless somebody has already fetched the next.</summary>
    public void Drop(string refused)
    {
        lock (_gate)
        {
            if (_token?.Value == refused) _token = null;
        }
    }

    private async Task<(Token?, SinchAnswer?)> RefreshAsync(SinchCredential.KeyPair key)
    {
        await Task.Yield();
        var answer = await AskAsync(key);
        for (var retry = 0; retry < MostRetries && answer is SinchAnswer.Said { Status: System.Net.HttpStatusCode.TooManyRequests }; retry++)
        {
            await Task.Delay(Jitter.Full(Ceiling * Math.Pow(4, retry)), clock);
            answer = await AskAsync(key);
        }

        if (answer is not SinchAnswer.Said { Good: true } said) return (null, Instead(answer));
        if (Token.Read(said.Body, clock.GetUtcNow(), Early) is not { } token) return (null, new SinchAnswer.NotReached("the token host answered without a token"));
        lock (_gate) _token = token;
        return (token, null);
    }

    private Task<SinchAnswer> AskAsync(SinchCredential.KeyPair key)
    {
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{key.KeyId}:{key.KeySecret}"));
        return wire.ExchangeAsync(() => new(HttpMethod.Post, key.AuthAddress.Below("oauth2/token"))
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Basic", basic) },
            Content = new FormUrlEncodedContent([new("grant_type", "client_credentials")]),
        }, options.Value.Timeout, CancellationToken.None);
    }

    /// <summary>A refused key stays refused; anything else means only that nothing has been sent yet.</summary>
    private static SinchAnswer Instead(SinchAnswer answer) => answer switch
    {
        SinchAnswer.Said { Status: System.Net.HttpStatusCode.TooManyRequests } => answer,
        SinchAnswer.Said said when (int)said.Status is >= 400 and < 500 => said,
        SinchAnswer.Said said => new SinchAnswer.NotReached($"the token host answered {(int)said.Status}"),
        SinchAnswer.Lost lost => new SinchAnswer.NotReached($"the token host: {lost.Why}"),
        _ => answer,
    };

    private sealed record Token(string Value, DateTimeOffset RenewAt)
    {
        public static Token? Read(byte[] body, DateTimeOffset now, TimeSpan early)
        {
            if (SinchJson.Read<TokenAnswer>(body) is not { AccessToken: { Length: > 0 } value } answer) return null;
            var ends = EndOf(value) ?? now.AddSeconds(answer.ExpiresIn ?? 0);
            return new(value, ends - early);
        }

        public override string ToString() => "Token(hidden)";

        /// <summary>The <c>exp</c> of a JWT, which is what the resource server believes; null when the token is no JWT.</summary>
        private static DateTimeOffset? EndOf(string token)
        {
            if (token.Split('.') is not [_, var payload, _]) return null;
            try
            {
                using var claims = JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(payload));
                return claims.RootElement.TryGetProperty("exp", out var exp) && exp.TryGetInt64(out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
            }
            catch (Exception notJwt) when (notJwt is FormatException or JsonException or InvalidOperationException or ArgumentOutOfRangeException)
            {
                return null;
            }
        }
    }

    private sealed record TokenAnswer(string? AccessToken, int? ExpiresIn)
    {
        public override string ToString() => "TokenAnswer(hidden)";
    }
}
