using Auth.Host.Database;

namespace Auth.Specs.Given;

/// <summary>What is thrown away, now or after a run that was killed before it could.</summary>
internal static class Leftovers
{
    /// <summary>A run or a machine holds this file while it lives.</summary>
    internal const string Mark = "alive.lock";

    /// <summary>Marks a new folder as alive.</summary>
    internal static FileStream Claim(string folder) => FileLock.Shared(Path.Combine(folder, Mark));

    /// <summary>Deletes the folders under that one that were claimed once, and are by nobody any more.</summary>
    internal static async Task Clean(string under)
    {
        foreach (var folder in Directory.GetDirectories(under).Where(folder => File.Exists(Path.Combine(folder, Mark))))
        {
            await using (var nobody = FileLock.TryExclusive(Path.Combine(folder, Mark)))
            {
                if (nobody is null) continue;
            }

            try
            {
                await Remove(folder);
            }
            catch (IOException)
            {
                // Another run that began at the same moment deletes it.
            }
        }
    }

    /// <summary>Stops every cluster in the folder, and deletes it; leaves it when somebody uses one.</summary>
    internal static async Task Remove(string folder)
    {
        var binaries = await ThrowAwayCluster.Binaries();
        foreach (var used in Directory.GetFiles(folder, "used.lock", SearchOption.AllDirectories))
        {
            if (!await PrivateCluster.Remove(binaries, Path.GetDirectoryName(used)!)) return;
        }

        Directory.Delete(folder, recursive: true);
    }
}
