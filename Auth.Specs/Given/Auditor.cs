using System.Text.Json.Nodes;
using Auth.Domain.SignIns;
using Auth.Host.Audit;
using Auth.Host.Audit.Recorded;
using Auth.Host.Audit.Telling;
using Auth.Host.Audit.Verbs;
using Auth.Host.Database;
using Auth.Host.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.Specs.Given;

/// <summary>Somebody at a terminal beside a host, who runs <c>audit …</c> over its database.</summary>
public sealed class Auditor(RunningHost host)
{
    /// <summary>What the command says.</summary>
    public async Task<Told> Ask(params string[] args)
    {
        var (data, words) = (new StringWriter(), new StringWriter());
        var code = await AuditCommand.Run(["audit", .. args], new Terminal(data, words, TextReader.Null, 100, Colours: false), Settings, new StoryClock(), TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper?.WriteLine($"{data}\n{words}");
        return new(code, data.ToString(), words.ToString());
    }

    /// <summary>Every step of a sign-in, decided again.</summary>
    public async Task<IReadOnlyList<Rerun>> Again(string signIn)
    {
        SignInId.TryParse(signIn, out var id).ShouldBeTrue();
        await using var store = await AuditStore.Open(Settings, "default", TextWriter.Null, TestContext.Current.CancellationToken);
        await using var reader = await store.Reader(TestContext.Current.CancellationToken);
        var history = (await reader.History(id.Value, TestContext.Current.CancellationToken, whole: true)).ShouldNotBeNull();
        return [.. RecordedStep.Of(history.SignIn).Select(step => Rerun.Of(history, step))];
    }

    /// <summary>Whether each step, decided again, says what was recorded.</summary>
    public async Task AgreesOn(string signIn) =>
        (await Again(signIn)).Where(rerun => !rerun.Agrees).Select(rerun => $"{rerun.Command}\n  recorded {string.Join<SignInEvent>("; ", rerun.Recorded)}\n  decided  {rerun.Decision.Refusal} {string.Join<SignInEvent>("; ", rerun.Decision.Events)}").ShouldBeEmpty();

    private Dictionary<string, string?> Settings => new()
    {
        [ChosenDatabase.Key] = host.ConnectionString,
        ["Auth:Keys:RootFile"] = Path.Combine(host.Alba.Services.GetRequiredService<IConfiguration>()["Auth:Keys:Folder"]!, Auth.Host.Keys.RootKeyFile.Name),
    };

    /// <summary>An answer of the command.</summary>
    public sealed record Told(int Code, string Data, string Words)
    {
        /// <summary>Its data, read.</summary>
        public JsonNode Json => JsonNode.Parse(Data)!;
    }
}
