using System.Data.Common;
using Auth.Host.Users;
using Auth.Projections;
using Marten.Internal.Operations;
using Weasel.Storage;
using ICommandBuilder = Weasel.Postgresql.ICommandBuilder;
using OperationRole = Weasel.Core.OperationRole;

namespace Auth.Host.SignIns;

/// <summary>Puts the better hash of the same password in the place of the one that was compared (R46); where another password was set meanwhile, that one stays.</summary>
public sealed class BetterHash(string tenant, PasswordCredential compared, PasswordCredential better) : Marten.Internal.Operations.IStorageOperation, NoDataReturnedCall
{
    /// <inheritdoc />
    public Type DocumentType => typeof(PasswordCredential);

    /// <inheritdoc />
    public OperationRole Role() => OperationRole.Other;

    /// <inheritdoc />
    public void ConfigureCommand(ICommandBuilder builder, IStorageSession session)
    {
        builder.Append($"update {StoreSettings.Schema}.mt_doc_passwordcredential set imported = null, mt_last_modified = transaction_timestamp(), data = data || jsonb_build_object('imported', null, 'phc', ");
        builder.AppendParameter(better.Phc);
        builder.Append("::text) where tenant_id = ");
        builder.AppendParameter(tenant);
        builder.Append(" and id = ");
        builder.AppendParameter(better.Id);
        builder.Append(" and data ->> 'phc' = ");
        builder.AppendParameter(compared.Phc);
    }

    /// <inheritdoc />
    public Task PostprocessAsync(DbDataReader reader, IList<Exception> exceptions, CancellationToken token) => Task.CompletedTask;
}
