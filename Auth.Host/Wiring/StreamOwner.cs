using Auth.Projections;

namespace Auth.Host.Wiring;

/// <summary>Finds in one trip the rows of whoever a stream is about, by the facts that name them. Parameters of each: tenant, tenant, stream.</summary>
public static class StreamOwner
{
    /// <summary>Named by the first fact: a verification, a sign-up.</summary>
    public const string OfAny = $"where tenant_id = ? and id = (select (data ->> 'user')::uuid from {StoreSettings.Schema}.mt_events where tenant_id = ? and stream_id = ? and version = 1)";

    /// <summary>Of a sign-in: its first fact, or where it began with a passkey, the one that accepted it.</summary>
    public const string OfSignIn = $"""
        where tenant_id = ? and id in (select (data ->> 'user')::uuid from {StoreSettings.Schema}.mt_events
            where tenant_id = ? and stream_id = ? and type in ('sign_in.identified', 'sign_in.first_factor_verified'))
        """;
}
