using System.Globalization;
using Auth.Host.Audit.Export;
using Auth.Host.Http;

namespace Auth.Host.Audit.Access;

/// <summary>An export on its way to an auditor: the file, and behind it, as trailers, which one it was.</summary>
internal static class ExportAnswer
{
    private static readonly string[] Trailers = ["Export-Events", "Export-First", "Export-Last", "Export-Cursor", "Export-Sha256"];

    internal static async Task Write(ExportRequest request, HttpContext http, AuditDesk desk, FrontDoor door, CancellationToken ct)
    {
        var source = door.PublicUrl.GetLeftPart(UriPartial.Authority);
        var exporting = new Exporting(desk, AuditEndpoints.Auditor(http), Caller.Of(http), source);
        var upTo = await exporting.Begin(request, ct);

        var response = http.Response;
        response.ContentType = EventForm.Of(request.Form, source).ContentType;
        response.Headers["Export-Up-To"] = Text(upTo);
        response.Headers.ContentDisposition = $"attachment; filename=\"auth-events-{Text(request.After)}-{Text(upTo)}.{(request.Form is Domain.Audits.ExportForm.Csv ? "csv" : "ndjson")}\"";
        var trailed = response.SupportsTrailers();
        if (trailed) foreach (var trailer in Trailers) response.DeclareTrailer(trailer);
        var manifest = await exporting.Write(request, upTo, bytes => response.Body.WriteAsync(bytes, ct).AsTask(), null, ct);
        if (!trailed) return;
        response.AppendTrailer("Export-Events", Text(manifest.Count));
        response.AppendTrailer("Export-First", Text(manifest.FirstSequence));
        response.AppendTrailer("Export-Last", Text(manifest.LastSequence));
        response.AppendTrailer("Export-Cursor", Text(manifest.Cursor));
        response.AppendTrailer("Export-Sha256", manifest.Sha256);
    }

    private static string Text(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
