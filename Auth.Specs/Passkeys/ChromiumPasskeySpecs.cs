using System.Text.Json.Nodes;
using Auth.Host.Passkeys;
using Microsoft.Playwright;

namespace Auth.Specs.Passkeys;

/// <summary>Our options and our verification, with a real browser between them.</summary>
public class ChromiumPasskeySpecs(KeyedBrowser browser) : IClassFixture<KeyedBrowser>
{
    private const string Create = """
        async options => JSON.stringify((await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(JSON.parse(options)) })).toJSON())
        """;

    private const string Get = """
        async options => JSON.stringify((await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(JSON.parse(options)) })).toJSON())
        """;

    private static Ceremony ForAnn => Passkey.ForAnn with { Party = KeyedBrowser.Party };

    [Theory]
    [InlineData(CoseKey.Es256)]
    [InlineData(CoseKey.Rs256)]
    public async Task a_person_enrols_a_passkey_and_is_known_by_it_without_a_name(int algorithm)
    {
        var page = await browser.Open();
        var credential = await Enrolled(page, ForAnn, algorithm);
        var ceremony = ForAnn with { User = null };

        var verdict = await Used(page, credential, ceremony);

        verdict.Flaw.ShouldBeNull();
        verdict.UserVerified.ShouldBeTrue();
        verdict.Credential.ShouldNotBeNull().UserId.ShouldBe(Passkey.Ann);
        verdict.Credential.SignCount.ShouldBeGreaterThan(credential.SignCount);
    }

    [Fact]
    public async Task a_security_key_is_something_they_have()
    {
        var page = await browser.Open(checksOwner: false);
        var credential = await Enrolled(page, ForAnn with { VerifiesUser = false });
        credential.VerifiesUser.ShouldBeFalse();

        var verdict = await Used(page, credential, ForAnn with { VerifiesUser = false, Allowed = [credential] });

        verdict.Flaw.ShouldBeNull();
        verdict.UserVerified.ShouldBeFalse();
    }

    [Fact]
    public async Task one_authenticator_makes_one_passkey_for_a_person()
    {
        var page = await browser.Open();
        var credential = await Enrolled(page, ForAnn);

        var again = await page.EvaluateAsync<string>($"options => ({Create})(options).catch(error => error.name)", PasskeyOptions.Creation(ForAnn, "ann", "Ann", [credential]).ToJsonString());

        again.ShouldBe("InvalidStateError");
    }

    [Fact]
    public async Task a_copied_authenticator_is_found_out()
    {
        var page = await browser.Open();
        var credential = await Enrolled(page, ForAnn);
        var ahead = (await Used(page, credential, ForAnn)).Credential! with { SignCount = 1000 };

        (await Used(page, ahead, ForAnn)).ShouldBe(new(PasskeyFlaw.Counter, ahead with { SuspectedAt = Passkey.TenOClock }, false));
    }

    [Fact]
    public async Task a_page_of_another_service_is_refused()
    {
        var page = await browser.Open();
        var credential = await Enrolled(page, ForAnn);

        (await Used(page, credential, ForAnn, heldAgainst: ForAnn.Party with { AnyLoopback = false })).Flaw.ShouldBe(PasskeyFlaw.Origin);
        (await Used(page, credential, ForAnn, heldAgainst: ForAnn.Party with { Id = "example.com" })).Flaw.ShouldBe(PasskeyFlaw.RelyingParty);
    }

    private static async Task<PasskeyCredential> Enrolled(IPage page, Ceremony ceremony, int? algorithm = null)
    {
        var options = PasskeyOptions.Creation(ceremony, "ann", "Ann", []);
        if (algorithm is { } only) options["pubKeyCredParams"] = new JsonArray(new JsonObject { ["type"] = "public-key", ["alg"] = only });
        var (flaw, credential) = await Passkey.Enrolled(await page.EvaluateAsync<string>(Create, options.ToJsonString()), ceremony);
        flaw.ShouldBeNull();
        return credential.ShouldNotBeNull();
    }

    private static async Task<ProofVerdict> Used(IPage page, PasskeyCredential credential, Ceremony ceremony, RelyingParty? heldAgainst = null) =>
        await new Passkey(null!, credential).Verified(await page.EvaluateAsync<string>(Get, PasskeyOptions.Request(ceremony).ToJsonString()), ceremony with { Party = heldAgainst ?? ceremony.Party });
}
