using System.CommandLine;
using Auth.Domain.Audits;
using Auth.Domain.SignIns;
using Auth.Host.Audit.Recorded;
using Auth.Host.Audit.Streams;
using Auth.Host.Audit.Telling;
using Auth.Host.Http;
using Command = System.CommandLine.Command;

namespace Auth.Host.Audit.Verbs;

/// <summary>The verbs that read one stream again.</summary>
internal sealed partial class AuditVerbs
{
    private Command Replay(Option<bool> json)
    {
        var id = Stream();
        Option<DateTimeOffset?> at = new("--at") { HelpName = "instant", Description = "As it stood at that instant (RFC 3339)", CustomParser = Given.Instant };
        Option<int?> version = new("--version") { HelpName = "n", Description = "As it stood after its nth event", CustomParser = Given.Version };
        Option<bool> step = new("--step") { Description = "Event by event: Enter goes on, q stops" };
        Option<Verdict?> had = new("--had") { HelpName = "right|wrong", Description = "Of a sign-in: decide the step of that event (--version, or the last) again, as if the proof had been right, or wrong", CustomParser = Given.Verdict };
        Option<TimeSpan?> earlier = new("--earlier") { HelpName = "time", Description = "… as if it had come so much earlier: 40s, 2m", CustomParser = Given.Duration };
        Option<TimeSpan?> later = new("--later") { HelpName = "time", Description = "… or so much later", CustomParser = Given.Duration };
        var replay = Revealing(new("replay", "A sign-in, user, session, sign-up, ticket or the settings again: where it stood after each event, what changed, and why a refusal was refused") { id, at, version, step, had, earlier, later });
        replay.Validators.Add(result =>
        {
            if (new Option[] { at, version }.Count(option => result.GetResult(option) is not null) > 1) result.AddError("Give --at or --version, not both.");
            if (result.GetResult(step) is not null && result.GetResult(json) is not null) result.AddError("--step is for people, --json is not.");
            if (new Option[] { had, earlier, later }.Any(option => result.GetResult(option) is not null) && new Option[] { at, step }.Any(option => result.GetResult(option) is not null)) result.AddError("--had, --earlier and --later go with --version only.");
        });
        replay.SetAction((parsed, ct) =>
        {
            var (verdict, shift) = (parsed.GetValue(had), (parsed.GetValue(later) ?? TimeSpan.Zero) - (parsed.GetValue(earlier) ?? TimeSpan.Zero));
            return verdict is not null || shift != TimeSpan.Zero
                ? OfOne(parsed, parsed.GetValue(id)!, Material.Replay, one => IfVerb.Run(terminal, one, parsed.GetValue(version), new(verdict, shift), parsed.GetValue(json)), ct, whole: true)
                : OfAny(parsed, parsed.GetValue(id)!, told => ReplayVerb.Run(terminal, told, parsed.GetValue(at), parsed.GetValue(version), parsed.GetValue(step), parsed.GetValue(json), ct), ct);
        });
        return replay;
    }

    private Command Explain()
    {
        var id = Stream();
        Option<DateTimeOffset?> at = new("--at") { HelpName = "instant", Description = "As it stood at that instant (RFC 3339)", CustomParser = Given.Instant };
        var explain = Revealing(new("explain", "The same in sentences, for people") { id, at });
        explain.SetAction((parsed, ct) => OfAny(parsed, parsed.GetValue(id)!, told => Task.FromResult(ReplayVerb.Explain(terminal, told, parsed.GetValue(at))), ct));
        return explain;
    }

    private Command Spec()
    {
        var id = SignIn();
        Option<int?> version = new("--version") { HelpName = "n", Description = "The step that the nth event belongs to; the last one unless told", CustomParser = Given.Version };
        var spec = new Command("spec", "A recorded sign-in as a given/when/then spec for Auth.Specs") { id, version };
        spec.SetAction((parsed, ct) => OfOne(parsed, parsed.GetValue(id)!, Material.SignIn, one => IfVerb.Spec(terminal, one, parsed.GetValue(version)), ct, whole: true));
        return spec;
    }

    private static Argument<string> Stream() => new("stream") { Description = "Its id: sia_…, user_…, sess_…, sua_…, sit_…, vrf_…, or settings" };

    private async Task<int> OfAny(ParseResult parsed, string id, Func<Told, Task<int>> read, CancellationToken ct)
    {
        if (StreamKind.Read(id) is not { } stream || stream.Kind.Events == typeof(SignInEvent)) return await OfOne(parsed, id, Material.Replay, one => read(Told.Of(one)), ct);

        await using var store = await open(ct);
        await using var reader = await store.Reader(ct);
        if (await reader.Stream(stream.Kind, stream.Id, ct) is not { } history)
        {
            await terminal.Words.WriteLineAsync($"There is nothing recorded of {id}.");
            return NoSuchSignIn;
        }

        return await Reveal(store, parsed, Material.Replay, stream.Id, null, async reveal =>
        {
            var (personal, closed) = await reader.Open(history.SealedValues, ct, reveal);
            if (closed) await terminal.Words.WriteLineAsync(Sealed);
            return await Bound(read(Told.Of(history, clock.GetUtcNow(), personal)), reader, ct);
        }, ct);
    }

    private async Task<int> Bound(Task<int> told, AuditReader reader, CancellationToken ct)
    {
        var code = await told;
        if (code == 0) await terminal.Words.WriteLineAsync($"Up to event {await reader.UpTo(ct)}.");
        return code;
    }
}
