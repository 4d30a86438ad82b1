using System.Security.Cryptography;

namespace Auth.Host.Database;

/// <summary>Makes a cluster once. It is whole or not there: what a killed attempt left is thrown away.</summary>
internal static class NewCluster
{
    /// <summary>The password of the cluster in that folder, which is made when there is none. The caller holds the folder's lock.</summary>
    internal static async Task<string> In(string folder, PostgresBinaries binaries, string user, CancellationToken ct)
    {
        var (data, password) = (Path.Combine(folder, "data"), Path.Combine(folder, "password"));
        if (Directory.Exists(data))
            return File.Exists(password)
                ? await File.ReadAllTextAsync(password, ct)
                : throw new NoDatabaseException($"The password of the private database is missing: {password}\nPut the file back, or delete {folder} to begin with an empty database.");

        var secret = RandomNumberGenerator.GetHexString(48, lowercase: true);
        AuthFolder.WritePrivate(password, secret);
        await Make(data, $"{data}.unfinished", secret, binaries, user, ct);
        return secret;
    }

    private static async Task Make(string data, string unfinished, string secret, PostgresBinaries binaries, string user, CancellationToken ct)
    {
        if (Directory.Exists(unfinished)) Directory.Delete(unfinished, recursive: true);
        AuthFolder.MakePrivate(unfinished);
        var told = $"{unfinished}.password";
        try
        {
            AuthFolder.WritePrivate(told, secret);
            if (ServerUser.Name is { } owner) await Command.Run("chown", null, ct, owner, unfinished, told);
            var made = await Command.Run(binaries.Initdb, ServerUser.Name, ct,
                "-D", unfinished, "-U", user, "--auth=scram-sha-256", $"--pwfile={told}", "--encoding=UTF8", "--locale=C", "--no-instructions");
            if (!made.Succeeded) throw new NoDatabaseException($"A private database could not be made in {data}{ServerUser.Told}:\n{made.Story}");
        }
        finally
        {
            File.Delete(told);
        }

        Directory.Move(unfinished, data);
    }
}
