using Marten;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace Auth.Projections.Proof;

/// <summary>Where seals are kept: a row for each, only ever added. Beside it, how far witnesses were told. Made with the rest of the schema.</summary>
public static class SealTable
{
    /// <summary>The seals.</summary>
    public const string Name = $"{StoreSettings.Schema}.seals";

    /// <summary>How far witnesses were told.</summary>
    public const string Witnessed = $"{StoreSettings.Schema}.witnessed";

    internal static void Register(StoreOptions options)
    {
        var seals = new Table($"{options.DatabaseSchemaName}.seals");
        seals.AddColumn("tenant_id", "varchar").AsPrimaryKey();
        seals.AddColumn("start", "bigint").AsPrimaryKey();                       // two hosts that seal at once cannot both
        seals.AddColumn("after", "bigint").NotNull();
        seals.AddColumn("up_to", "bigint").NotNull();
        seals.AddColumn("sequences", "bigint[]").NotNull();
        seals.AddColumn("hashes", "bytea").NotNull();
        seals.AddColumn("holes", "bigint[]").NotNull();
        seals.AddColumn("frontier", "bytea").NotNull();
        seals.AddColumn("note", "text").NotNull();
        seals.AddColumn("made", "timestamp with time zone").NotNull();
        seals.Indexes.Add(new IndexDefinition("seals_up_to") { Columns = ["up_to", "tenant_id"] });
        options.Storage.ExtendedSchemaObjects.Add(seals);

        var witnessed = new Table($"{options.DatabaseSchemaName}.witnessed");
        witnessed.AddColumn("tenant_id", "varchar").AsPrimaryKey();
        witnessed.AddColumn("witness", "varchar").AsPrimaryKey();
        witnessed.AddColumn("size", "bigint").NotNull();
        witnessed.AddColumn("told", "timestamp with time zone").NotNull();
        options.Storage.ExtendedSchemaObjects.Add(witnessed);
    }
}
