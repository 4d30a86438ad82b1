using System.Globalization;
using Auth.Domain.Instances;
using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Host.Audit.Telling;
using Auth.Host.Http;
using JasperFx.Events;

namespace Auth.Host.Audit.Recorded;

/// <summary>A recorded sign-in as a given/when/then spec: the history up to its last step is given, the last step is asked again.</summary>
public static class SpecText
{
    /// <summary>The file. It belongs into <c>Auth.Specs/Deciding</c> and passes there for as long as the rules say what they said then.</summary>
    public static string Of(History history, Rerun last)
    {
        var (id, write) = ($"{new SignInId(history.Id)}", new CSharp());
        var past = history.SignIn.TakeWhile(e => e.Sequence < last.Step.First.Sequence).ToList();
        return $$"""
            using System.Globalization;
            using Auth.Domain.Instances;
            using Auth.Domain.Passkeys;
            using Auth.Domain.SignIns;
            using Auth.Domain.Users;
            using Auth.Specs.Given;

            namespace Auth.Specs.Deciding;

            /// <summary>What was recorded of {{id}}. Its ids are shortened, sealed values and nonces stand-ins.</summary>
            public class Recorded_{{id}}
            {
                [Fact]
                public void {{Name(last)}}() =>
                    new Story([{{Lines(past.Select(e => write.Of(e.Data)), 16)}}])
                        .About({{Person(last.Now.User, history, last.Step.First, write)}}){{Under(last.Now, write)}}
                        .When({{write.Of(last.Command)}}, {{write.Of(last.Now.Now)}})
                        .{{Then(last.Decision, write)}};

                private static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture);
            }

            """.ReplaceLineEndings("\n");
    }

    private static string Name(Rerun last) =>
        $"{Snake(last.Command.GetType().Name)}_{(last.Decision.Refusal is { } refusal ? $"is_refused_{Snake($"{refusal}")}" : $"leads_to_{string.Join("_and_", last.Decision.Events.Select(e => Snake(e.GetType().Name)).DefaultIfEmpty("nothing"))}")}";

    private static string Person(User? user, History history, IEvent before, CSharp write) => user is null ? "null"
        : $"People.Told({write.Of(user.Id)},{Lines(Surroundings.UserFacts(history, before).Select(e => write.Of(e.Data)), 16)})";

    private static string Under(Circumstances now, CSharp write) => string.Concat(new[]
    {
        now.Settings == Settings.Shipped ? null : $".Under({write.Of(now.Settings)})",
        now.Standing == Standing.Clean ? null : $".Standing({write.Of(now.Standing)})",
        now.Sent is { ToNumber.Count: 0, ToUser.Count: 0, BlockedUntil: null, Traffic: null } ? null : $".Sent({write.Of(now.Sent)})",
        now.Trust is null ? null : $".On({write.Of(now.Trust)})",
    }.OfType<string>().Select(line => $"\n            {line}"));

    private static string Then(Decision decision, CSharp write)
    {
        var facts = decision.Events.Select(e => write.Of(e)).ToList();
        return (decision.Refusal, decision.Until) switch
        {
            (null, _) when facts.Count == 0         => "ThenNothing()",
            (null, _)                               => $"Then({Lines(facts, 16)})",
            ({ } refusal, { } until)                => $"ThenRefusedUntil({string.Join(", ", facts.Prepend(write.Of(refusal)).Prepend(write.Of(until)))})",
            ({ } refusal, null)                     => $"ThenRefused({string.Join(", ", facts.Prepend(write.Of(refusal)))})",
        };
    }

    private static string Lines(IEnumerable<string> items, int indent) => string.Concat(items.Select((item, i) => $"{(i == 0 ? "" : ",")}\n{new string(' ', indent)}{item}"));

    private static string Snake(string name) => string.Create(CultureInfo.InvariantCulture, $"{System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(name)}");
}
