using System.CommandLine;
using System.Globalization;
using Auth.Host.Audit;
using Auth.Host.Audit.Verbs;
using Auth.Projections.Rebuilding;
using Npgsql;
using Command = System.CommandLine.Command;

namespace Auth.Host.Rebuilding;

/// <summary>The verbs of <c>readings</c>.</summary>
internal static class RebuildVerb
{
    private const int Same = 0, Differed = 1, Unavailable = 69;

    private static readonly string[] Names = [.. Refold.All(null).Select(reading => reading.Reading)];

    internal static Command All(Terminal terminal, Func<CancellationToken, Task<AuditStore>> open) => new("readings", "Read models: how far they have followed, and built anew while hosts run") { List(terminal, open), Rebuild(terminal, open) };

    private static Command List(Terminal terminal, Func<CancellationToken, Task<AuditStore>> open)
    {
        var list = new Command("list", "Every reading, and the last event that it has followed");
        list.SetAction(async (parsed, ct) =>
        {
            await using var store = await open(ct);
            var progress = await store.Progress(ct);
            foreach (var reading in Refold.All(null)) await terminal.Data.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{reading.Reading,-16} {(reading.IsInline ? "with its events" : progress.GetValueOrDefault(reading.Shard))}"));
            return Same;
        });
        return list;
    }

    private static Command Rebuild(Terminal terminal, Func<CancellationToken, Task<AuditStore>> open)
    {
        Argument<string?> name = new("name") { Arity = ArgumentArity.ZeroOrOne, Description = string.Join(", ", Names) };
        Option<bool> all = new("--all") { Description = "Every one, one after the other" }, compare = new("--compare-only") { Description = "Builds and compares, and leaves the live one in its place" };
        var verb = new Command("rebuild", "Builds a reading anew beside the live one, tells where they differ, and puts the new one in its place") { name, all, compare };
        verb.Validators.Add(result =>
        {
            var named = result.GetResult(name) is { Tokens: [var token] } ? token.Value : null;
            if (named is null == result.GetResult(all) is null) result.AddError("Give a name or --all.");
            if (named is not null && !Names.Contains(named)) result.AddError($"There is no reading '{named}'. There are: {string.Join(", ", Names)}.");
        });
        verb.SetAction(async (parsed, ct) =>
        {
            await using var store = await open(ct);
            await using var rebuild = store.Rebuild();
            var code = Same;
            foreach (var reading in Refold.All(store.Marks).Where(reading => parsed.GetValue(name) is not { } named || reading.Reading == named))
            {
                code = Math.Max(code, await One(terminal, rebuild, reading, !parsed.GetValue(compare), ct));
                if (code == Unavailable) return code;
            }

            return code;
        });
        return verb;
    }

    private static async Task<int> One(Terminal terminal, Auth.Projections.Rebuilding.Rebuild rebuild, Refold reading, bool switching, CancellationToken ct)
    {
        Bar? bar = null;
        try
        {
            if (await rebuild.Of(reading, switching, (now, whole) => (bar ??= new(terminal, whole, $"events of {reading.Reading}")).At(now), ct) is not { } done)
            {
                await terminal.Words.WriteLineAsync("Another rebuild is under way.");
                return Unavailable;
            }

            bar?.End();
            foreach (var row in done.First) await terminal.Data.WriteLineAsync($"{reading.Reading} {row}");
            await terminal.Data.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"{reading.Reading}: {done.Events} events, up to {done.UpTo}; {(reading.IsCompared ? done.Differed == 0 ? "the same as before" : $"{done.Differed} rows differed" : "not compared")}; {(done.Switched ? $"in its place, the live one stood still for {done.Blocked.TotalMilliseconds:0} ms" : "left as it was")}."));
            return done.Differed == 0 ? Same : Differed;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            bar?.End();
            await terminal.Words.WriteLineAsync($"{reading.Reading} is read without a pause, so nothing was changed: try again.");
            return Unavailable;
        }
    }
}
