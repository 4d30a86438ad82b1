using Auth.Host.Http;
using Auth.Host.Keys;
using Auth.Host.Witnesses;
using Auth.Projections.Proof;
using Auth.Specs.Given;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Auth.Specs.Proof;

/// <summary>Checkpoints leave the database, and what left is looked for in it again (R86).</summary>
public sealed class WitnessSpecs : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("auth-witness-").FullName;
    private SealedHistory _history = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _history = await SealedHistory.New();
        await _history.Lively(3);
        await _history.SealAll();
    }

    public async ValueTask DisposeAsync()
    {
        await _history.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task every_checkpoint_is_appended_once_also_over_a_restart()
    {
        var journal = Journal();
        await Tell(journal);
        await More();
        await Tell(journal);
        await More();
        await Tell(Journal());
        await Tell(Journal());

        var written = SignedNote.ParseAll(await File.ReadAllTextAsync(Directory.GetFiles(_folder, "*.checkpoints").Single(), Ct))!;
        written.Select(note => $"{note}").ShouldBe((await _history.AllSeals()).Select(seal => seal.Note).TakeLast(written.Count));
        written.Count.ShouldBeGreaterThan(2);
        NoteVerifier.Parse((await File.ReadAllTextAsync(Directory.GetFiles(_folder, "*.vkey").Single(), Ct)).Trim()).ShouldNotBeNull().PublicKey.ShouldBe(_history.Keys.Signer.Verifier.PublicKey);
        (await _history.Verify([.. written])).IsWhole.ShouldBeTrue();
    }

    [Theory]
    [InlineData("delete from auth.seals where start = (select max(start) from auth.seals)")]
    [InlineData("update auth.seals set note = (select note from auth.seals order by start limit 1)")]
    public async Task a_database_that_is_not_the_one_that_was_witnessed_is_noticed(string sql)
    {
        await Tell(Journal());
        await _history.Owner(sql);

        await Should.ThrowAsync<BrokenSealException>(() => Tell(Journal()));
    }

    [Fact]
    public async Task one_that_was_away_gets_the_newest_when_it_is_back()
    {
        var (asked, taken) = (0, new TaskCompletionSource<string>());
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var witness = builder.Build();
        witness.Urls.Add("http://127.0.0.1:0");
        witness.MapPost("/checkpoints", async (HttpRequest request) =>
        {
            if (Interlocked.Increment(ref asked) == 1) return Results.StatusCode(503);
            using var body = new StreamReader(request.Body);
            taken.TrySetResult($"{request.Headers.Authorization}\n{await body.ReadToEndAsync(Ct)}");
            return Results.NoContent();
        });
        await witness.StartAsync(Ct);
        await using var own = new RunningHost { Name = "witnessed" };
        own.Settings["Auth:Seals:Every"] = "00:00:01";
        own.Settings["Auth:Witnesses:Url"] = $"{witness.Urls.Single()}/checkpoints";
        own.Settings["Auth:Witnesses:Authorization"] = "Bearer of-the-witness";
        await own.InitializeAsync();
        await Person.Make(own);

        var told = (await taken.Task.WaitAsync(TimeSpan.FromMinutes(1), Ct)).Split('\n', 2);

        told[0].ShouldBe("Bearer of-the-witness");
        Checkpoint.Parse(SignedNote.Parse(told[1]).ShouldNotBeNull().Text).ShouldNotBeNull().Origin.ShouldStartWith("localhost/default/");
    }

    private Journal Journal() => new(_folder, _history.Database, new CheckpointKeys(
        new Vault(_history.Histories.Store, _history.Histories.Root, _history.Histories.Clock), Given.Instances.Only()));

    private async Task Tell(Journal journal) => await journal.Tell("default", SignedNote.Parse((await _history.AllSeals())[^1].Note)!, Ct);

    private int _more = 20;

    private async Task More()
    {
        await _history.Attempt(_more++);
        await _history.SealAll();
    }
}
