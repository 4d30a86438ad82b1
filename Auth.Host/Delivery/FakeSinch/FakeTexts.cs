using Auth.Host.Keys;
using Marten;

namespace Auth.Host.Delivery.FakeSinch;

/// <summary>The fake's memory, in the same database as everything else, so that every host shows the same inbox.</summary>
internal sealed class FakeTexts(IDocumentStore store, FakeSecrets secrets, Ulid ids, TimeProvider clock)
{
    private const int MostShown = 50;

    /// <summary>Keeps what was accepted: one text for each number, all in one batch.</summary>
    public async Task<IReadOnlyList<FakeText>> AddAsync(FakeSubmission said, CancellationToken ct)
    {
        var inbox = await secrets.InboxAsync(ct);
        await using var session = store.LightweightSession(FakeSecrets.Tenant);
        var (batch, now, parts) = (ids.Next(), clock.GetUtcNow(), SmsParts.Of(said.Body));
        var texts = new List<FakeText>();
        foreach (var to in said.To)
        {
            var number = FakeSecrets.NumberOf(inbox, to);
            texts.Add(new()
            {
                Id = ids.Next(),
                Batch = batch,
                Number = number,
                To = inbox.Seal(to),
                Body = inbox.Seal(said.Body),
                From = said.From is { } from ? inbox.Seal(from) : null,
                Reference = said.Reference,
                DeliveryReport = said.DeliveryReport,
                CallbackUrl = said.CallbackUrl,
                FeedbackEnabled = said.FeedbackEnabled,
                Parts = parts.Count,
                MostParts = said.MostParts,
                CreatedAt = now,
                SendAt = said.SendAt is { } at && at > now ? at : now,
                ExpireAt = said.ExpireAt,
                End = said.MostParts < parts.Count ? FakeEnd.TooLong
                    : FakeScript.End(to, FakeScript.Counts(to) ? await session.Query<FakeText>().CountAsync(text => text.Number == number, ct) : 0),
            });
        }

        session.Store<FakeText>(texts);
        await session.SaveChangesAsync(ct);
        return texts;
    }

    public async Task<IReadOnlyList<FakeText>> OfBatchAsync(string batch, CancellationToken ct)
    {
        await using var session = store.QuerySession(FakeSecrets.Tenant);
        return await session.Query<FakeText>().Where(text => text.Batch == batch).OrderBy(text => text.Id).ToListAsync(ct);
    }

    /// <summary>Newest first, as the provider lists them: 24 hours back unless told.</summary>
    public async Task<(IReadOnlyList<FakeText> Page, int Count)> ListAsync(FakeFilter filter, CancellationToken ct)
    {
        await using var session = store.QuerySession(FakeSecrets.Tenant);
        var (from, to) = (filter.StartDate ?? clock.GetUtcNow().AddDays(-1), filter.EndDate ?? clock.GetUtcNow().AddDays(1));
        var texts = session.Query<FakeText>().Where(text => text.CreatedAt >= from && text.CreatedAt < to);
        if (filter.ClientReference is { Length: > 0 } reference) texts = texts.Where(text => text.Reference == reference);
        return (await texts.OrderByDescending(text => text.Id).Skip(filter.Page * filter.PageSize).Take(filter.PageSize).ToListAsync(ct), await texts.CountAsync(ct));
    }

    /// <summary>What a phone shows, newest first.</summary>
    public async Task<IReadOnlyList<PhoneText>> PhoneAsync(string? e164, CancellationToken ct)
    {
        var inbox = await secrets.InboxAsync(ct);
        await using var session = store.QuerySession(FakeSecrets.Tenant);
        var texts = session.Query<FakeText>().Where(text => text.End != FakeEnd.Cancelled);
        if (e164 is not null)
        {
            var number = FakeSecrets.NumberOf(inbox, e164);
            texts = texts.Where(text => text.Number == number);
        }

        var now = clock.GetUtcNow();
        return [.. (await texts.OrderByDescending(text => text.Id).Take(MostShown).ToListAsync(ct)).Select(text => PhoneText.Of(text, inbox, now))];
    }

    /// <summary>Changes what is stored now, or nothing when the change says null.</summary>
    public async Task<FakeText?> ChangeAsync(string id, Func<FakeText, FakeText?> change, CancellationToken ct)
    {
        await using var session = store.LightweightSession(FakeSecrets.Tenant);
        if (await session.LoadAsync<FakeText>(id, ct) is not { } text || change(text) is not { } changed) return null;
        session.Store(changed);
        await session.SaveChangesAsync(ct);
        return changed;
    }
}

/// <summary>What a caller wants listed.</summary>
internal sealed record FakeFilter(int Page, int PageSize, DateTimeOffset? StartDate, DateTimeOffset? EndDate, string? ClientReference, string? From = null);

/// <summary>A text as the person sees it.</summary>
internal sealed record PhoneText(string To, string Body, string? ClientReference, DateTimeOffset At, FakeStatus Status)
{
    private const string Unreadable = "[erased]";

    public static PhoneText Of(FakeText text, Key inbox, DateTimeOffset now) =>
        new(inbox.Open(text.To) ?? Unreadable, inbox.Open(text.Body) ?? Unreadable, text.Reference, text.CreatedAt, FakeStatus.At(text, now));

    public override string ToString() => $"PhoneText({ClientReference})";
}
