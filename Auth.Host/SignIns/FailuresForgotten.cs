using System.Data.Common;
using Auth.Projections;
using Marten.Internal.Operations;
using Weasel.Storage;
using ICommandBuilder = Weasel.Postgresql.ICommandBuilder;
using OperationRole = Weasel.Core.OperationRole;

namespace Auth.Host.SignIns;

/// <summary>
/// A known device signed in: what strangers missed on the same authenticator is over with it (R18), but for what is disabled. Unguarded, so that however many
/// strangers are guessing now, they cannot make the device lose a race (R59).
/// </summary>
public sealed class FailuresForgotten(string tenant, Guesses shared) : Marten.Internal.Operations.IStorageOperation, NoDataReturnedCall
{
    /// <inheritdoc />
    public Type DocumentType => typeof(Guesses);

    /// <inheritdoc />
    public OperationRole Role() => OperationRole.Other;

    /// <inheritdoc />
    public void ConfigureCommand(ICommandBuilder builder, IStorageSession session)
    {
        builder.Append($$"""update {{StoreSettings.Schema}}.mt_doc_guesses set data = data || '{"failures": 0, "waitUntil": null}'::jsonb, mt_version = mt_version + 1, mt_last_modified = transaction_timestamp() where tenant_id = """);
        builder.AppendParameter(tenant);
        builder.Append(" and id = ");
        builder.AppendParameter(shared.Id);
        builder.Append(" and (data ->> 'disabled')::boolean is not true");
    }

    /// <inheritdoc />
    public Task PostprocessAsync(DbDataReader reader, IList<Exception> exceptions, CancellationToken token) => Task.CompletedTask;
}
