using Auth.Host.Http;
using Auth.Host.Instances;
using Auth.Host.Keys;
using Auth.Projections.Proof;

namespace Auth.Host.Witnesses;

/// <summary>The keys that sign a history, under its name: our host, the instance, and a mark of its first key, so that no two histories share one.</summary>
public sealed class CheckpointKeys(Vault vault, Tenants tenants)
{
    /// <summary>The keys for the history in which that note was the last one; surely with the one that signed it, if there is such a key.</summary>
    public async ValueTask<NoteKeys> Of(string tenant, SignedNote? last, CancellationToken ct)
    {
        var keys = Named((await vault.Of(tenant, ct)).All, tenant, last);
        return last is null || keys.Vouch(last) ? keys : Named((await vault.Reload(tenant, ct)).All, tenant, last);
    }

    /// <summary>A history keeps the name it began with, whatever its host is called later.</summary>
    internal static NoteKeys Named(IReadOnlyList<OpenKey> keys, string origin)
    {
        var signers = keys.Where(key => key.Purpose == KeyPurpose.Checkpoints).OrderBy(key => key.Generation).Select(key => key.Notes(origin)).ToArray();
        return new(signers[^1], [.. signers.Select(signer => signer.Verifier)]);
    }

    private NoteKeys Named(IReadOnlyList<OpenKey> keys, string tenant, SignedNote? last) =>
        Named(keys, last is not null && Checkpoint.Parse(last.Text) is { } before ? before.Origin : Name(keys, tenant));

    // Of an instance that is not configured any more the history goes on to be sealed, by this host.
    private FrontDoor Door(string tenant) => (tenants.All.FirstOrDefault(known => known.Id == tenant) ?? tenants.All[0]).Door;

    private string Name(IReadOnlyList<OpenKey> keys, string tenant)
    {
        var first = keys.Where(key => key.Purpose == KeyPurpose.Checkpoints).MinBy(key => key.Generation)!.Id.ToString("n");
        var instance = new string([.. tenant.Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')]);
        return $"{Door(tenant).PublicUrl.Host}/{instance}/{first[^8..]}";
    }
}
