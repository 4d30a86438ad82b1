using System.Diagnostics;
using System.Globalization;

namespace Auth.Host.Audit.Export;

/// <summary><c>audit export</c>: a file, or stdout, and which one it was.</summary>
internal static class ExportVerb
{
    private const int CannotCreate = 73, Width = 30;

    internal static async Task<int> Run(Terminal terminal, AuditDesk desk, Access.Auditor auditor, ExportRequest request, string? path, string source, CancellationToken ct)
    {
        if (path is not null && File.Exists(path))
        {
            await terminal.Words.WriteLineAsync($"{path} is there already; an export goes into a file of its own.");
            return CannotCreate;
        }

        var exporting = new Exporting(desk, auditor, null, source);
        var upTo = await exporting.Begin(request, ct);
        var watch = Stopwatch.StartNew();
        Manifest manifest;
        await using (var file = path is null ? new Out(terminal.Data) : (Stream)new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, 1 << 16))
            manifest = await exporting.Write(request, upTo, file, terminal.Looks ? (cursor, count) => Show(terminal, request.After, cursor, upTo, count, watch.Elapsed) : null, ct);

        if (terminal.Looks) await terminal.Words.WriteLineAsync();
        var told = AuditJson.Document(manifest);
        if (path is not null) await File.WriteAllTextAsync($"{path}.manifest.json", told + "\n", ct);
        else await terminal.Words.WriteLineAsync(AuditJson.Line(manifest));
        await terminal.Words.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{manifest.Count} event{(manifest.Count == 1 ? "" : "s")}, sha256 {manifest.Sha256}, told as {auditor.Id}. To go on: --after {manifest.Cursor}"));
        return 0;
    }

    private static void Show(Terminal terminal, long after, long cursor, long upTo, long count, TimeSpan taken)
    {
        var share = upTo <= after ? 1 : Math.Clamp((double)(cursor - after) / (upTo - after), 0, 1);
        var done = (int)(Width * share);
        terminal.Words.Write(string.Create(CultureInfo.InvariantCulture, $"\r  [{new string('#', done)}{new string('.', Width - done)}] {share,4:0%}  {count:N0} events  {count / Math.Max(taken.TotalSeconds, 0.001):N0}/s "));
    }

    /// <summary>stdout as a stream: what is written is text already.</summary>
    private sealed class Out(TextWriter data) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Write(byte[] buffer, int offset, int count) => data.Write(System.Text.Encoding.UTF8.GetString(buffer, offset, count));

        public override void Flush() => data.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
