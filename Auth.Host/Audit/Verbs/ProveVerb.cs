using System.CommandLine;
using System.Reflection;
using Auth.Domain.Instances;
using Auth.Domain.SignIns;
using Auth.Host.Http;
using Auth.Projections.Proof;
using Command = System.CommandLine.Command;

namespace Auth.Host.Audit.Verbs;

/// <summary><c>audit prove</c>: one sign-in as a file that somebody can check who has neither the database nor our program. Ends with 0; 1 when there is none or something is wrong; 2 when it is too early.</summary>
internal static class ProveVerb
{
    private const int Given = 0, None = 1, TooEarly = 2;

    internal static Command Command(Terminal terminal, Func<CancellationToken, Task<AuditStore>> open)
    {
        Argument<string> id = new("sign-in") { Description = "Its id: sia_…" };
        Option<string?> into = new("--out") { HelpName = "file", Description = "Where to; stdout unless told" };
        var (checkpoint, key) = (VerifyVerb.Checkpoint(), VerifyVerb.Key());
        var prove = new Command("prove", "One sign-in as evidence: its events, the settings they were decided under, and what proves them (docs/verify)") { id, into, checkpoint, key };
        prove.SetAction((parsed, ct) => Run(terminal, open, parsed.GetValue(id)!, parsed.GetValue(into), VerifyVerb.Notes(parsed.GetValue(checkpoint))!, VerifyVerb.Keys(parsed.GetValue(key))!, ct));
        return prove;
    }

    private static async Task<int> Run(
        Terminal terminal, Func<CancellationToken, Task<AuditStore>> open, string id, string? into, IReadOnlyList<SignedNote> also, IReadOnlyList<NoteVerifier> keys, CancellationToken ct)
    {
        await using var store = await open(ct);
        var (tenant, signIn) = (store.Instance, PrefixedId.Read(SignInId.Prefix, id));
        await using var reader = await store.Proof(keys, ct);
        SignedNote[] kept = [.. also, .. store.OwnWitness().TakeLast(1).Where(note => reader.Keys(tenant, note.Text.Split('\n')[0])?.Any(note.IsBy) == true)];
        try
        {
            if (signIn == Guid.Empty || await new EvidenceGathering(reader.Connection, tenant).Of(signIn, Instance.TheOne, id, Version, origin => reader.Keys(tenant, origin), kept, ct) is not { } evidence)
            {
                await terminal.Words.WriteLineAsync($"There is no sign-in {id}.");
                return None;
            }

            if (evidence.Keys.Count == 0)
            {
                await terminal.Words.WriteLineAsync("The root key is not here: nobody could check the evidence. Give the keys with --key.");
                return TooEarly;
            }

            if (into is null) await terminal.Data.WriteLineAsync(System.Text.Encoding.UTF8.GetString(evidence.ToFile()));
            else await File.WriteAllBytesAsync(into, evidence.ToFile(), ct);
            await terminal.Words.WriteLineAsync($"{evidence.Events.Count} events, {evidence.Settings.Count} of the settings, {evidence.Checkpoints.Count + 1} checkpoints. Check it with docs/verify/verify.cs.");
            return Given;
        }
        catch (NoEvidenceException none)
        {
            await terminal.Words.WriteLineAsync(none.Message);
            return none.Amiss ? None : TooEarly;
        }
    }

    private static string Version => typeof(SignIn).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
}
