using System.Buffers.Text;
using System.Text.Json.Nodes;
using Auth.Host.Passkeys;

namespace Auth.Specs.Passkeys;

/// <summary>Whatever is sent gets a verdict: nothing throws, and nothing that was touched is believed (R39).</summary>
public class GarbageSpecs
{
    [Theory]
    [InlineData("clientDataJSON")]
    [InlineData("authenticatorData")]
    [InlineData("signature")]
    public async Task no_bit_of_a_proof_can_be_flipped(string part)
    {
        using var authenticator = SoftwareAuthenticator.Es256();
        var (passkey, ceremony) = (await Passkey.New(authenticator), Passkey.ForAnybody);
        var honest = authenticator.Get(ceremony, Passkey.Ann);
        (await passkey.Verified(honest, ceremony)).Flaw.ShouldBeNull();

        foreach (var forged in Flipped(honest, part))
            (await passkey.Verified(forged, ceremony)).Flaw.ShouldNotBeNull(forged);
    }

    [Fact]
    public async Task an_attestation_with_any_bit_flipped_gets_a_verdict()
    {
        using var authenticator = SoftwareAuthenticator.Es256();
        var ceremony = Passkey.ForAnn;

        foreach (var forged in Flipped(authenticator.Create(ceremony), "attestationObject"))
        {
            var (flaw, credential) = await Passkey.Enrolled(forged, ceremony);
            (flaw is null).ShouldBe(credential is not null, forged);
        }
    }

    [Theory]
    [InlineData("clientDataJSON")]
    [InlineData("attestationObject")]
    public async Task a_new_passkey_cannot_be_cut_short(string part)
    {
        using var authenticator = SoftwareAuthenticator.Es256();
        var ceremony = Passkey.ForAnn;

        foreach (var cut in Cut(authenticator.Create(ceremony), part))
            (await Passkey.Enrolled(cut, ceremony)).Flaw.ShouldBe(PasskeyFlaw.Malformed);
    }

    [Fact]
    public async Task a_text_that_breaks_off_is_malformed()
    {
        using var authenticator = SoftwareAuthenticator.Es256();
        var (passkey, ceremony) = (await Passkey.New(authenticator), Passkey.ForAnybody);
        var (made, used) = (authenticator.Create(Passkey.ForAnn), authenticator.Get(ceremony, Passkey.Ann));

        for (var length = 0; length < used.Length; length++) (await passkey.Verified(used[..length], ceremony)).Flaw.ShouldBe(PasskeyFlaw.Malformed);
        for (var length = 0; length < made.Length; length++) NewPasskeyAnswer.Read(made[..length]).ShouldBe((null, PasskeyFlaw.Malformed));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("""{ "type": "public-key" }""")]
    [InlineData("""{ "type": "public-key", "id": 7, "rawId": 7, "response": {} }""")]
    [InlineData("""{ "type": "public-key", "id": "\ud800", "rawId": "\ud800", "response": {} }""")]
    [InlineData("""{ "type": "public-key", "id": "AA==", "rawId": "AA==", "response": {} }""")]
    [InlineData("""{ "type": "public-key", "id": "AAAAAAAAAAAAAAAAAAAAAAAA", "rawId": "AAAAAAAAAAAAAAAAAAAAAAAA", "response": [] }""")]
    public void what_is_no_answer_is_malformed(string? json)
    {
        NewPasskeyAnswer.Read(json).ShouldBe((null, PasskeyFlaw.Malformed));
        PasskeyProofAnswer.Read(json).ShouldBe((null, PasskeyFlaw.Malformed));
    }

    [Fact]
    public void depth_and_length_have_an_end()
    {
        PasskeyProofAnswer.Read(new string('[', PasskeyAnswer.MostCharacters)).Flaw.ShouldBe(PasskeyFlaw.Malformed);
        PasskeyProofAnswer.Read(new string('[', PasskeyAnswer.MostCharacters + 1)).Flaw.ShouldBe(PasskeyFlaw.Oversized);
    }

    [Fact]
    public void a_name_has_one_spelling()
    {
        using var authenticator = SoftwareAuthenticator.Es256();
        var id = Base64Url.EncodeToString(authenticator.CredentialId);

        // Of 32 bytes the last letter has two bits over, which another spelling could set.
        foreach (var other in new[] { $"{id}=", $"{id} ", $"{id[..^1]}{(char)(id[^1] + 1)}" })
            PasskeyProofAnswer.Read(authenticator.Get(Passkey.ForAnn, Passkey.Ann, new() { Id = other })).ShouldBe((null, PasskeyFlaw.Malformed), other);
    }

    private static IEnumerable<string> Flipped(string json, string part)
    {
        var bytes = Part(json, part);
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var flipped = bytes.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            yield return With(json, part, flipped);
        }
    }

    private static IEnumerable<string> Cut(string json, string part)
    {
        var bytes = Part(json, part);
        for (var length = 0; length < bytes.Length; length++) yield return With(json, part, bytes[..length]);
    }

    private static byte[] Part(string json, string part) => Base64Url.DecodeFromChars((string)JsonNode.Parse(json)!["response"]![part]!);

    private static string With(string json, string part, byte[] bytes)
    {
        var answer = JsonNode.Parse(json)!;
        answer["response"]![part] = Base64Url.EncodeToString(bytes);
        return answer.ToJsonString();
    }
}
