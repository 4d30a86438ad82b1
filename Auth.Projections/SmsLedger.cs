using System.Collections.Immutable;
using Auth.Domain.Notices;
using Auth.Domain.SignIns;
using Auth.Domain.SignUps;
using Auth.Domain.Verifications;
using JasperFx.Events;
using Marten;
using Marten.Events.Archiving;
using Marten.Events.Projections;

namespace Auth.Projections;

/// <summary>
/// Texts to one country on one day (UTC), by the day each was asked for: what left, what did not and why, and how many codes came back. Texts that nobody types
/// are what fraud looks like. For people to look at; the limits count for themselves.
/// </summary>
/// <param name="Id">Day and country, as in 2026-11-24:SE.</param>
/// <param name="UpTo">The last event in it, by its number in the whole store.</param>
public sealed record SmsLedger(string Id, long UpTo)
{
    /// <summary>The day.</summary>
    public string Day => Id[..10];

    /// <summary>Two capital letters (ISO 3166).</summary>
    public string Country => Id[11..];

    /// <summary>Texts that were queued; a stranger's is none.</summary>
    public int Asked { get; init; }

    /// <summary>Texts that did not leave, by the rule that kept them; told once per sign-in and rule.</summary>
    public ImmutableSortedDictionary<RefusalReason, int> Suppressed { get; init; } = ImmutableSortedDictionary<RefusalReason, int>.Empty;

    /// <summary>Texts that left, and would not have if the rule were enforced.</summary>
    public ImmutableSortedDictionary<RefusalReason, int> Noted { get; init; } = ImmutableSortedDictionary<RefusalReason, int>.Empty;

    /// <summary>Texts without a code: notices of a change, to whom no mail reaches.</summary>
    public int Notices { get; init; }

    /// <summary>Texts that the provider took over.</summary>
    public int Sent { get; init; }

    /// <summary>Texts that arrived, says the provider.</summary>
    public int Delivered { get; init; }

    /// <summary>Texts that did not, by the provider's number for it, or its word.</summary>
    public ImmutableSortedDictionary<string, int> Failed { get; init; } = ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);

    /// <summary>Texts whose code was typed right.</summary>
    public int Used { get; init; }

    /// <summary>Texts of which nobody typed the code, so far.</summary>
    public int Unused => Math.Max(0, Asked - Used);

    /// <summary>The row of a day and country.</summary>
    public static string IdOf(DateTimeOffset asked, string country) => $"{MfaAdoption.DayOf(asked)}:{country}";

    /// <summary>The same row with one event more.</summary>
    public static SmsLedger Fold(SmsLedger? row, string id, IEvent e) => (row ?? new(id, 0)).After(e.Data) with { UpTo = e.Sequence };

    private SmsLedger After(object happened) => happened switch
    {
        TextHandedOver                       => this with { Sent = Sent + 1 },
        TextDelivered                        => this with { Delivered = Delivered + 1 },
        TextUndeliverable e                  => this with { Failed = Plus(Failed, e.ProviderCode ?? e.Status) },
        FirstFactorVerified or SecondFactorVerified or VerificationAccepted or SignUpCodeAccepted => this with { Used = Used + 1 },
        NoticeTexted e                       => this with { Notices = Notices + 1, Noted = e.Noted is { } noted ? Plus(Noted, noted) : Noted },
        _ when AskedText.Of(happened) is { } asked       => this with { Asked = Asked + 1, Noted = asked.Noted is { } noted ? Plus(Noted, noted) : Noted },
        _ when SuppressedText.Of(happened) is { } kept   => this with { Suppressed = Plus(Suppressed, kept.Reason) },
        _                                    => this,
    };

    private static ImmutableSortedDictionary<T, int> Plus<T>(ImmutableSortedDictionary<T, int> counts, T what) where T : notnull => counts.SetItem(what, counts.GetValueOrDefault(what) + 1);
}

