using Auth.Host.Audit.Access;
using Auth.Host.Audit.Search;
using Auth.Host.Audit.Telling;
using Auth.Host.Keys;
using Marten;
using Npgsql;

namespace Auth.Host.Audit;

/// <summary>Everything an auditor can be shown, and the trail of what was shown: the command and the audit API sit at the same one.</summary>
public sealed class AuditDesk(string tenant, IDocumentStore store, Func<IKeyring> keyring, TimeProvider clock, Func<CancellationToken, Task<NpgsqlConnection>> connect)
{
    /// <summary>Whose histories: the one instance that is read, and told of the reading (R76).</summary>
    public string Tenant => tenant;

    /// <summary>Of the instance whose key came along.</summary>
    public static ValueTask<AuditDesk?> BindAsync(HttpContext http) => ValueTask.FromResult<AuditDesk?>(http.RequestServices.GetRequiredService<Func<string, AuditDesk>>()(Instances.Tenant.Of(http).Id));

    /// <summary>Now.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>What was shown to whom.</summary>
    public AuditTrails Trails { get; } = new(tenant, store, keyring, clock);

    /// <summary>Events by their number.</summary>
    public EventSearch Search() => new(() => store.QuerySession(tenant), connect, new(keyring), keyring, clock);

    /// <summary>A session that only reads.</summary>
    public IQuerySession Session() => store.QuerySession(tenant);

    /// <summary>Opens what is sealed in those events.</summary>
    public Task<(Personal Personal, bool Closed)> Open(IQuerySession session, IEnumerable<Domain.Sealed> values, bool reveal, CancellationToken ct) => Personal.Open(session, keyring, values, reveal, ct);

    /// <summary>Everything is read in one snapshot of the database, which nothing here can change.</summary>
    public async Task<AuditReader> Reader(CancellationToken ct)
    {
        var connection = await connect(ct);
        try
        {
            var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
            await using (var only = new NpgsqlCommand("set transaction read only", connection, snapshot)) await only.ExecuteNonQueryAsync(ct);

            var options = Marten.Services.SessionOptions.ForTransaction(snapshot);
            options.TenantId = tenant;
            return new(store.QuerySession(options), snapshot, keyring);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
