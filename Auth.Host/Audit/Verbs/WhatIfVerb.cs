using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Auth.Domain.Instances;
using Auth.Host.Audit.Telling;
using Auth.Host.Audit.WhatIf;
using Auth.Host.Http;
using Spectre.Console;
using Command = System.CommandLine.Command;

namespace Auth.Host.Audit.Verbs;

/// <summary><c>audit what-if</c>: what other settings would have done to the past. Ends with 0; 64 where they could not be settings.</summary>
internal static class WhatIfVerb
{
    private const int Usage = 64, NoSuchSignIn = 1, DaysUnlessTold = 30;

    internal static Command Command(Terminal terminal, TimeProvider clock, Func<CancellationToken, Task<AuditStore>> open, Option<bool> json)
    {
        Option<DateTimeOffset?> since = new("--since") { HelpName = "instant", Description = "Sign-ins begun then or later (RFC 3339); the last 30 days unless told", CustomParser = Given.Instant };
        Option<DateTimeOffset?> until = new("--until") { HelpName = "instant", Description = "Begun before then", CustomParser = Given.Instant };
        Option<string[]> set = new("--set") { HelpName = "field=value", Description = "A setting that is tried, as PATCH /v1/instance/settings names it: second_factor.policy=required (two_step=required), otp_tries=3. Several; lists with commas" };
        Option<bool> staged = new("--staged") { Description = "Tries what is staged" };
        Option<string[]> price = new("--price") { HelpName = "[country=]amount", Description = "What a text costs: SE=0.05, or 0.08 for every other country" };
        Option<int> cases = new("--cases") { HelpName = "n", Description = "Name at most so many sign-ins that come out otherwise", DefaultValueFactory = _ => 20, CustomParser = Given.Count };
        Option<Guid?> only = new("--case") { HelpName = "sign-in", Description = "Also tell this one step by step: sia_…", CustomParser = result => Given.Id(result, SignInId.Prefix) };
        var whatIf = new Command("what-if", "Other settings tried on the past by the real rules: who would have been blocked, challenged or let in, and how many texts more or less. Nothing is written") { since, until, set, staged, price, cases, only };
        whatIf.Validators.Add(result =>
        {
            if (result.GetResult(set) is not null == result.GetResult(staged) is not null) result.AddError("Give --set or --staged.");
            foreach (var typed in Of(result.GetResult(set)).Where(typed => !Candidate.Put([], typed))) result.AddError($"--set: '{typed}' names no setting.");
            foreach (var typed in Of(result.GetResult(price)).Where(typed => Price(typed) is null)) result.AddError($"--price: '{typed}' is not an amount such as 0.05, or SE=0.05.");
        });
        whatIf.SetAction(async (parsed, ct) =>
        {
            await using var store = await open(ct);
            var (over, wrong) = (parsed.GetValue(until) ?? clock.GetUtcNow(), new List<ProblemAnswer>());
            var candidate = await Tried(store, parsed.GetValue(staged) ? null : parsed.GetValue(set), wrong, ct);
            if (wrong.Count > 0) return await Told(terminal, wrong);
            var prices = (parsed.GetValue(price) ?? []).Select(typed => Price(typed)!.Value).ToLookup(x => x.Country, x => x.Amount).ToDictionary(x => x.Key, x => x.Last());
            var question = new TrialQuestion(candidate, parsed.GetValue(since) ?? over.AddDays(-DaysUnlessTold), over, prices, parsed.GetValue(cases), parsed.GetValue(only));
            return await Run(terminal, store, question, clock.GetUtcNow(), parsed.GetValue(json), ct);
        });
        return whatIf;
    }

    private static async Task<int> Run(Terminal terminal, AuditStore store, TrialQuestion question, DateTimeOffset now, bool json, CancellationToken ct)
    {
        await using var reader = await store.Reader(ct);
        var one = question.Only is { } id ? await reader.History(id, ct) is { } history ? await OneSignIn.Of(history, now, reader, reveal: false, ct) : null : null;
        if (question.Only is not null && one is null)
        {
            await terminal.Words.WriteLineAsync("There is no such sign-in.");
            return NoSuchSignIn;
        }

        Bar? bar = null;
        var report = await Trial.Run(store.Desk, question, store.HomeCountry, (at, upTo) => (bar ??= new(terminal, upTo, "events")).At(at), ct);
        bar?.End();
        if (json) await terminal.Data.WriteLineAsync(AuditJson.Document(TrialJson.Of(report, one)));
        else terminal.Draw(canvas => TrialDrawing.Draw(canvas, report, one));
        foreach (var field in question.Candidate.Untried) await terminal.Words.WriteLineAsync($"{field}: the past tells nothing about it.");
        await terminal.Words.WriteLineAsync($"Up to event {report.UpTo}. Nothing was written.");
        return 0;
    }

    private static async Task<Candidate> Tried(AuditStore store, string[]? set, List<ProblemAnswer> wrong, CancellationToken ct)
    {
        await using var session = store.Desk.Session();
        var now = await session.Events.AggregateStreamAsync<Instance>(Instance.TheOne, token: ct) ?? Instance.Initial;
        if (set is null && now.Staged is null) wrong.Add(Problems.NothingStaged.Answer());
        if (set is null) return Candidate.Of(now.InForce, now.Draft, wrong);
        var change = new JsonObject();
        foreach (var typed in set) Candidate.Put(change, typed);
        return Candidate.Of(now.InForce, BodyFormats.Json(Encoding.UTF8.GetBytes(change.ToJsonString())), wrong);
    }

    private static async Task<int> Told(Terminal terminal, List<ProblemAnswer> wrong)
    {
        foreach (var fault in wrong.SelectMany(answer => (ProblemAnswer[])[answer, .. answer.Also ?? []]))
            await terminal.Words.WriteLineAsync($"{(fault.Meta?["param_name"] is { } field ? $"{field}: " : "")}{fault.Problem.Title}{(fault.Meta?["least"] is { } least ? $" From {least} to {fault.Meta["most"]}." : "")}");
        return Usage;
    }

    private static IEnumerable<string> Of(System.CommandLine.Parsing.OptionResult? given) => given?.Tokens.Select(token => token.Value) ?? [];

    private static (string Country, decimal Amount)? Price(string typed) =>
        typed.Split('=') is var parts && parts.Length <= 2 && decimal.TryParse(parts[^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) && (parts.Length == 1 || parts[0].Length == 2)
            ? (parts.Length == 1 ? "" : parts[0].ToUpperInvariant(), amount) : null;
}
