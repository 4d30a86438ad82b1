using System.Data.Common;
using Auth.Domain.Users;
using Auth.Projections;
using JasperFx;
using Marten.Internal.Operations;
using Weasel.Storage;
using ICommandBuilder = Weasel.Postgresql.ICommandBuilder;
using OperationRole = Weasel.Core.OperationRole;

namespace Auth.Host.SignIns;

/// <summary>Locks a row for the rest of the transaction and fails it, before the commit, when the row is not at the version that was read.</summary>
public abstract class RowUnchanged(long version) : Marten.Internal.Operations.IStorageOperation
{
    /// <inheritdoc />
    public abstract Type DocumentType { get; }

    /// <inheritdoc />
    public OperationRole Role() => OperationRole.Other;

    /// <inheritdoc />
    public abstract void ConfigureCommand(ICommandBuilder builder, IStorageSession session);

    /// <inheritdoc />
    public async Task PostprocessAsync(DbDataReader reader, IList<Exception> exceptions, CancellationToken token)
    {
        var found = await reader.ReadAsync(token) ? Convert.ToInt64(reader.GetValue(0), System.Globalization.CultureInfo.InvariantCulture) : 0;
        if (found != version) exceptions.Add(new ConcurrencyException($"{DocumentType.Name} moved.", DocumentType, version));
    }
}

/// <summary>The person's factors are still those the decision saw: without it a conversion commits beside a factor change that is still open (R05, R06).</summary>
public sealed class UserUnchanged(string tenant, User user) : RowUnchanged(user.Version)
{
    /// <inheritdoc />
    public override Type DocumentType => typeof(User);

    /// <inheritdoc />
    public override void ConfigureCommand(ICommandBuilder builder, IStorageSession session)
    {
        builder.Append($"select version from {StoreSettings.Schema}.mt_streams where tenant_id = ");
        builder.AppendParameter(tenant);
        builder.Append(" and id = ");
        builder.AppendParameter(user.Id);
        builder.Append(" for share");
    }
}

/// <summary>Nobody guessed meanwhile: a right guess on a clean record needs no write, only this lock.</summary>
public sealed class GuessesUnchanged(string tenant, Guesses guesses) : RowUnchanged(guesses.Version)
{
    /// <inheritdoc />
    public override Type DocumentType => typeof(Guesses);

    /// <inheritdoc />
    public override void ConfigureCommand(ICommandBuilder builder, IStorageSession session)
    {
        builder.Append($"select mt_version from {StoreSettings.Schema}.mt_doc_guesses where tenant_id = ");
        builder.AppendParameter(tenant);
        builder.Append(" and id = ");
        builder.AppendParameter(guesses.Id);
        builder.Append(" for update");
    }
}
