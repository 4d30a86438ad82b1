using Auth.Domain.SignIns;
using Auth.Host.Delivery.Sms;
using Auth.Host.Http;
using Auth.Host.Instances;
using Auth.Host.SignIns;
using Marten;

namespace Auth.Host.Delivery;

/// <summary>Leads from a text that was handed over to its sign-in, for the reports that come later.</summary>
public sealed record HandedOver(Guid Id, Guid SignIn);

/// <summary>What became of texts, told to their streams many at a time: nobody waits for it (one commit for all of them).</summary>
public static class TextToldHandler
{
    /// <summary>Appends each fact; a handing over that is written already is not written again.</summary>
    public static async Task Handle(TextTold[] told, IDocumentSession session, CancellationToken ct)
    {
        session.SignAsSystem(await InstanceSettings.Of(session, ct));
        var news = told.Distinct().ToList();
        var handed = await session.LoadManyAsync<HandedOver>(ct, [.. news.Where(fact => fact.ProviderId is not null).Select(fact => fact.Text)]);
        foreach (var fact in news.Where(fact => fact.ProviderId is null || handed.All(row => row.Id != fact.Text)))
        {
            session.Events.Append(fact.SignIn, Happened(fact));
            if (fact.ProviderId is not null) session.Store(new HandedOver(fact.Text, fact.SignIn));
        }
    }

    private static SignInEvent Happened(TextTold fact) => fact switch
    {
        { ProviderId: { } provider }  => new TextHandedOver(fact.Text, provider),
        { DeliveredAt: { } at }       => new TextDelivered(fact.Text, at),
        { Status: var status }        => new TextUndeliverable(fact.Text, status ?? "Unknown", fact.Code),
    };
}

/// <summary>A delivery report came in: final ones become facts, the ones on the way do not.</summary>
public static class SmsReportHandler
{
    private static readonly HashSet<string> OnTheWay = new(StringComparer.OrdinalIgnoreCase) { "Queued", "Dispatched" };

    /// <summary>The fact for the text's stream; a report that comes before we know of the handing over is tried again.</summary>
    public static async Task<TextTold?> Handle(SmsReport report, IQuerySession session, CancellationToken ct)
    {
        if (OnTheWay.Contains(report.Status) || !TextId.TryParse(report.Reference, out var text) || text.Value == Guid.Empty) return null;
        var handed = await session.LoadAsync<HandedOver>(text.Value, ct) ?? throw new ReportTooEarlyException(text);
        return report.Status.Equals("Delivered", StringComparison.OrdinalIgnoreCase)
            ? new(handed.SignIn, handed.Id, null, null, null, report.At)
            : new(handed.SignIn, handed.Id, null, report.Status, report.Code.ToString(System.Globalization.CultureInfo.InvariantCulture), null);
    }
}

/// <summary>A report for a text of which the handing over is not written yet; the bus tries again.</summary>
public sealed class ReportTooEarlyException(TextId text) : Exception($"Nothing is known of the text {text} yet.");
