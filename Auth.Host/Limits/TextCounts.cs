using System.Data.Common;
using Auth.Domain.Instances;
using Auth.Domain.SignIns;
using Auth.Host.Keys;
using Auth.Host.Users;
using Auth.Projections;
using JasperFx;
using Marten;
using Microsoft.IdentityModel.Tokens;
using Npgsql;
using Weasel.Core;
using Weasel.Core.Migrations;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;
using Weasel.Storage;
using ICommandBuilder = Weasel.Postgresql.ICommandBuilder;
using OperationRole = Weasel.Core.OperationRole;

namespace Auth.Host.Limits;

/// <summary>Texts of a day, counted in the transaction that queues each: in all, per country and per block of numbers (R56). Exact over hosts and restarts; for two days.</summary>
public sealed class TextTable(StoreOptions options) : FeatureSchemaBase("text_counts", new PostgresqlMigrator())
{
    /// <summary>Its name.</summary>
    public const string Name = $"{StoreSettings.Schema}.text_counts";

    /// <summary>What a step reads of it in its one batch: all, the countries, and the blocks that have what they may. Parameters: tenant, day, tenant.</summary>
    public static readonly string OfToday = $"""
        select jsonb_build_object('place', place, 'count', count) from {Name} where tenant_id = ? and day = ? and (place !~ '^[-:]' or place like ':%' and count >= coalesce(
            (select (data -> 'inForce' -> 'dials' ->> 'textsPerPrefixAndDay')::int from {StoreSettings.Schema}.mt_doc_instancesettings where tenant_id = ?), {Dials.Shipped.TextsPerPrefixAndDay}))
        """;

    protected override IEnumerable<ISchemaObject> schemaObjects()
    {
        var table = new Table($"{options.DatabaseSchemaName}.text_counts");
        table.AddColumn<string>("tenant_id").AsPrimaryKey();
        table.AddColumn<int>("day").AsPrimaryKey();
        table.AddColumn<string>("place").AsPrimaryKey();
        table.AddColumn<int>("count").NotNull();
        yield return table;
    }

    /// <summary>Forgets what is older than yesterday.</summary>
    internal static async Task Sweep(NpgsqlDataSource source, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = source.CreateCommand($"delete from {Name} where day < $1");
        command.Parameters.Add(new() { Value = DayOf(now) - 1 });
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The day that a moment counts in.</summary>
    public static int DayOf(DateTimeOffset now) => DateOnly.FromDateTime(now.UtcDateTime).DayNumber;
}

/// <summary>One count of today.</summary>
/// <param name="Place">Empty: all; two letters: a country; else a block of numbers, as HMAC.</param>
public sealed record TextCount(string Place, int Count)
{
    /// <summary>Texts to everybody.</summary>
    public const string All = "";
}

/// <summary>Where a text would go, as it is counted: nothing in it leads back to a number.</summary>
/// <param name="Block">HMAC of the block of ten thousand numbers.</param>
public sealed record TextPlace(string Country, string Block)
{
    /// <summary>Of a canonical number.</summary>
    public static TextPlace Of(InstanceKeys keys, string e164) =>
        new(TextableNumber.CountryOf(e164) ?? "", $":{Base64UrlEncoder.Encode(keys.Index.Mac("text block", TextableNumber.BlockOf(e164)))}");

    /// <summary>What the decision is told of it.</summary>
    public Domain.SignIns.Traffic Among(IReadOnlyList<TextCount> today, string? home) => new(
        Country is "" ? null : Country, home, CountOf(today, TextCount.All), CountOf(today, Country), today.Any(count => count.Place == Block));

    private static int CountOf(IReadOnlyList<TextCount> today, string place) => today.FirstOrDefault(count => count.Place == place)?.Count ?? 0;
}

/// <summary>Counts one text. A limit that is full meanwhile fails the transaction: everything is read again, and refused. A stranger's is counted apart, at the same work: it never leaves.</summary>
public sealed class TextCounted(string tenant, int day, TextPlace place, Settings settings, string? home, bool leaves) : Marten.Internal.Operations.IStorageOperation
{
    private readonly (string Place, int Most)[] _counts =
    [
        (TextCount.All, settings.Dials.TextsPerDay),
        (place.Country, settings.SmsFraud is SmsFraudRule.Enforce && place.Country != home ? settings.Dials.TextsPerCountryAndDay : int.MaxValue),
        (place.Block, settings.SmsFraud is SmsFraudRule.Enforce ? settings.Dials.TextsPerPrefixAndDay : int.MaxValue),
    ];

    /// <summary>Its table is no document's; the store only wants to know of one.</summary>
    public Type DocumentType => typeof(SignIns.Sends);

    /// <inheritdoc />
    public OperationRole Role() => OperationRole.Other;

    /// <inheritdoc />
    public void ConfigureCommand(ICommandBuilder builder, IStorageSession session)
    {
        builder.Append($"insert into {TextTable.Name} as c (tenant_id, day, place, count) select ");
        builder.AppendParameter(tenant);
        builder.Append(", ");
        builder.AppendParameter(day);
        builder.Append(", place, 1 from unnest(");
        builder.AppendParameter(_counts.Select(count => leaves ? count.Place : $"-{count.Place}").ToArray());
        builder.Append(") as place on conflict (tenant_id, day, place) do update set count = c.count + 1 where c.count < (case c.place");
        foreach (var (counted, most) in leaves ? _counts : [])
        {
            builder.Append(" when ");
            builder.AppendParameter(counted);
            builder.Append(" then ");
            builder.AppendParameter(most);
        }

        builder.Append(leaves ? " end) returning place" : " when '' then 0 else 2147483647 end) returning place");
    }

    /// <inheritdoc />
    public async Task PostprocessAsync(DbDataReader reader, IList<Exception> exceptions, CancellationToken token)
    {
        var counted = 0;
        while (await reader.ReadAsync(token)) counted++;
        if (counted != _counts.Length) exceptions.Add(new ConcurrencyException("The texts of the day are used up.", DocumentType, place.Block));
    }
}
