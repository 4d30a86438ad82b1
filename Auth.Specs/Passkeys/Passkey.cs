using System.Security.Cryptography;
using Auth.Host.Passkeys;

namespace Auth.Specs.Passkeys;

/// <summary>An enrolled passkey of Ann's, and what the specs ask of it.</summary>
public sealed record Passkey(SoftwareAuthenticator Authenticator, PasskeyCredential Credential)
{
    public const string Page = "https://app.example.com";

    public static readonly DateTimeOffset NineOClock = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero), TenOClock = NineOClock.AddHours(1);

    public static readonly Guid
        Ann = Guid.Parse("0198c000-0000-7000-8000-00000000000a"),
        Bob = Guid.Parse("0198c000-0000-7000-8000-00000000000b"),
        Id = Guid.Parse("0198c000-0000-7000-8000-0000000000aa"),
        Make = Guid.Parse("08987058-cadc-4b81-b6e1-30de50dcbe96");

    public static readonly RelyingParty Party = new("example.com", "Example", new HashSet<string> { "https://auth.example.com", Page }, AnyLoopback: false);

    /// <summary>A ceremony of its own, for Ann, in which the authenticator must check who touches it.</summary>
    public static Ceremony ForAnn => new(Party, RandomNumberGenerator.GetBytes(32), VerifiesUser: true, Ann);

    /// <summary>The same for whoever comes.</summary>
    public static Ceremony ForAnybody => ForAnn with { User = null };

    /// <summary>Verifies what an authenticator made of it.</summary>
    public static async Task<EnrolmentVerdict> Enrolled(string json, Ceremony ceremony, PasskeyCredential? existing = null) => NewPasskeyAnswer.Read(json) switch
    {
        ({ } answer, _) => await PasskeyEnrolment.Verify(answer, existing, ceremony, Id, NineOClock),
        (_, var flaw) => new(flaw ?? throw new InvalidOperationException("Neither an answer nor a flaw."), null),
    };

    /// <summary>A new one.</summary>
    public static async Task<Passkey> New(SoftwareAuthenticator authenticator, Lie? lie = null, bool verifiesUser = true)
    {
        var ceremony = ForAnn with { VerifiesUser = verifiesUser };
        var (flaw, credential) = await Enrolled(authenticator.Create(ceremony, lie), ceremony);
        flaw.ShouldBeNull();
        return new(authenticator, credential!);
    }

    /// <summary>What becomes of it when it is used, with or without a lie.</summary>
    public Task<ProofVerdict> Used(Ceremony ceremony, Lie? lie = null) => Verified(Authenticator.Get(ceremony, Ann, lie), ceremony);

    /// <summary>What becomes of an answer.</summary>
    public async Task<ProofVerdict> Verified(string json, Ceremony ceremony) => PasskeyProofAnswer.Read(json) switch
    {
        ({ } answer, _) => await PasskeyProof.Verify(answer, Credential, ceremony, TenOClock),
        (_, var flaw) => new(flaw ?? throw new InvalidOperationException("Neither an answer nor a flaw."), null, false),
    };
}
