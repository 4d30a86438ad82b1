using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.Extensions.Options;

namespace Auth.Host.Delivery.Sms;

/// <summary>The calls of the provider's <c>/batches</c> that we use.</summary>
internal sealed class SinchBatches(SinchWire wire, SinchTokens tokens, IOptions<SinchOptions> options)
{
    /// <summary>Hands one text over. Two calls are two texts, whatever their reference.</summary>
    public async Task<Submission> SubmitAsync(SinchAccount account, SmsMessage message, CancellationToken ct) =>
        Submission.Of(await AskAsync(account, HttpMethod.Post, "batches", SendBatch.Of(account, message), ct));

    /// <summary>Is a text with this reference there? Its id, or null for no; the second value says whether the provider answered at all.</summary>
    public async Task<(string? Id, bool Answered)> FindAsync(SinchAccount account, string reference, CancellationToken ct)
    {
        var path = $"batches?page=0&page_size=30&client_reference={Uri.EscapeDataString(reference)}";
        if (await AskAsync(account, HttpMethod.Get, path, null, ct) is not SinchAnswer.Said { Good: true } said) return (null, false);
        if (SinchJson.Read<BatchPage>(said.Body)?.Batches is not { } batches) return (null, false);
        return (batches.FirstOrDefault(batch => batch.ClientReference == reference)?.Id, true);
    }

    /// <summary>Takes back what has not left yet; true when the provider did.</summary>
    public async Task<bool> CancelAsync(SinchAccount account, string batch, CancellationToken ct) =>
        await AskAsync(account, HttpMethod.Delete, $"batches/{Uri.EscapeDataString(batch)}", null, ct) is SinchAnswer.Said { Good: true };

    /// <summary>The person typed the code, so the text arrived: routes that lose texts are found by this.</summary>
    public async Task<bool> FeedbackAsync(SinchAccount account, string batch, CancellationToken ct) =>
        await AskAsync(account, HttpMethod.Post, $"batches/{Uri.EscapeDataString(batch)}/delivery_feedback", new { Recipients = Array.Empty<string>() }, ct) is SinchAnswer.Said { Good: true };

    /// <summary>An expired OAuth2 token is renewed once and the call made once more; a refused API token is final.</summary>
    private async Task<SinchAnswer> AskAsync(SinchAccount account, HttpMethod method, string path, object? body, CancellationToken ct)
    {
        for (var replay = false; ; replay = true)
        {
            var (bearer, instead) = await tokens.BearerAsync(account.Credential, ct);
            if (bearer is null) return instead!;
            var answer = await wire.ExchangeAsync(() => new(method, account.At(path))
            {
                Headers = { Authorization = new AuthenticationHeaderValue("Bearer", bearer) },
                Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: SinchJson.Options),
            }, options.Value.Timeout, ct);
            if (replay || answer is not SinchAnswer.Said { Status: HttpStatusCode.Unauthorized } || account.Credential is not SinchCredential.KeyPair) return answer;
            tokens.Drop(bearer);
        }
    }
}
