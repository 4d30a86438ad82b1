using System.Diagnostics;
using System.Text;
using Auth.Domain.Instances;
using Auth.Host.Http;
using Auth.Projections.Proof;
using Auth.Specs.Given;
using static Auth.Specs.Reading.Histories;

namespace Auth.Specs.Proof;

/// <summary>Evidence is checked by a program that has nothing of ours, in a process of its own, as docs/verify tells it.</summary>
public sealed class EvidenceSpecs : IAsyncLifetime
{
    private const int Flips = 40;
    private static readonly Lazy<Task<string>> Verifier = new(Build);
    private readonly string _folder = Directory.CreateTempSubdirectory("auth-evidence-").FullName;
    private SealedHistory _history = null!;
    private SignedNote _kept = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Bundle => Path.Combine(_folder, "bundle.json");

    public async ValueTask InitializeAsync()
    {
        _history = await SealedHistory.New();
        await using (var session = _history.Histories.Store.LightweightSession("default"))
        {
            session.Events.StartStream<Instance>(Instance.TheOne, new SettingsApplied(1, Settings.Shipped, "key_1f2e3d4c", "Because.", null));
            await session.SaveChangesAsync(Ct);
        }

        await _history.Lively(3);
        await _history.SealAll();
        _kept = SignedNote.Parse((await _history.AllSeals())[1].Note)!;
        await _history.Attempt(5);
        await _history.SealAll();
        await using var connection = await _history.Database.OpenConnectionAsync(Ct);
        var evidence = await new EvidenceGathering(connection, "default").Of(Id(101), Instance.TheOne, $"{new SignInId(Id(101))}", "1.0", _ => _history.Keys.All, [_kept], Ct);
        await File.WriteAllBytesAsync(Bundle, evidence!.ToFile(), Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _history.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task it_holds_without_database_or_key()
    {
        var (code, told) = await Verify(Bundle);

        code.ShouldBe(0, told);
        told.ShouldContain("sign_in.converted");
        told.ShouldContain($"Signed by {_history.Keys.Signer.Verifier}");
    }

    [Fact]
    public async Task it_holds_against_what_a_witness_kept_and_not_against_another_history()
    {
        var (ours, others) = (Path.Combine(_folder, "ours"), Path.Combine(_folder, "others"));
        await File.WriteAllTextAsync(ours, $"{_kept}", Ct);
        await File.WriteAllTextAsync(others, $"{_history.Keys.Signer.Sign(_kept.Text.Replace("event ", "event 1"))}", Ct);

        (await Verify(Bundle, ours)).Code.ShouldBe(0);
        (await Verify(Bundle, others)).Code.ShouldBe(1);
    }

    [Fact]
    public async Task one_byte_that_is_another_makes_it_false()
    {
        var (bytes, random) = (await File.ReadAllBytesAsync(Bundle, Ct), new Random(20261124));
        await Parallel.ForEachAsync(Enumerable.Range(0, Flips).Select(n => (n, At: random.Next(bytes.Length), Bit: random.Next(8))).ToArray(), new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = Ct }, async (flip, _) =>
        {
            var (file, changed) = (Path.Combine(_folder, $"{flip.n}.json"), (byte[])bytes.Clone());
            changed[flip.At] ^= (byte)(1 << flip.Bit);
            await File.WriteAllBytesAsync(file, changed, Ct);
            (await Verify(file)).Code.ShouldBe(1, $"bit {flip.Bit} of byte {flip.At}");
        });
    }

    /// <summary>Who changes what is told, and repairs the digest, still does not have the tree or the signature.</summary>
    [Theory]
    [InlineData("sign_in.converted", "sign_in.expired")]
    [InlineData("\"index\":14", "\"index\":15")]
    [InlineData("trace 1", "trace 2")]
    [InlineData("\\nevent ", "\\nevent 1")]
    [InlineData("key_1f2e3d4c", "key_00000000")]
    public async Task a_story_changed_with_its_digest_is_false(string was, string now)
    {
        var text = Encoding.UTF8.GetString(await File.ReadAllBytesAsync(Bundle, Ct));
        text.ShouldContain(was);
        var changed = System.Text.Json.Nodes.JsonNode.Parse(text.Replace(was, now))!.AsObject();
        changed.Remove("digest");
        using (var parsed = System.Text.Json.JsonDocument.Parse(changed.ToJsonString()))
            changed["digest"] = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(CanonicalJson.Of(parsed.RootElement)));
        using (var parsed = System.Text.Json.JsonDocument.Parse(changed.ToJsonString())) await File.WriteAllBytesAsync(Bundle, CanonicalJson.Of(parsed.RootElement), Ct);

        var (code, told) = await Verify(Bundle);

        code.ShouldBe(1);
        told.ShouldNotContain("digest");
    }

    [Fact]
    public async Task an_event_that_was_changed_gives_no_evidence()
    {
        await _history.Owner($"update auth.mt_events set type = 'sign_in.expired' where stream_id = '{Id(101)}' and version = 3");
        await using var connection = await _history.Database.OpenConnectionAsync(Ct);

        (await Should.ThrowAsync<NoEvidenceException>(() => new EvidenceGathering(connection, "default").Of(Id(101), Instance.TheOne, "", "", _ => _history.Keys.All, [], Ct))).Amiss.ShouldBeTrue();
    }

    private static async Task<(int Code, string Told)> Verify(params string[] files) => await Run([await Verifier.Value, .. files]);

    private static async Task<string> Build()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "verify");
        var (code, told) = await Run(["build", Checkout.File("docs", "verify", "verify.cs"), "-o", folder]);
        code.ShouldBe(0, told);
        return Path.Combine(folder, "verify.dll");
    }

    private static async Task<(int Code, string Told)> Run(string[] arguments)
    {
        var start = new ProcessStartInfo(HostProcess.Dotnet, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList()) start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        var told = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(Ct), process.StandardError.ReadToEndAsync(Ct));
        await process.WaitForExitAsync(Ct);
        return (process.ExitCode, string.Concat(told));
    }
}
