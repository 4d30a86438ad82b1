using System.Diagnostics.Metrics;
using Auth.Host.Keys;
using Auth.Host.Passwords;
using Auth.Host.Passwords.Imports;
using Auth.Specs.Keys;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using static Auth.Specs.Keys.KeyDatabase;

namespace Auth.Specs.Passwords;

/// <summary>R44, R46, R47: what is right, what is hashed again, and that strangers cost the same.</summary>
public sealed class PasswordHashingSpecs : IAsyncLifetime
{
    private static readonly HashCost Cheap = new(64, 1);

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MeterListener _listener = new();
    private KeyDatabase _database = null!;
    private Keyring _keyring = null!;
    private long _hashes, _busy;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    public async ValueTask InitializeAsync()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Auth" && instrument.Meter.Scope == Meters) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, count, _, _) =>
            Interlocked.Add(ref instrument.Name == "auth.password.hashes" ? ref _hashes : ref _busy, count));
        _listener.Start();
        _database = await KeyDatabase.New();
        _keyring = _database.Host();
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task the_same_password_is_right()
    {
        (await Check("correct horse battery", against: "correct horse battery")).ShouldBe(new(PasswordVerdict.Right));
        (await Check("cafe\u0301 horse battery", against: "café horse battery")).ShouldBe(new(PasswordVerdict.Right));
    }

    [Theory]
    [InlineData("correct horse battery", "correct horse batterz")]
    [InlineData("correct horse battery", "correct horse battery ")]
    [InlineData("correct horse battery", "Correct horse battery")]
    [InlineData("correct horse battery", "")]
    public async Task another_is_wrong(string stored, string typed) => (await Check(typed, against: stored)).ShouldBe(new(PasswordVerdict.Wrong));

    [Fact]
    public async Task the_last_of_eighty_characters_matters() =>
        (await Check(new string('a', 79) + "b", against: new string('a', 80))).Verdict.ShouldBe(PasswordVerdict.Wrong);

    [Fact]
    public async Task two_people_with_one_password_have_different_strings() =>
        (await Hash("correct horse battery")).ShouldNotBe(await Hash("correct horse battery"));

    [Fact]
    public async Task a_hash_of_older_cost_is_right_and_asks_to_be_made_anew() =>
        (await Hashing(new(128, 1)).Verify(Ours, Typed("correct horse battery"), await Hash("correct horse battery"), Ct))
            .ShouldBe(new(PasswordVerdict.Right, NeedsRehash: true));

    [Fact]
    public async Task a_hash_under_an_older_pepper_is_right_and_asks_to_be_made_anew()
    {
        var stored = await Hash("correct horse battery");
        await _keyring.Rotate(Ours, KeyPurpose.Pepper, Ct);

        (await Hashing().Verify(Ours, Typed("correct horse battery"), stored, Ct)).ShouldBe(new(PasswordVerdict.Right, NeedsRehash: true));
        (await Hashing().Verify(Ours, Typed("correct horse battery"), await Hash("correct horse battery"), Ct)).NeedsRehash.ShouldBeFalse();
    }

    [Fact]
    public async Task a_hash_under_a_pepper_that_another_host_made_is_right()
    {
        var there = _database.Host();
        await _keyring.Of(Ours, Ct);
        await there.Rotate(Ours, KeyPurpose.Pepper, Ct);
        var stored = await Hashing(Cheap, there).Hash(Ours, Typed("correct horse battery"), Ct);

        (await Hashing().Verify(Ours, Typed("correct horse battery"), stored, Ct)).ShouldBe(new(PasswordVerdict.Right));
    }

    [Fact]
    public async Task without_its_pepper_a_hash_is_worth_nothing()
    {
        var stored = StoredHash.Parse((await Hash("correct horse battery"))!);

        PasswordHashing.Argon2id("correct horse battery"u8, stored.Salt, stored.Cost).ShouldNotBe(stored.Hash);
        await Should.ThrowAsync<InvalidOperationException>(() => Hashing().Verify(Theirs, Typed("correct horse battery"), stored.Phc, Ct));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task a_stranger_costs_one_hash_as_everybody_does(bool known)
    {
        var stored = known ? await Hash("correct horse battery") : null;
        var before = _hashes;

        (await Hashing().Verify(Ours, Typed("another horse battery"), stored, Ct)).ShouldBe(new(PasswordVerdict.Wrong));

        (_hashes - before).ShouldBe(1);
    }

    [Fact]
    public async Task when_nobody_may_wait_the_answer_is_busy_and_nothing_is_compared()
    {
        using var full = new HashingQueue(Options.Create(new PasswordOptions { Parallel = 1, Waiting = 0 }));
        using var gate = new ManualResetEventSlim();
        var stored = await Hash("correct horse battery");
        var before = _hashes;
        var working = full.Run(() => { gate.Wait(Ct); return "done"; }, Ct);
        var hashing = Hashing(Cheap, queue: full);

        var (verifying, storing) = (hashing.Verify(Ours, Typed("correct horse battery"), stored, Ct), hashing.Hash(Ours, Typed("correct horse battery"), Ct));

        gate.Set();
        (await verifying).Verdict.ShouldBe(PasswordVerdict.Busy);
        (await storing).ShouldBeNull();
        (_hashes - before, _busy).ShouldBe((0, 2));
        await working;
    }

    [Fact]
    public async Task while_somebody_s_hash_is_imported_every_guess_computes_that_function_once()
    {
        var theirs = new Counted();
        var hashing = Hashing();
        var wrapped = await hashing.Wrap(Ours, new(theirs, [1], theirs.Compute("correct horse battery"u8.ToArray(), [1])), Ct);
        var ours = await hashing.Hash(Ours, Typed("correct horse battery"), Ct);

        foreach (var (stored, password) in new[] { (ours, "correct horse battery"), (ours, "another horse battery"), (null, "correct horse battery") })
        {
            var before = theirs.Times;
            await hashing.Verify(Ours, Typed(password), stored, Ct);
            (theirs.Times - before).ShouldBe(1);
        }

        StoredHash.SettingOf(wrapped!).ShouldBe(theirs.Setting);
        StoredHash.SettingOf(ours!).ShouldBeNull();
    }

    [Fact]
    public async Task an_imported_hash_is_right_and_asks_to_be_made_anew()
    {
        var theirs = new Pbkdf2(System.Security.Cryptography.HashAlgorithmName.SHA256, 1, 32);
        var wrapped = await Hashing().Wrap(Ours, new(theirs, [1, 2], theirs.Compute("correct horse battery"u8.ToArray(), [1, 2])), Ct);

        (await Hashing().Verify(Ours, Typed("correct horse battery"), wrapped, Ct)).ShouldBe(new(PasswordVerdict.Right, NeedsRehash: true));
        (await Hashing().Verify(Ours, Typed("correct horse batterz"), wrapped, Ct)).ShouldBe(new(PasswordVerdict.Wrong));
    }

    private sealed record Counted : ImportedFunction
    {
        public int Times { get; private set; }

        public override string Setting => "counted";

        internal override double Weight => 1;

        internal override bool IsBearable => true;

        internal override byte[] Compute(byte[] password, byte[] salt)
        {
            Times++;
            return [.. password, .. salt];
        }
    }

    private async Task<PasswordCheck> Check(string typed, string against) => await Hashing().Verify(Ours, Typed(typed), await Hash(against), Ct);

    private Task<string?> Hash(string password) => Hashing().Hash(Ours, Typed(password), Ct);

    private PasswordHashing Hashing(HashCost? cost = null, Keyring? host = null, HashingQueue? queue = null)
    {
        var options = Options.Create(new PasswordOptions { MemoryKiB = (cost ?? Cheap).MemoryKiB, Passes = (cost ?? Cheap).Passes });
        return new(host ?? _keyring, queue ?? new HashingQueue(options), options, Meters, new ImportedWork());
    }

    private static Password Typed(string password)
    {
        Password.Read(password, out var typed);
        return typed!;
    }
}
