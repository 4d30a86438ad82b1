using Auth.Host.Audit.Proving;
using Auth.Host.Http;
using Auth.Projections.Proof;
using Microsoft.AspNetCore.Mvc;

namespace Auth.Host.Audit.Access;

/// <summary>Whether the history of the instance whose key came along is the one that was signed; of the others nothing is read or told (R76).</summary>
internal static class VerifyAnswer
{
    /// <summary>All of it, or one stream. It ends when whoever asked goes away.</summary>
    internal static async Task<IResult> Verify([FromQuery] string? id, HttpContext http, AuditDesk desk, [FromServices] HostVerifying host, CancellationToken ct)
    {
        Guid? stream = AuditQuery.Checked("id", id, x => Verifying.Stream(x) is var read && read != Guid.Empty ? read : (Guid?)null);
        var (report, upTo) = await host.LookAlone(verifying => stream is null ? Whole(verifying, desk.Tenant, ct) : One(verifying, desk.Tenant, id!, ct), ct);
        var auditor = AuditEndpoints.Auditor(http);
        await desk.Trails.Tell(auditor, Verifying.Told(auditor.Id, stream, report, upTo), Caller.Of(http), ct);
        return AuditEndpoints.Json(AuditJson.Verified(report));
    }

    private static Task<Report> Whole(Verifying verifying, string tenant, CancellationToken ct) => verifying.All(tenant, _ => { }, ct);

    private static async Task<Report> One(Verifying verifying, string tenant, string id, CancellationToken ct) => await verifying.One(tenant, id, ct) is { } one ? one.Report : throw Problems.NotFound.Refuse();
}
