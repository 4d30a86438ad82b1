using JasperFx.Events;
using JasperFx.MultiTenancy;
using Marten;
using Weasel.Core;

namespace Auth.Projections;

/// <summary>How everybody opens the store: the host, the audit command, the specs. What is stored under one setting is not found under another.</summary>
public static class StoreSettings
{
    /// <summary>The schema of everything but the bus.</summary>
    public const string Schema = "auth";

    /// <summary>Names, tenancy, serialisation, append mode, metadata, readings. The caller adds its own documents and the connection.</summary>
    public static void Apply(StoreOptions options, TimeProvider clock, IPersonalMarks? marks = null)
    {
        options.DatabaseSchemaName = Schema;
        options.UseSystemTextJsonForSerialization(EnumStorage.AsString, Casing.CamelCase);
        options.CommandTimeout = 10;
        options.Policies.AllDocumentsAreMultiTenanted();
        options.DisableNpgsqlLogging = true;

        var events = options.Events;
        events.TenancyStyle = TenancyStyle.Conjoined;
        events.StreamIdentity = StreamIdentity.AsGuid;
        events.AppendMode = EventAppendMode.QuickWithServerTimestamps;
        events.TimeProvider = new Microseconds(clock);
        events.UseMandatoryStreamTypeDeclaration = true;
        events.UseExclusiveLockOnConcurrentAppends = true;
        events.MetadataConfig.CorrelationIdEnabled = true;
        events.MetadataConfig.CausationIdEnabled = true;
        events.MetadataConfig.UserNameEnabled = true;
        events.MetadataConfig.HeadersEnabled = true;

        // A reading that meets what it cannot apply, read or does not know stops, and health says so; it never goes on without an event (R90).
        options.Projections.Errors.SkipApplyErrors = options.Projections.Errors.SkipSerializationErrors = options.Projections.Errors.SkipUnknownEvents = false;
        options.Projections.SlowPollingTime = TimeSpan.FromMilliseconds(200);

        Readings.Register(options, marks);
        Proof.SealTable.Register(options);
    }
}
