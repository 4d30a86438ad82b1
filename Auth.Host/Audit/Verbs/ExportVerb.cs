using System.Globalization;
using System.Text;
using Auth.Host.Audit.Export;

namespace Auth.Host.Audit.Verbs;

/// <summary><c>audit export</c>: a file, or stdout, and which one it was.</summary>
internal static class ExportVerb
{
    internal static async Task<int> Run(Terminal terminal, AuditDesk desk, Access.Auditor auditor, ExportRequest request, string? path, string source, CancellationToken ct)
    {
        if (path is not null && File.Exists(path))
        {
            await terminal.Words.WriteLineAsync($"{path} is there already; an export goes into a file of its own.");
            return IntoFile.CannotCreate;
        }

        var exporting = new Exporting(desk, auditor, null, source);
        var upTo = await exporting.Begin(request, ct);
        var bar = new Bar(terminal, upTo - request.After, "event numbers");
        await using var file = path is null ? null : new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, 1 << 16);
        var manifest = await exporting.Write(request, upTo, async bytes =>
        {
            if (file is not null) await file.WriteAsync(bytes, ct);
            else await terminal.Data.WriteAsync(Encoding.UTF8.GetString(bytes.Span));
        }, cursor => bar.At(cursor - request.After), ct);
        bar.End();
        if (file is not null) await file.FlushAsync(ct);

        var told = AuditJson.Document(manifest);
        if (path is not null) await File.WriteAllTextAsync($"{path}.manifest.json", told + "\n", ct);
        else await terminal.Words.WriteLineAsync(AuditJson.Line(manifest));
        await terminal.Words.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{manifest.Count} event{(manifest.Count == 1 ? "" : "s")}, sha256 {manifest.Sha256}, told as {auditor.Id}. To go on: --after {manifest.Cursor}"));
        return 0;
    }
}
