using Auth.Domain.SignIns;
using Auth.Host.Http;
using Auth.Host.Passkeys;
using Auth.Host.Passwords;

namespace Auth.Host.Factors;

/// <summary>Proofs out of requests: each strategy names its own field and its own form.</summary>
public static class OfferFields
{
    /// <summary>What is offered under that strategy; null for a strategy that the step will refuse anyway.</summary>
    public static Offer? Offer(this Fields fields, Strategy? strategy) => strategy switch
    {
        Strategy.Password                                                   => new Offer.OfPassword(PasswordFields.Typed(fields.Text("password").Given())),
        Strategy.BackupCode                                                 => new Offer.OfBackupCode(OfferedBackupCode.Of(fields.Text("code").Given(64)) ?? throw fields["code"].Malformed()),
        Strategy.Passkey                                                    => PasskeyProofAnswer.Read(fields.Text("public_key_credential").Given(PasskeyAnswer.MostCharacters)) is var (answer, flaw)
                                                                               ? new Offer.OfPasskey(answer, flaw) : null,
        { } code when code.Traits().Prepared || code is Strategy.Totp       => new Offer.OfCode(new(fields.Code("code"))),
        _                                                                   => null,
    };
}
