using Auth.Domain.SignIns;
using Auth.Host.Delivery.Sms;
using Auth.Host.Http;
using Auth.Host.Instances;
using Auth.Host.SignIns;
using Auth.Projections;
using Marten;
using Npgsql;
using Wolverine;

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

    // Whose text it is tells the row that we wrote when it was handed over, under the id that we made and the signature covers: never the report (R76).
    private const string Whose = $"select tenant_id, (data ->> 'signIn')::uuid from {StoreSettings.Schema}.mt_doc_handedover where tenant_id = any($1) and id = $2";

    /// <summary>The fact for the text's stream, in its instance; a report that comes before we know of the handing over is tried again.</summary>
    public static async Task Handle(SmsReport report, NpgsqlDataSource database, Tenants tenants, IMessageContext bus, CancellationToken ct)
    {
        if (OnTheWay.Contains(report.Status) || !TextId.TryParse(report.Reference, out var text) || text.Value == Guid.Empty) return;
        await using var command = database.CreateCommand(Whose);
        command.Parameters.Add(new() { Value = tenants.Ids.ToArray() });
        command.Parameters.Add(new() { Value = text.Value });
        await using var row = await command.ExecuteReaderAsync(ct);
        if (!await row.ReadAsync(ct)) throw new ReportTooEarlyException(text);
        await bus.PublishAsync(Told(report, row.GetGuid(1), text.Value), new DeliveryOptions { TenantId = row.GetString(0) });
    }

    private static TextTold Told(SmsReport report, Guid signIn, Guid text) => report.Status.Equals("Delivered", StringComparison.OrdinalIgnoreCase)
        ? new(signIn, text, null, null, null, report.At)
        : new(signIn, text, null, report.Status, report.Code.ToString(System.Globalization.CultureInfo.InvariantCulture), null);
}

/// <summary>A report for a text of which the handing over is not written yet; the bus tries again.</summary>
public sealed class ReportTooEarlyException(TextId text) : Exception($"Nothing is known of the text {text} yet.");
