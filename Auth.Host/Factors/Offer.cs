using Auth.Host.Passkeys;
using Auth.Host.Passwords;

namespace Auth.Host.Factors;

/// <summary>What a person offers as a proof; it never shows itself.</summary>
public abstract record Offer
{
    /// <summary>What they know.</summary>
    public sealed record OfPassword(Password Password) : Offer
    {
        /// <inheritdoc />
        public override string ToString() => "Offer(hidden)";
    }

    /// <summary>Six digits: sent to them, or from their authenticator app.</summary>
    public sealed record OfCode(OfferedCode Code) : Offer
    {
        /// <inheritdoc />
        public override string ToString() => "Offer(hidden)";
    }

    /// <summary>What a passkey signed, as it could be read; or what is wrong with it.</summary>
    public sealed record OfPasskey(PasskeyProofAnswer? Answer, PasskeyFlaw? Flaw) : Offer
    {
        /// <summary>The row of the passkey that it names.</summary>
        public string? Row => Answer is null ? null : PasskeyCredential.IdOf(Answer.CredentialId);

        /// <inheritdoc />
        public override string ToString() => "Offer(hidden)";
    }

    /// <summary>One of the codes they wrote down.</summary>
    public sealed record OfBackupCode(OfferedBackupCode Code) : Offer
    {
        /// <inheritdoc />
        public override string ToString() => "Offer(hidden)";
    }
}