/// <summary>A text that somebody was to get.</summary>
public sealed record AskedText(Authenticator To, Guid Text, string Country, RefusalReason? Noted)
{
    /// <summary>Of a stranger's, a mail's, and of those before countries were told, nothing.</summary>
    public static AskedText? Of(object happened) => happened switch
    {
        FirstFactorPrepared { Authenticator.Id: not null, Country: { } country } e => new(e.Authenticator, e.Text, country, e.Noted),
        SecondFactorPrepared { Country: { } country } e                            => new(e.Authenticator, e.Text, country, e.Noted),
        VerificationPrepared { Country: { } country } e                            => new(e.Authenticator, e.Text, country, e.Noted),
        SignUpCodePrepared { Country: { } country } e                              => new(e.Authenticator, e.Text, country, e.Noted),
        _                                                                          => null,
    };
}

/// <summary>A text that was kept.</summary>
internal sealed record SuppressedText(string Country, RefusalReason Reason)
{
    internal static SuppressedText? Of(object happened) => happened switch
    {
        FirstFactorRefused { Country: { } country } e  => new(country, e.Reason),
        SecondFactorRefused { Country: { } country } e => new(country, e.Reason),
        VerificationRefused { Country: { } country } e => new(country, e.Reason),
        SignUpCodeRefused { Country: { } country } e   => new(country, e.Reason),
        NoticeKept { Country: { } country } e          => new(country, e.Reason),
        _                                              => null,
    };
}

/// <summary>Keeps one row per day and country, from sign-ins, sign-ups and verifications.</summary>
public sealed class SmsLedgerProjection : MultiStreamProjection<SmsLedger, string>
{
    /// <summary>All that happens in sign-ins, sign-ups, verifications and notices.</summary>
    public SmsLedgerProjection()
    {
        Name = nameof(SmsLedger);
        SignInFold.IncludeAll<SignInEvent>(this);
        SignInFold.IncludeAll<SignUpEvent>(this);
        SignInFold.IncludeAll<VerificationEvent>(this);
        SignInFold.IncludeAll<NoticeEvent>(this);
        CustomGrouping((session, page, grouping) => Group(session, page, grouping.AddEvent));
    }

    /// <inheritdoc />
    public override SmsLedger? Evolve(SmsLedger? snapshot, string id, IEvent e) => SmsLedger.Fold(snapshot, id, e);

    // What became of a text names the text or its authenticator; day and country stand where it was asked for, in this page or long before.
    internal static async Task Group(IQuerySession session, IReadOnlyList<IEvent> page, Action<string, IEvent> add)
    {
        Guid[] late = [.. page.Where(e => Later(e.Data)).Select(e => e.StreamId).Distinct()];
        var earlier = late.Length == 0 ? [] : await session.Events.QueryAllRawEvents().Where(e => e.MaybeArchived() && e.StreamId.IsOneOf(late)).ToListAsync();
        var asked = earlier.Where(e => AskedText.Of(e.Data) is not null).OrderBy(e => e.Sequence).ToLookup(e => e.StreamId);

        foreach (var e in page)
            if (Row(e, asked[e.StreamId]) is { } row) add(row, e);
    }

    private static bool Later(object happened) => happened is TextHandedOver or TextDelivered or TextUndeliverable || Proved(happened)?.Strategy.Traits().By is Channel.Text;

    private static string? Row(IEvent e, IEnumerable<IEvent> asked) =>
        AskedText.Of(e.Data) is { } text           ? SmsLedger.IdOf(e.Timestamp, text.Country)
        : e.Data is NoticeTexted { Country: { } to } ? SmsLedger.IdOf(e.Timestamp, to)
        : SuppressedText.Of(e.Data) is { } kept    ? SmsLedger.IdOf(e.Timestamp, kept.Country)
        : asked.LastOrDefault(x => x.Sequence < e.Sequence && IsAbout(e.Data, AskedText.Of(x.Data)!)) is { } before ? SmsLedger.IdOf(before.Timestamp, AskedText.Of(before.Data)!.Country)
        : null;

    private static bool IsAbout(object happened, AskedText text) => happened switch
    {
        TextHandedOver e    => e.Text == text.Text,
        TextDelivered e     => e.Text == text.Text,
        TextUndeliverable e => e.Text == text.Text,
        _                   => Proved(happened) == text.To,
    };

    private static Authenticator? Proved(object happened) => happened switch
    {
        FirstFactorVerified e  => e.Authenticator,
        SecondFactorVerified e => e.Authenticator,
        VerificationAccepted e => e.Authenticator,
        SignUpCodeAccepted e   => e.Authenticator,
        _                      => null,
    };
}
