using System.CommandLine;
using Auth.Domain.Audits;
using Auth.Domain.SignIns;
using Auth.Host.Audit.Search;
using Auth.Host.Audit.Telling;
using Auth.Host.Http;
using Auth.Projections;
using Command = System.CommandLine.Command;

namespace Auth.Host.Audit.Verbs;

/// <summary>What an auditor can ask for, and how.</summary>
internal sealed partial class AuditVerbs(Terminal terminal, TimeProvider clock, Func<CancellationToken, Task<AuditStore>> open)
{
    private const int NoSuchSignIn = 1;
    private const string Sealed = "The root key is not here: personal values read [sealed].";

    /// <summary>Whose history.</summary>
    internal const string Instance = "--instance";

    /// <summary>All of it.</summary>
    public RootCommand Root
    {
        get
        {
            Option<bool> json = new("--json") { Description = "One JSON document; for list, one JSON line per sign-in or version", Recursive = true };
            Option<string> instance = new(Instance) { HelpName = "name", Description = "Whose history: the name of an instance", Recursive = true, DefaultValueFactory = _ => Instances.Tenants.Default };
            Option<bool> plain = new("--no-color") { Description = "No colours (as does NO_COLOR)", Recursive = true };
            Option<TimeZoneInfo?> zone = new("--tz") { HelpName = "zone", Description = "Show times in that zone, such as Europe/Stockholm; UTC unless told", Recursive = true, CustomParser = Given.Zone };
            return new("Auth, for auditors")
            {
                new Command("audit", "Reads what happened. Times are UTC; personal values are masked, and [erased] once their key is destroyed. Nothing is changed; that values were revealed or events exported is recorded.")
                {
                    json, plain, instance, zone, List(json), Show(json), Replay(json), Explain(), Diff(json), Tail(json), Export(), Report(json), Spec(), Settings(json), Schemas(),
                    VerifyVerb.Command(terminal, open, json), ProveVerb.Command(terminal, open), WhatIfVerb.Command(terminal, clock, open, json),
                },
            };
        }
    }

    private Command List(Option<bool> json)
    {
        Option<Guid?> user = new("--user") { HelpName = "user id", Description = "Only this person's: user_…", CustomParser = result => Given.Id(result, UserId.Prefix) };
        Option<DateTimeOffset?> since = new("--since") { HelpName = "instant", Description = "Begun then or later (RFC 3339)", CustomParser = Given.Instant };
        Option<DateTimeOffset?> until = new("--until") { HelpName = "instant", Description = "Begun before then", CustomParser = Given.Instant };
        Option<Outcome?> outcome = new("--outcome") { HelpName = "outcome", Description = "open, converted, expired, superseded or invalidated", CustomParser = Given.Outcome };
        Option<Strategy?> factor = new("--factor") { HelpName = "strategy", Description = "In which this was right: " + string.Join(", ", Strategies.All.Values.Select(x => x.Name)), CustomParser = Given.Strategy };
        Option<int> limit = new("--limit") { HelpName = "n", Description = "At most so many", DefaultValueFactory = _ => 20, CustomParser = Given.Count };
        var (address, identifier) = (FilterOptions.Address(), FilterOptions.Identifier());
        var list = Revealing(new("list", "Sign-ins, newest first") { user, address, identifier, since, until, outcome, factor, limit });
        list.SetAction(async (parsed, ct) =>
        {
            await using var store = await open(ct);
            var filter = new ListFilter
            {
                User = parsed.GetValue(user),
                Since = parsed.GetValue(since),
                Until = parsed.GetValue(until),
                Outcome = parsed.GetValue(outcome),
                Factor = parsed.GetValue(factor),
                Limit = parsed.GetValue(limit),
                Now = clock.GetUtcNow(),
                Among = await store.Desk.Search().Streams(new() { Address = parsed.GetValue(address), Identifier = parsed.GetValue(identifier) }, ct),
            };
            var sought = new Sought { User = filter.User, Since = filter.Since, Until = filter.Until, Factor = filter.Factor, ByAddress = parsed.GetValue(address) is not null, ByIdentifier = parsed.GetValue(identifier) is not null };
            return await Reveal(store, parsed, Material.SignIns, null, sought, async reveal => await ListVerb.Run(terminal, store, filter, parsed.GetValue(json), reveal, ct), ct);
        });
        return list;
    }

    private Command Show(Option<bool> json)
    {
        var id = SignIn();
        Option<string?> svg = new("--svg") { HelpName = "file", Description = "As a picture into that file; - is stdout" }, html = Html("The picture and every event in a table, as one page, into that file; - is stdout");
        var show = Revealing(new("show", "One sign-in: everything that happened, in order") { id, svg, html });
        show.Validators.Add(result =>
        {
            if (new Option[] { svg, html }.Count(option => result.GetResult(option) is { Tokens: [{ Value: "-" }] }) + (result.GetResult(json) is null ? 0 : 1) > 1) result.AddError("Only one of --json, --svg - and --html - can go to stdout.");
        });
        show.SetAction((parsed, ct) => OfOne(parsed, parsed.GetValue(id)!, Material.SignIn, one => ShowVerb.Run(terminal, one, parsed.GetValue(json), parsed.GetValue(svg), parsed.GetValue(html), ct), ct));
        return show;
    }

    private Command Settings(Option<bool> json)
    {
        var settings = new Command("settings", "The operator's settings: each version, what changed with it, who did it and why; oldest first");
        settings.SetAction((parsed, ct) => SettingsVerb.Run(terminal, open, parsed.GetValue(json), ct));
        return settings;
    }

    private static Option<string?> Html(string what) => new("--html") { HelpName = "file", Description = what };

    private static Argument<string> SignIn() => new("sign-in") { Description = "Its id: sia_…" };

    private Command Diff(Option<bool> json)
    {
        var (one, other) = (SignIn(), new Argument<string>("other") { Description = "Another one's: sia_…" });
        var diff = Revealing(new("diff", "Two sign-ins side by side") { one, other });
        diff.SetAction((parsed, ct) => OfOne(parsed, parsed.GetValue(one)!, Material.SignIn, a => OfOne(parsed, parsed.GetValue(other)!, Material.SignIn, b => Task.FromResult(DiffVerb.Run(terminal, a, b, parsed.GetValue(json))), ct), ct));
        return diff;
    }

    private async Task<int> OfOne(ParseResult parsed, string id, Material what, Func<OneSignIn, Task<int>> read, CancellationToken ct, bool whole = false)
    {
        await using var store = await open(ct);
        await using var reader = await store.Reader(ct);
        var guid = PrefixedId.Read(SignInId.Prefix, id);
        if (guid == Guid.Empty || await reader.History(guid, ct, whole) is not { } history)
        {
            await terminal.Words.WriteLineAsync($"There is no sign-in {id}.");
            return NoSuchSignIn;
        }

        return await Reveal(store, parsed, what, guid, null, async reveal =>
        {
            var one = await OneSignIn.Of(history, clock.GetUtcNow(), reader, reveal, ct);
            if (one.Closed) await terminal.Words.WriteLineAsync(Sealed);
            return await Bound(read(one), reader, ct);
        }, ct);
    }
}
