using System.CommandLine;
using Auth.Domain.SignIns;
using Auth.Host.Http;
using Auth.Projections;
using Command = System.CommandLine.Command;

namespace Auth.Host.Audit;

/// <summary>What an auditor can ask for, and how.</summary>
internal sealed partial class AuditVerbs(Terminal terminal, TimeProvider clock, Func<CancellationToken, Task<AuditStore>> open)
{
    private const int NoSuchSignIn = 1;
    private const string Sealed = "The root key is not here: personal values read [sealed].";

    /// <summary>All of it.</summary>
    public RootCommand Root
    {
        get
        {
            Option<bool> json = new("--json") { Description = "One JSON document; for list, one JSON line per sign-in or version", Recursive = true };
            Option<bool> plain = new("--no-color") { Description = "No colours (as does NO_COLOR)", Recursive = true };
            Option<TimeZoneInfo?> zone = new("--tz") { HelpName = "zone", Description = "Show times in that zone, such as Europe/Stockholm; UTC unless told", Recursive = true, CustomParser = Given.Zone };
            return new("Auth, for auditors")
            {
                new Command("audit", "Reads what happened, changes nothing. Times are UTC; personal values are masked, and [erased] once their key is destroyed.")
                {
                    json, plain, zone, List(json), Show(json), Replay(json), Explain(), Spec(), Settings(json),
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
        var list = new Command("list", "Sign-ins, newest first") { user, since, until, outcome, factor, limit };
        list.SetAction((parsed, ct) => ListVerb.Run(terminal, open, new ListFilter
        {
            User = parsed.GetValue(user),
            Since = parsed.GetValue(since),
            Until = parsed.GetValue(until),
            Outcome = parsed.GetValue(outcome),
            Factor = parsed.GetValue(factor),
            Limit = parsed.GetValue(limit),
            Now = clock.GetUtcNow(),
        }, parsed.GetValue(json), ct));
        return list;
    }

    private Command Show(Option<bool> json)
    {
        var id = SignIn();
        var show = new Command("show", "One sign-in: everything that happened, in order") { id };
        show.SetAction((parsed, ct) => OfOne(parsed.GetValue(id)!, one => ShowVerb.Run(terminal, one, parsed.GetValue(json)), ct));
        return show;
    }

    private Command Settings(Option<bool> json)
    {
        var settings = new Command("settings", "The operator's settings: each version, what changed with it, who did it and why; oldest first");
        settings.SetAction((parsed, ct) => SettingsVerb.Run(terminal, open, parsed.GetValue(json), ct));
        return settings;
    }

    private static Argument<string> SignIn() => new("sign-in") { Description = "Its id: sia_…" };

    private async Task<int> OfOne(string id, Func<OneSignIn, Task<int>> read, CancellationToken ct, bool whole = false)
    {
        await using var store = await open(ct);
        await using var reader = await store.Reader(Instances.Tenants.Default, ct);
        if (PrefixedId.Read(SignInId.Prefix, id) is var guid && guid != Guid.Empty && await reader.History(guid, ct, whole) is { } history)
        {
            var one = await OneSignIn.Of(history, clock.GetUtcNow(), reader, reveal: false, ct);
            if (one.Closed) await terminal.Words.WriteLineAsync(Sealed);
            return await Bound(read(one), reader, ct);
        }

        await terminal.Words.WriteLineAsync($"There is no sign-in {id}.");
        return NoSuchSignIn;
    }
}
