namespace Auth.Host.Delivery.Sms;

/// <summary>
/// Sends a text so that a person gets it once. What certainly did not arrive is tried again; what may have arrived is looked up by its reference
/// first, and sent a second time only when the provider says that it is not there.
/// </summary>
internal sealed class SinchSmsSender(ISinchAccount accounts, SinchBatches batches, TimeProvider clock, ILogger<SinchSmsSender> logger) : ISmsSender
{
    private const int MostTexts = 2, MostTries = 5;
    private static readonly TimeSpan FirstCeiling = TimeSpan.FromMilliseconds(500), LongestWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan[] LookUps = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(6)];
    private static readonly SmsReceipt Expired = new SmsReceipt.Refused("expired", "The code died before the text could leave.", Permanent: true);

    /// <inheritdoc/>
    public async Task<SmsReceipt> SendAsync(SmsMessage message, CancellationToken ct)
    {
        if (await accounts.FindAsync(ct) is not { } account)
            return new SmsReceipt.Refused("not_configured", accounts.Availability.Because ?? "No text can be sent.", Permanent: true);

        for (var text = 1; ; text++)
        {
            var (receipt, unknown) = await SubmitAsync(account, message, ct);
            if (unknown is null) return receipt!;
            var (id, answered) = await LookUpAsync(account, message.Reference, ct);
            if (id is not null) return new SmsReceipt.Accepted(id);
            if (!answered || text == MostTexts) return new SmsReceipt.Unknown(unknown.Why);
        }
    }

    /// <summary>Tries until the provider has it, does not want it, or may have it.</summary>
    private async Task<(SmsReceipt?, Submission.Unknown?)> SubmitAsync(SinchAccount account, SmsMessage message, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (clock.GetUtcNow() >= message.ExpireAt) return (Expired, null);
            switch (await batches.SubmitAsync(account, message, ct))
            {
                case Submission.Taken taken:
                    return (new SmsReceipt.Accepted(taken.Id), null);
                case Submission.Rejected no:
                    if (no.Alarming) logger.LogCritical("Sinch refuses this account's texts: {Status} {Code}: {Text}", no.Status, no.Code, no.Text);
                    return (new SmsReceipt.Refused(no.Code, no.Text, Permanent: true), null);
                case Submission.NotTaken later when attempt == MostTries:
                    return (new SmsReceipt.Refused(later.Code, later.Text, Permanent: false), null);
                case Submission.NotTaken later:
                    await Task.Delay(Wait(attempt, later.After), clock, ct);
                    break;
                case Submission.Unknown unknown:
                    logger.LogWarning("The outcome of text {Reference} is unknown: {Why}", message.Reference, unknown.Why);
                    return (null, unknown);
            }
        }
    }

    /// <summary>Three looks over ten seconds; only the last "not there" counts, since a text may show late.</summary>
    private async Task<(string? Id, bool Answered)> LookUpAsync(SinchAccount account, string reference, CancellationToken ct)
    {
        var answered = false;
        foreach (var wait in LookUps)
        {
            await Task.Delay(wait, clock, ct);
            (var id, answered) = await batches.FindAsync(account, reference, ct);
            if (id is not null) return (id, true);
        }

        return (null, answered);
    }

    private static TimeSpan Wait(int attempt, TimeSpan? asked)
    {
        var wait = asked is { } given && given > TimeSpan.Zero ? given : Jitter.Full(FirstCeiling * Math.Pow(2, attempt - 1));
        return wait < LongestWait ? wait : LongestWait;
    }
}
