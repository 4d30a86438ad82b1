using System.Buffers.Text;
using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Auth.Host.Passkeys;

/// <summary>
/// The framework's own verification, which has the last word: keys and signatures are its work alone, and it makes all other checks once more. It is handed what we read,
/// written anew, so that both look at the same bytes. Counters are not its business: it would refuse a stale one without saying whether the signature was right.
/// </summary>
public static class FrameworkCheck
{
    /// <summary>The new passkey as the framework read it, or null where it does not believe it.</summary>
    public static async Task<UserPasskeyInfo?> Of(NewPasskeyAnswer answer, Ceremony ceremony, Guid user)
    {
        var person = Person(user, null);
        var (users, handler) = Handler(person, ceremony);
        using var _ = users;
        var options = await handler.MakeCreationOptionsAsync(new() { Id = await person.GetUserIdAsync(person, default), Name = "", DisplayName = "" }, Nowhere);
        var result = await handler.PerformAttestationAsync(new()
        {
            HttpContext = Nowhere,
            CredentialJson = Written(answer, new() { ["attestationObject"] = Base64Url.EncodeToString(answer.Attestation) }),
            AttestationState = Asking(options.AttestationState, ceremony),
        });
        Answered(result.Failure);
        return result.Passkey;
    }

    /// <summary>Whether the framework believes that this passkey signed.</summary>
    public static async Task<bool> Of(PasskeyProofAnswer answer, Ceremony ceremony, PasskeyCredential stored)
    {
        var passkey = new UserPasskeyInfo(Base64Url.DecodeFromChars(stored.CredentialId), Base64Url.DecodeFromChars(stored.PublicKey), stored.CreatedAt, signCount: 0, [.. stored.Transports],
            stored.VerifiesUser, stored.BackupEligible, stored.BackedUp, attestationObject: [], clientDataJson: []);
        var person = Person(stored.UserId, passkey);
        var (users, handler) = Handler(person, ceremony);
        using var _ = users;
        var options = await handler.MakeRequestOptionsAsync(person, Nowhere);
        var result = await handler.PerformAssertionAsync(new()
        {
            HttpContext = Nowhere,
            CredentialJson = Written(answer, new()
            {
                ["authenticatorData"] = Base64Url.EncodeToString(answer.AuthenticatorData),
                ["signature"] = Base64Url.EncodeToString(answer.Signature),
                ["userHandle"] = answer.UserHandle is { } handle ? Base64Url.EncodeToString(handle) : null,
            }),
            AssertionState = Asking(options.AssertionState, ceremony),
        });
        Answered(result.Failure);
        return result.Succeeded;
    }

    // The handler turns what its store throws into "not believed": a store that cannot answer is a bug of ours, and no lie of somebody's passkey.
    private static void Answered(PasskeyException? failure)
    {
        if (failure?.InnerException is UnreachableException unanswered) throw unanswered;
    }

    /// <summary>The handler wants a request; everything it would take from it is an option here.</summary>
    private static DefaultHttpContext Nowhere => new();

    private static OnePerson Person(Guid user, UserPasskeyInfo? passkey) => new(Encoding.UTF8.GetString(PasskeyOptions.HandleOf(user)), passkey);

    private static (UserManager<OnePerson> Users, PasskeyHandler<OnePerson> Handler) Handler(OnePerson person, Ceremony ceremony)
    {
        var users = new UserManager<OnePerson>(person, Options.Create(new IdentityOptions()), null!, [], [], null!, new(), null!, NullLogger<UserManager<OnePerson>>.Instance);
        return (users, new(users, Options.Create(new IdentityPasskeyOptions
        {
            ServerDomain = ceremony.Party.Id,
            UserVerificationRequirement = ceremony.VerifiesUser ? "required" : "preferred",
            IsAllowedAlgorithm = algorithm => CoseKey.Algorithms.Contains(algorithm),
            ValidateOrigin = page => ValueTask.FromResult(ceremony.Party.Believes(page.Origin) && !page.CrossOrigin && page.TopOrigin is null),
        })));
    }

    /// <summary>The handler keeps state between asking and verifying, and draws the challenge itself. Ours is derived, so it takes the place of the one just drawn.</summary>
    private static string Asking(string? state, Ceremony ceremony)
    {
        var kept = JsonNode.Parse(state!)!.AsObject();
        if (!kept.ContainsKey("challenge")) throw new InvalidOperationException("This version of the framework keeps the challenge elsewhere.");
        kept["challenge"] = Convert.ToBase64String(ceremony.Challenge);
        return kept.ToJsonString();
    }

    private static string Written(PasskeyAnswer answer, JsonObject response)
    {
        response["clientDataJSON"] = Base64Url.EncodeToString(answer.ClientData);
        return new JsonObject
        {
            ["id"] = Base64Url.EncodeToString(answer.CredentialId),
            ["type"] = "public-key",
            ["clientExtensionResults"] = new JsonObject(),
            ["response"] = response,
        }.ToJsonString();
    }
}
