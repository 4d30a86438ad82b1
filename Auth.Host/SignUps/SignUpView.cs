using Auth.Domain.SignIns;
using Auth.Host.Clients;
using Auth.Host.Http;
using Auth.Host.Keys;
using Auth.Host.Resources;
using Marten;

namespace Auth.Host.SignUps;

/// <summary>What a client may see of a sign-up of its own. Nothing is changed by looking.</summary>
public sealed class SignUpView(IDocumentStore store, IKeyring keyring, ClientView clients, TimeProvider clock)
{
    /// <summary>The sign-up, also when it is over; null where there is none for this caller (R08).</summary>
    public async Task<ClientEnvelope?> One(SignUpId id, Caller caller, CancellationToken ct)
    {
        await using var session = store.LightweightSession(caller.Tenant);
        var reading = await SignUpReading.Of(session, keyring, caller, id.Value, clock.GetUtcNow(), ct);
        return SignUpResource.Of(reading.SignUp, reading.Key, clock.GetUtcNow(), reading.Settings.InForce) is { } signUp ? new(signUp, (await clients.Client(caller, ct)).Response as ClientResource) : null;
    }
}
