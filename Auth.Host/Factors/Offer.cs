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

    /// <summary>One of the codes they wrote down.</summary>
    public sealed record OfBackupCode(OfferedBackupCode Code) : Offer
    {
        /// <inheritdoc />
        public override string ToString() => "Offer(hidden)";
    }
}
