using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Auth.Host.Database;

/// <summary>A PostgreSQL of our own in one folder: hosts share it, the last of them stops it, and what a killed host leaves behind is taken over by the next.</summary>
internal sealed class PrivateCluster : IAsyncDisposable
{
    private const string User = "auth", ServiceUser = "auth_service", Maintenance = "postgres";
    private readonly ClusterServer _server;
    private readonly string _folder, _password;
    private FileStream? _use;

    private PrivateCluster(ClusterServer server, string folder, string password, FileStream use) =>
        (_server, _folder, _password, _use) = (server, folder, password, use);

    /// <summary>False when it ran already.</summary>
    internal bool Started { get; private init; }

    /// <summary>Starts the cluster of that folder, or joins those who use it. Nothing is started or stopped meanwhile by anybody else.</summary>
    internal static async Task<PrivateCluster> Join(PostgresBinaries binaries, string folder, CancellationToken ct)
    {
        AuthFolder.Make(folder);
        await using var alone = await FileLock.Exclusive(Path.Combine(folder, "start.lock"), ct);
        var use = FileLock.Shared(Path.Combine(folder, "used.lock"));
        try
        {
            var password = await NewCluster.In(folder, binaries, User, ct);
            var server = new ClusterServer(binaries, Path.Combine(folder, "data"));
            return new(server, folder, password, use) { Started = await server.Start(ct) };
        }
        catch
        {
            await use.DisposeAsync();
            throw;
        }
    }

    /// <summary>How to reach one database of the cluster.</summary>
    internal string ConnectionString(string database) => ConnectionString(database, User, _password);

    /// <summary>How the service reaches one: as somebody who owns nothing. From that password the owner's cannot be told.</summary>
    internal async Task<string> Service(string database, CancellationToken ct)
    {
        var password = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.ASCII.GetBytes(_password), Encoding.ASCII.GetBytes(ServiceUser)));
        await using var alone = await FileLock.Exclusive(Path.Combine(_folder, "start.lock"), ct);
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString(Maintenance)) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand($"select 1 from pg_roles where rolname = '{ServiceUser}'", connection);
        if (await command.ExecuteScalarAsync(ct) is null)
        {
            command.CommandText = $"create role {ServiceUser} login password '{password}'";
            await command.ExecuteNonQueryAsync(ct);
        }

        return ConnectionString(database, ServiceUser, password);
    }

    private string ConnectionString(string database, string user, string password) => new NpgsqlConnectionStringBuilder
    {
        Host = _server.Host,
        Port = _server.Port,
        Username = user,
        Password = password,
        Database = database,
    }.ConnectionString;

    /// <summary>Makes a database, as a copy of another where one is named; one that exists is left as it is.</summary>
    internal async Task<string> CreateDatabase(string name, string? template, CancellationToken ct)
    {
        await using var alone = await FileLock.Exclusive(Path.Combine(_folder, "start.lock"), ct);
        var connect = new NpgsqlConnectionStringBuilder(ConnectionString(Maintenance)) { Pooling = false };
        await using var connection = new NpgsqlConnection(connect.ConnectionString);
        await connection.OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT 1 FROM pg_database WHERE datname = $1";
        command.Parameters.Add(new() { Value = name });
        if (await command.ExecuteScalarAsync(ct) is not null) return ConnectionString(name);

        command.Parameters.Clear();
        command.CommandText = $"CREATE DATABASE {Quoted(name)}{(template is null ? "" : $" TEMPLATE {Quoted(template)}")}";
        await command.ExecuteNonQueryAsync(ct);
        return ConnectionString(name);
    }

    /// <summary>Leaves; the last one stops the server.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _use, null) is not { } use) return;
        await using var alone = await FileLock.Exclusive(Path.Combine(_folder, "start.lock"), CancellationToken.None);
        await use.DisposeAsync();
        await using var last = FileLock.TryExclusive(Path.Combine(_folder, "used.lock"));
        if (last is not null) await _server.Stop();
    }

    /// <summary>Stops and deletes a cluster whose users are all gone; false when somebody still uses it.</summary>
    internal static async Task<bool> Remove(PostgresBinaries binaries, string folder)
    {
        await using (var last = FileLock.TryExclusive(Path.Combine(folder, "used.lock")))
        {
            if (last is null) return false;
            if (Directory.Exists(Path.Combine(folder, "data"))) await new ClusterServer(binaries, Path.Combine(folder, "data")).Stop();
        }

        Directory.Delete(folder, recursive: true);
        return true;
    }

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"")}\"";
}
