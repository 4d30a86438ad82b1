using System.Security.Cryptography;
using System.Text.Json;
using Auth.Host.Keys;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using static Auth.Specs.Keys.KeyDatabase;

namespace Auth.Specs.Keys;

/// <summary>R85: a stored key opens with the right root key and in its own row, else not at all.</summary>
public sealed class WrappedKeySpecs : IAsyncLifetime
{
    private static readonly RootKey AnotherRoot = new(RandomNumberGenerator.GetBytes(RootKey.Length), "another place");

    private KeyDatabase _database = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await KeyDatabase.New();
        await _database.Host().Of(Ours, Ct);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task a_host_with_another_root_key_does_not_start_and_makes_no_key()
    {
        var before = await _database.Rows();
        using var host = new KeyTending(_database.Vault(AnotherRoot), _database.Clock, NullLogger<KeyTending>.Instance);

        (await Should.ThrowAsync<WrongRootKeyException>(() => host.StartAsync(Ct))).Message.ShouldContain("another place");

        (await _database.Rows()).ShouldBe(before, ignoreOrder: true);
    }

    [Fact]
    public async Task a_host_with_another_root_key_gets_no_keys_and_makes_none()
    {
        await Should.ThrowAsync<WrongRootKeyException>(async () => await _database.Host(AnotherRoot).Of(Ours, Ct));

        (await _database.Rows()).Count.ShouldBe(Enum.GetValues<KeyPurpose>().Length);
    }

    [Fact]
    public async Task keys_swapped_between_two_rows_do_not_open()
    {
        var rows = await _database.Rows();
        var (code, pepper) = (rows.Single(r => r.Purpose == KeyPurpose.Code), rows.Single(r => r.Purpose == KeyPurpose.Pepper));
        await _database.Rewrite(code with { Wrapped = pepper.Wrapped });

        await Should.ThrowAsync<WrongRootKeyException>(async () => await _database.Host().Of(Ours, Ct));
    }

    [Fact]
    public async Task a_row_copied_to_another_instance_does_not_open()
    {
        await _database.Rewrite((await _database.Rows()).Single(r => r.Purpose == KeyPurpose.Index), Theirs);

        await Should.ThrowAsync<WrongRootKeyException>(async () => await _database.Host().Of(Theirs, Ct));
    }

    [Fact]
    public void the_key_of_a_person_opens_in_no_other_row()
    {
        var host = _database.Host();
        var (ann, bob) = (host.NewPersonKey(Guid.CreateVersion7()).Document, host.NewPersonKey(Guid.CreateVersion7()).Document);

        Should.Throw<WrongRootKeyException>(() => host.Unwrap(ann with { Wrapped = bob.Wrapped }));
        Should.Throw<WrongRootKeyException>(() => host.Unwrap(ann with { Day = new DateOnly(2026, 3, 2) }));
    }

    [Fact]
    public async Task no_key_can_be_read_in_the_database()
    {
        var rows = await _database.Rows();
        var everything = await Dump("mt_doc_instancekey");

        foreach (var row in rows)
        {
            var bits = _database.Root.Unwrap(row.Wrapped, $"{Ours}|{row.Id}|{row.Purpose}");
            everything.ShouldContain(row.Wrapped);
            everything.ShouldNotContain(Convert.ToBase64String(bits));
            everything.ShouldNotContain(Convert.ToHexString(bits), Case.Insensitive);
        }
    }

    [Fact]
    public async Task no_key_prints_itself()
    {
        var host = _database.Host();
        var keys = await host.Of(Ours, Ct);
        var row = (await _database.Rows())[0];
        object[] all = [_database.Root, row, host.NewPersonKey(Guid.CreateVersion7()).Document, (await _database.Vault().Of(Ours, Ct)).All[0], new KeyOptions { Root = "secret" }, keys];

        foreach (var text in all.Select(thing => thing.ToString()!))
        {
            text.ShouldNotContain(row.Wrapped);
            text.ShouldNotContain("secret");
            text.Length.ShouldBeLessThan(700);
        }

        JsonSerializer.Serialize(_database.Root).ShouldBe("""{"Source":"the spec"}""");
        JsonSerializer.Serialize(keys.Index).ShouldBe($$"""{"Id":"{{keys.Index.Id}}"}""");
    }

    private async Task<string> Dump(string table)
    {
        await using var session = _database.Store.LightweightSession(Ours);
        await session.BeginTransactionAsync(Ct);
        await using var all = new NpgsqlCommand($"select string_agg(t::text, ' ') from {_database.Store.Options.DatabaseSchemaName}.{table} t");
        await using var reader = await session.ExecuteReaderAsync(all, Ct);
        await reader.ReadAsync(Ct);
        return reader.GetString(0);
    }
}
