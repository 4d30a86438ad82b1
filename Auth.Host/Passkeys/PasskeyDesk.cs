using Auth.Domain.Passkeys;
using Auth.Domain.SignIns;
using Auth.Host.Factors;
using Auth.Host.Instances;
using Auth.Host.Keys;
using Auth.Host.SignIns;

namespace Auth.Host.Passkeys;

/// <summary>Asks for passkeys and looks at what comes back. What it finds is written by the step, in the commit that answers.</summary>
public sealed class PasskeyDesk(Tenants tenants, IKeyring keyring, TimeProvider clock)
{
    /// <summary>What a page hands to <c>navigator.credentials.get</c>; null once the time is over.</summary>
    public async ValueTask<string?> Request(string tenant, AskedPasskey asked) => await Ceremony(tenant, asked) is { } ceremony ? PasskeyOptions.Request(ceremony).ToJsonString() : null;

    /// <summary>What a page hands to <c>navigator.credentials.create</c>.</summary>
    public async ValueTask<string?> Creation(string tenant, Guid passkey, PasskeyChallenge challenge, Guid user, string name, string displayName, IEnumerable<PasskeyCredential> existing) =>
        await Enrolment(tenant, passkey, challenge, user) is { } ceremony ? PasskeyOptions.Creation(ceremony, name, displayName, existing).ToJsonString() : null;

    /// <summary>Compares: right, or wrong with the check that failed. A passkey that turned out another's is not named (R51).</summary>
    public async Task<Comparison> Compare(string tenant, Offer.OfPasskey offer, IEnumerable<PasskeyCredential> known, AskedPasskey asked)
    {
        if (offer.Answer is not { } answer) return Wrong(null, offer.Flaw ?? PasskeyFlaw.Malformed);
        if (await Ceremony(tenant, asked) is not { } ceremony) return Wrong(null, PasskeyFlaw.Challenge);

        var stored = known.FirstOrDefault(row => row.Id == PasskeyCredential.IdOf(answer.CredentialId));
        var verdict = await PasskeyProof.Verify(answer, stored, ceremony, clock.GetUtcNow());
        var named = stored is not null && (asked.User is null || asked.User == stored.UserId) ? stored.Passkey : (Guid?)null;
        return (verdict.Flaw is { } flaw ? Wrong(named, flaw) : new Comparison(Verdict.Right) { Signing = new(named, verdict.UserVerified) }) with
        {
            Taken = verdict.Credential is { } row ? session => session.Move(row, stored!.Version) : null,
            Suspect = verdict.Flaw is PasskeyFlaw.Counter ? new(stored!.Passkey, AuthenticatorData.Read(answer.AuthenticatorData)!.SignCount, stored.SignCount) : null,
        };
    }

    /// <summary>What a new passkey is held against; null once the time is over.</summary>
    public async ValueTask<Ceremony?> Enrolment(string tenant, Guid passkey, PasskeyChallenge challenge, Guid user) =>
        await Bytes(tenant, PasskeyPurpose.Enrolment, passkey, challenge) is { } bytes ? new(tenants.Of(tenant).Passkeys, bytes, VerifiesUser: false, user) : null;

    /// <summary>User verification is asked for wherever the authenticator can; what it did decides what it counts for (R43).</summary>
    private async ValueTask<Ceremony?> Ceremony(string tenant, AskedPasskey asked) =>
        await Bytes(tenant, asked.Purpose, asked.Attempt, asked.Challenge) is { } bytes ? new(tenants.Of(tenant).Passkeys, bytes, VerifiesUser: false, asked.User, asked.Named) : null;

    private async ValueTask<byte[]?> Bytes(string tenant, PasskeyPurpose purpose, Guid attempt, PasskeyChallenge challenge) =>
        (await keyring.Of(tenant, challenge.Key)).Codes.TryGetValue(challenge.Key, out var key) ? PasskeyChallenges.Derive(key, purpose, tenant, attempt, challenge, clock.GetUtcNow()) : null;

    private static Comparison Wrong(Guid? passkey, PasskeyFlaw flaw) => new(Verdict.Wrong) { Signing = new(passkey, Flaw: flaw.ToString()) };
}
