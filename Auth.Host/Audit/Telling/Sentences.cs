using Auth.Domain.SignIns;
using Auth.Host.Audit.Streams;
using Auth.Host.Http;
using JasperFx.Events;

namespace Auth.Host.Audit.Telling;

/// <summary>A sign-in told to somebody who does not know what a second factor is: one sentence per fact.</summary>
internal static class Sentences
{
    /// <summary>What happened.</summary>
    internal static string Of(IEvent e, Words words) => e.Data switch
    {
        Identified { Kind: IdentifierKind.Passkey }       => "Somebody began to sign in with a passkey.",
        Identified { User: null }                         => $"Somebody typed {words.Identifier}, which belongs to nobody here.",
        Identified                                        => $"Somebody typed {words.Identifier}.",
        FirstFactorPrepared x                             => $"A code was sent: {x.Authenticator.Noun()} {x.TextNumber}, good until {Changes.Time(x.Code.ExpiresAt)}.",
        FirstFactorChallenged or SecondFactorChallenged   => "A passkey was asked for.",
        FirstFactorVerified { Demand: Demand.Nothing } x  => $"The {words.Name(x.Authenticator)} was right, and that was enough.",
        FirstFactorVerified x when x.Authenticator.Strategy.Traits().Resets => $"The {words.Name(x.Authenticator)} was right; now a new password had to be chosen.",
        FirstFactorVerified x                             => $"The {words.Name(x.Authenticator)} was right; a second proof was due by {Changes.Time(x.SecondFactorBy)}.",
        PasswordReset                                     => "They chose a new password.",
        SecondFactorPrepared x                            => $"A code was sent: {x.Authenticator.Noun()} {x.TextNumber}, good until {Changes.Time(x.Code.ExpiresAt)}.",
        FirstFactorRejected x                             => $"The {words.Name(x.Authenticator)} was wrong.",
        SecondFactorRejected x                            => $"The {words.Name(x.Authenticator)} was wrong.",
        FirstFactorRefused x                              => $"The {words.Name(x.Authenticator)} was turned away without a look at it.",
        SecondFactorRefused x                             => $"The {words.Name(x.Authenticator)} was turned away without a look at it.",
        TextHandedOver                                    => "The provider took the message over.",
        TextDelivered                                     => "The provider says that it arrived.",
        TextUndeliverable                                 => "The provider says that it could not be delivered.",
        SecondFactorVerified x                            => $"The {words.Name(x.Authenticator)} was right as well.",
        SecondFactorSkipped                               => "No second proof was asked for, because this device is trusted.",
        DeviceTrusted x                                   => $"This device is trusted until {Look.Instant(x.Until)}.",
        Converted x                                       => $"They were signed in: {new SessionId(x.Session)}.",
        Expired                                           => "It had taken too long and ended.",
        Superseded                                        => "The same client began another sign-in, and this one ended.",
        Invalidated                                       => "The person's factors had changed meanwhile, and this one ended.",
        _                                                 => $"{Phrases.Of(e, words.Personal)}.",
    };

    /// <summary>Why, where somebody would ask.</summary>
    internal static string? Because(Step step, Guid stream) => step.Why is { } why ? $"That is because {why.In(stream)}." : null;
}
