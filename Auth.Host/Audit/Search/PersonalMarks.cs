using System.Net;
using System.Runtime.CompilerServices;
using Auth.Domain;
using Auth.Host.Keys;
using Auth.Projections;
using Marten;

namespace Auth.Host.Audit.Search;

/// <summary>Keyed digests of addresses and identifiers: exact matches can be looked for, and nothing read out of them.</summary>
public sealed class PersonalMarks(Func<IKeyring> keyring) : IPersonalMarks
{
    private const int Length = 32;   // 128 bits in hexadecimal
    private readonly ConditionalWeakTable<IQuerySession, Dictionary<Guid, Key?>> _opened = [];

    /// <inheritdoc />
    public async ValueTask<string?> Of(IQuerySession session, string kind, Sealed value, CancellationToken ct)
    {
        var opened = _opened.GetOrCreateValue(session);
        if (!opened.TryGetValue(value.Key, out var key))
            opened[value.Key] = key = await session.LoadAsync<PersonalKey>(value.Key, ct) is { } document ? keyring().Unwrap(document) : null;
        return key?.Open(value) is { } plain ? Of((await keyring().Of(session.TenantId, ct)).Index, kind, plain) : null;
    }

    /// <summary>The digest of a value that is looked for.</summary>
    public async ValueTask<string> Of(string tenant, string kind, string plain, CancellationToken ct) => Of((await keyring().Of(tenant, ct)).Index, kind, plain);

    private static string Of(Key index, string kind, string plain) => Convert.ToHexStringLower(index.Mac("audit mark", kind, Written(kind, plain)))[..Length];

    // One spelling of an address, whoever wrote it.
    private static string Written(string kind, string plain) => kind == AuditMarksProjection.Address && IPAddress.TryParse(plain, out var address) ? $"{address}" : plain;
}
