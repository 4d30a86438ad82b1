using Auth.Host.Delivery.FakeSinch;
using Auth.Host.Delivery.Mail;
using Auth.Host.Keys;
using Marten;

namespace Auth.Host.Delivery.FakeMail;

/// <summary>The letter box of this database: every host puts its mail in, and every host shows the same.</summary>
internal sealed class FakeLetters(IDocumentStore store, FakeSecrets secrets, Ulid ids, TimeProvider clock)
{
    private const int MostShown = 50;

    public async Task<string> AddAsync(MailMessage mail, CancellationToken ct)
    {
        var inbox = await secrets.InboxAsync(ct);
        await using var session = store.LightweightSession(FakeSecrets.Tenant);
        var letter = new FakeLetter(ids.Next(), AddressOf(inbox, mail.To), inbox.Seal(mail.To), inbox.Seal(mail.Subject), inbox.Seal(mail.Text), mail.Reference, clock.GetUtcNow());
        session.Store(letter);
        await session.SaveChangesAsync(ct);
        return letter.Id;
    }

    /// <summary>What came for one address, or for all, newest first.</summary>
    public async Task<IReadOnlyList<ReadLetter>> OfAsync(string? address, CancellationToken ct)
    {
        var inbox = await secrets.InboxAsync(ct);
        await using var session = store.QuerySession(FakeSecrets.Tenant);
        IQueryable<FakeLetter> letters = session.Query<FakeLetter>();
        if (address is not null)
        {
            var mark = AddressOf(inbox, address);
            letters = letters.Where(letter => letter.Address == mark);
        }

        return [.. (await letters.OrderByDescending(letter => letter.Id).Take(MostShown).ToListAsync(ct)).Select(letter => ReadLetter.Of(letter, inbox))];
    }

    private static string AddressOf(Key inbox, string address) => Convert.ToBase64String(inbox.Mac("fake address", address.ToLowerInvariant()));
}

/// <summary>A letter as the person sees it.</summary>
internal sealed record ReadLetter(string To, string Subject, string Body, string Reference, DateTimeOffset At)
{
    private const string Unreadable = "[erased]";

    public static ReadLetter Of(FakeLetter letter, Key inbox) =>
        new(inbox.Open(letter.To) ?? Unreadable, inbox.Open(letter.Subject) ?? Unreadable, inbox.Open(letter.Body) ?? Unreadable, letter.Reference, letter.At);

    public override string ToString() => $"ReadLetter({Reference})";
}
