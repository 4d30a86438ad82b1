using System.CommandLine;
using Auth.Domain.SignIns;
using Auth.Host.Http;
using Auth.Projections;
using Command = System.CommandLine.Command;

namespace Auth.Host.Audit;

/// <summary>What an auditor can ask for, and how.</summary>
internal sealed class AuditVerbs(Terminal terminal, TimeProvider clock, Func<CancellationToken, Task<AuditStore>> open)
{
    private const int NoSuchSignIn = 1;

    /// <summary>All of it.</summary>
    public RootCommand Root
    {
        get
        {
            Option<bool> json = new("--json") { Description = "One JSON document; for list, one JSON line per sign-in or version", Recursive = true };
            Option<bool> plain = new("--no-color") { Description = "No colours (as does NO_COLOR)", Recursive = true };
            return new("Auth, for auditors")
            {
                new Command("audit", "Reads what happened, changes nothing. Times are UTC; personal values are masked, and [erased] once their key is destroyed.")
                {
                    json, plain, List(json), Show(json), Replay(json), Settings(json), VerifyVerb.Command(terminal, open, json), ProveVerb.Command(terminal, open),
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

    private Command Replay(Option<bool> json)
    {
        var id = SignIn();
        Option<DateTimeOffset?> at = new("--at") { HelpName = "instant", Description = "As it stood at that instant (RFC 3339)", CustomParser = Given.Instant };
        Option<int?> version = new("--version") { HelpName = "n", Description = "As it stood after its nth event", CustomParser = Given.Version };
        Option<bool> step = new("--step") { Description = "Event by event: Enter goes on, q stops" };
        var replay = new Command("replay", "One sign-in again: where it stood after each event, what changed, and why a refusal was refused") { id, at, version, step };
        replay.Validators.Add(result =>
        {
            if (new Option[] { at, version }.Count(option => result.GetResult(option) is not null) > 1) result.AddError("Give --at or --version, not both.");
            if (result.GetResult(step) is not null && result.GetResult(json) is not null) result.AddError("--step is for people, --json is not.");
        });
        replay.SetAction((parsed, ct) => OfOne(parsed.GetValue(id)!, one =>
            ReplayVerb.Run(terminal, one, parsed.GetValue(at), parsed.GetValue(version), parsed.GetValue(step), parsed.GetValue(json)), ct));
        return replay;
    }

    private Command Settings(Option<bool> json)
    {
        var settings = new Command("settings", "The operator's settings: each version, what changed with it, who did it and why; oldest first");
        settings.SetAction((parsed, ct) => SettingsVerb.Run(terminal, open, parsed.GetValue(json), ct));
        return settings;
    }

    private static Argument<string> SignIn() => new("sign-in") { Description = "Its id: sia_…" };

    private async Task<int> OfOne(string id, Func<OneSignIn, Task<int>> read, CancellationToken ct)
    {
        await using var store = await open(ct);
        await using var reader = await store.Reader(Instances.Tenants.Default, ct);
        if (PrefixedId.Read(SignInId.Prefix, id) is var guid && guid != Guid.Empty && await reader.History(guid, ct) is { } history)
            return await read(await OneSignIn.Of(history, clock.GetUtcNow(), reader, terminal, ct));

        await terminal.Words.WriteLineAsync($"There is no sign-in {id}.");
        return NoSuchSignIn;
    }
}
