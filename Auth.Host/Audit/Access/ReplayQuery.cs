using System.Globalization;
using Auth.Domain.SignIns;
using Auth.Host.Audit.Recorded;
using Auth.Host.Audit.Telling;
using Auth.Host.Audit.Verbs;
using Auth.Host.Http;
using Microsoft.AspNetCore.Mvc;

namespace Auth.Host.Audit.Access;

/// <summary>How a stream is to be folded again, as it was written.</summary>
public sealed record ReplayQuery
{
    /// <summary>As it stood at that instant (RFC 3339).</summary>
    [FromQuery(Name = "at")] public string? At { get; init; }

    /// <summary>As it stood after its nth event.</summary>
    [FromQuery(Name = "version")] public string? Version { get; init; }

    /// <summary>right or wrong: decides the step of that event again, as if the proof had been so. Of sign-ins only.</summary>
    [FromQuery(Name = "had")] public string? Had { get; init; }

    /// <summary>… as if it had come so much earlier: 40s, 2m.</summary>
    [FromQuery(Name = "earlier")] public string? Earlier { get; init; }

    /// <summary>… or so much later.</summary>
    [FromQuery(Name = "later")] public string? Later { get; init; }

    /// <summary>true: values of people are shown as they are; takes a reason.</summary>
    [FromQuery(Name = "reveal")] public string? Reveal { get; init; }

    /// <summary>Why. It is kept for ever and names nobody.</summary>
    [FromQuery(Name = "reason")] public string? Reason { get; init; }

    internal DateTimeOffset? Instant => At is not null && Version is not null
        ? throw Problems.FieldUnknownValue.About("version").Refuse()
        : AuditQuery.Checked("at", At, AuditQuery.Instant);

    internal int? Place => AuditQuery.Checked("version", Version, x => int.TryParse(x, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0 ? n : (int?)null);

    internal string? Revealing => new AuditQuery { Reveal = Reveal, Reason = Reason }.Revealing;

    internal Otherwise? Otherwise
    {
        get
        {
            var verdict = AuditQuery.Checked("had", Had, x => x switch { "right" => Verdict.Right, "wrong" => Verdict.Wrong, _ => (Verdict?)null });
            var shift = (AuditQuery.Checked("later", Later, Given.Duration) ?? TimeSpan.Zero) - (AuditQuery.Checked("earlier", Earlier, Given.Duration) ?? TimeSpan.Zero);
            return verdict is null && shift == TimeSpan.Zero ? null : new(verdict, shift);
        }
    }

    internal static object Rerun(OneSignIn one, int? version, Otherwise otherwise)
    {
        if (RecordedStep.At(one.History.SignIn, version) is not { } step) throw Problems.NotFound.Refuse();
        try
        {
            return AuditJson.Reran(one, Recorded.Rerun.Of(one.History, step, otherwise));
        }
        catch (InvalidOperationException)
        {
            // A stranger's password cannot have been right.
            throw Problems.FieldUnknownValue.About("had").Refuse();
        }
    }
}
