using System.Security.Cryptography;
using System.Text;
using Auth.Domain.Audits;
using Auth.Host.Audit.Access;
using Auth.Host.Audit.Search;
using Auth.Host.Audit.Telling;
using Auth.Host.Http;
using Auth.Host.Instances;

namespace Auth.Host.Audit.Export;

/// <summary>What is to be exported.</summary>
/// <param name="After">The number of the event behind which it begins: the cursor of the export before.</param>
/// <param name="Reason">Why values are shown as they are; null where they are masked.</param>
public sealed record ExportRequest(ExportForm Form, EventFilter Filter, long After, string? Reason);

/// <summary>Which file this is. It is resumed from <paramref name="Cursor"/>; whoever has the file can compare its hash.</summary>
/// <param name="UpTo">The last event that it could hold.</param>
/// <param name="Sha256">Of the bytes of the file.</param>
public sealed record Manifest(
    string Format, int Schema, Sought Filter, bool Revealed, long After, long UpTo, long Count, long? FirstSequence, long? LastSequence, long Cursor, long Bytes, string Sha256, string Auditor, DateTimeOffset FinishedAt);

/// <summary>Writes events out, page by page, and tells of it before and after.</summary>
public sealed class Exporting(AuditDesk desk, Auditor auditor, Caller? caller, string source)
{
    /// <summary>How an export's begin is told; nothing has been written then. The last event it can hold.</summary>
    public async Task<long> Begin(ExportRequest request, CancellationToken ct)
    {
        var upTo = await desk.Search().Settled(ct);
        await desk.Trails.Tell(auditor, new HistoryExported(auditor.Id, request.Form, request.After, upTo, request.Filter.Sought, request.Reason), caller, ct);
        return upTo;
    }

    /// <summary>Writes them. Memory stays that of a page however many there are.</summary>
    /// <param name="write">Takes the file's bytes, a page at a time.</param>
    /// <param name="reached">Hears the cursor after each page.</param>
    public async Task<Manifest> Write(ExportRequest request, long upTo, Func<ReadOnlyMemory<byte>, Task> write, Action<long>? reached, CancellationToken ct)
    {
        var (form, text) = (EventForm.Of(request.Form, source), new StringBuilder());
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (count, bytes, cursor, first, last) = (0L, 0L, request.After, (long?)null, (long?)null);
        if (form.Head is { } head) text.Append(head).Append(form.End);

        await foreach (var page in desk.Search().Pages(request.Filter, request.After, upTo, ct))
        {
            foreach (var e in await EventView.Of(page.Events, desk, request.Reason is not null, ct)) text.Append(form.Line(e)).Append(form.End);
            bytes += await Flush(text, hash, write);
            if (page.Events is [var begin, .., var end]) (first, last) = (first ?? begin.Sequence, end.Sequence);
            else if (page.Events is [var only]) (first, last) = (first ?? only.Sequence, only.Sequence);
            (count, cursor) = (count + page.Events.Count, page.Cursor);
            reached?.Invoke(cursor);
        }

        bytes += await Flush(text, hash, write);
        var sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
        await desk.Trails.Tell(auditor, new ExportFinished(auditor.Id, count, first, last, sha256), caller, ct);
        return new(AuditJson.Snake($"{request.Form}"), EventView.Schema, request.Filter.Sought, request.Reason is not null, request.After, upTo, count, first, last, Math.Max(cursor, request.After), bytes, sha256, auditor.Id, desk.Now);
    }

    private static async Task<long> Flush(StringBuilder text, IncrementalHash hash, Func<ReadOnlyMemory<byte>, Task> write)
    {
        if (text.Length == 0) return 0;
        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        text.Clear();
        hash.AppendData(bytes);
        await write(bytes);
        return bytes.Length;
    }
}
