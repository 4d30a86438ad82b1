using System.Security.Cryptography;
using Auth.Host.Delivery.FakeMail;
using Auth.Host.Delivery.FakeSinch;
using Auth.Host.Keys;
using Auth.Specs.Given;
using Auth.Specs.Sms;
using JasperFx;
using Marten;
using Npgsql;
using Weasel.Core;

[assembly: AssemblyFixture(typeof(SmsDatabase))]

namespace Auth.Specs.Sms;

/// <summary>One database and one root key for all hosts of these specs: what they share is what the fake shares.</summary>
public sealed class SmsDatabase
{
    private readonly Lazy<Task<string>> made = new(Make);

    public string RootKey { get; } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    public Task<string> ConnectionString() => made.Value;

    /// <summary>What all of these hosts keep.</summary>
    public static void Configure(StoreOptions options, string connection)
    {
        options.Connection(connection);
        options.DatabaseSchemaName = "auth";
        options.UseSystemTextJsonForSerialization(EnumStorage.AsString, Casing.CamelCase);
        options.AutoCreateSchemaObjects = AutoCreate.None;
        options.DisableNpgsqlLogging = true;
        Keyring.Register(options);
        FakeText.Register(options);
        FakeLetter.Register(options);
    }

    private static async Task<string> Make()
    {
        var connection = await ThrowAwayCluster.CreateDatabase("sms");
        await using var store = DocumentStore.For(options => Configure(options, connection));
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate.All);
        return connection;
    }

    /// <summary>Every row of every table as text.</summary>
    public async Task<string> Everything()
    {
        await using var source = NpgsqlDataSource.Create(await ConnectionString());
        var tables = new List<string>();
        await using (var names = await source.CreateCommand("select format('%I.%I', schemaname, tablename) from pg_tables where schemaname not in ('pg_catalog', 'information_schema')").ExecuteReaderAsync())
            while (await names.ReadAsync()) tables.Add(names.GetString(0));
        var all = new System.Text.StringBuilder();
        foreach (var table in tables)
        {
            await using var rows = await source.CreateCommand($"select t::text from {table} t").ExecuteReaderAsync();
            while (await rows.ReadAsync()) all.AppendLine(rows.GetString(0));
        }

        return all.ToString();
    }
}
