using Auth.Domain;
using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Host.Http;
using JasperFx.Events;
using static Auth.Host.Audit.Telling.Changes;

namespace Auth.Host.Audit.Telling;

/// <summary>Facts in words: one row per event. Personal values are masked.</summary>
public sealed class Words(History history, Personal personal)
{
    private readonly Dictionary<Guid, Sealed> _places = history.User.Select(e => Place(e.Data)).OfType<(Guid Id, Sealed Value)>().ToDictionary(place => place.Id, place => place.Value);

    /// <summary>What was typed.</summary>
    public string Identifier => personal.Show(history.Identity.Identifier);

    /// <summary>Opens and masks.</summary>
    internal Personal Personal => personal;

    /// <summary>The fact.</summary>
    public string Of(IEvent e) => Of(e.Data);

    /// <summary>The same for one that was never told.</summary>
    public string Of(object fact) => fact switch
    {
        Identified { Kind: IdentifierKind.Passkey }                 => "Begun with a passkey, by nobody named",
        Identified { User: null }                      => $"Identified as {Identifier}, whom nobody here is",
        Identified                                     => $"Identified as {Identifier}",
        FirstFactorPrepared x                          => $"First factor prepared: {x.Authenticator.Noun()} {x.TextNumber} {To(x.Authenticator)}, {Purpose(x.Authenticator)} {x.Code.Issue}{(history.Identity.User is null ? "; nothing leaves, nobody has it" : "")}",
        FirstFactorChallenged x                        => $"Passkey asked for, good until {Time(x.Challenge.ExpiresAt)}",
        FirstFactorVerified { UserVerified: true } x   => $"First factor verified: {Name(x.Authenticator)}, which checked its owner; no more is needed",
        FirstFactorVerified x when x.Authenticator.Strategy.Traits().Resets
                                                       => $"First factor verified: {Name(x.Authenticator)}; a new password is awaited",
        FirstFactorVerified { Demand: Demand.Nothing } x => $"First factor verified: {Name(x.Authenticator)}; no more is needed",
        FirstFactorVerified x                          => $"First factor verified: {Name(x.Authenticator)}; second one due by {Time(x.SecondFactorBy)}",
        FirstFactorRejected { Flaw: { } flaw } x       => $"First factor rejected: {Name(x.Authenticator)}, {flaw}",
        FirstFactorRejected x                          => $"First factor rejected: wrong {Name(x.Authenticator)}",
        FirstFactorRefused x                           => $"First factor refused unseen: {Name(x.Authenticator)}, {Reason(x.Reason, x.Until)}",
        PasswordReset { SecondFactorBy: { } by }       => $"Password reset: there is a new one; second factor due by {Time(by)}",
        PasswordReset                                  => "Password reset: there is a new one; no more is needed",
        SecondFactorPrepared x                         => $"Second factor prepared: {x.Authenticator.Noun()} {x.TextNumber} {To(x.Authenticator)}, code {x.Code.Issue}",
        SecondFactorChallenged x                       => $"Passkey asked for as second factor, good until {Time(x.Challenge.ExpiresAt)}",
        SecondFactorRejected { Flaw: { } flaw } x      => $"Second factor rejected: {Name(x.Authenticator)}, {flaw}",
        SecondFactorRejected x                         => $"Second factor rejected: wrong {Name(x.Authenticator)}",
        SecondFactorRefused x                          => $"Second factor refused unseen: {Name(x.Authenticator)}, {Reason(x.Reason, x.Until)}",
        SecondFactorVerified x                         => $"Second factor verified: {Name(x.Authenticator)}",
        TextHandedOver x                               => $"{Text(x.Text)} handed to the provider",
        TextDelivered x                                => $"{Text(x.Text)} delivered, says the provider, at {Time(x.At)}",
        TextUndeliverable x                            => $"{Text(x.Text)} undeliverable: {x.Status}{(x.ProviderCode is { } code ? $" ({code})" : "")}",
        DeviceTrusted x                                => $"Device trusted: no second factor on it until {x.Until.UtcDateTime:yyyy-MM-dd HH:mm}",
        SecondFactorSkipped x                          => $"Second factor skipped: the device is trusted since {new SignInId(x.TrustedIn)} ({new TrustedDeviceId(x.Trust)})",
        Converted x when x.Session == Guid.Empty       => "Converted into a session",
        Converted { Task: SessionTask.SetupMfa } x     => $"Converted into {new SessionId(x.Session)}, which waits until a second factor is enrolled",
        Converted x                                    => $"Converted into {new SessionId(x.Session)}",
        Expired                                        => "Expired",
        Superseded                                     => "Superseded",
        Invalidated                                    => "Invalidated",
        _                                              => Projections.EventNames.All.GetValueOrDefault(fact.GetType(), fact.GetType().Name),
    };

    /// <summary>What can be guessed at.</summary>
    public string Name(Authenticator authenticator) => authenticator.Strategy switch
    {
        Strategy.Password   => "password",
        Strategy.Totp       => "code of the authenticator app",
        Strategy.BackupCode => "backup code",
        Strategy.Passkey    => "passkey",
        Strategy.Ticket     => "ticket",
        _                   => $"{Purpose(authenticator)} {To(authenticator)}",
    };

    private static string Purpose(Authenticator authenticator) => authenticator.Strategy.Traits().Resets ? "reset code" : "code";

    private string To(Authenticator authenticator) =>
        authenticator.Id is { } id && _places.TryGetValue(id, out var place) ? $"to {personal.Show(place)}"
        : authenticator.Id is null                                           ? $"to {Identifier}"
        : authenticator.Noun() is "mail"                                     ? "to an address"
        : "to a number";

    /// <summary>Where codes can be sent to.</summary>
    internal static (Guid Id, Sealed Value)? Place(object fact) => fact switch
    {
        PhoneNumberAdded x  => (x.PhoneNumber, x.Number),
        EmailAddressAdded x => (x.EmailAddress, x.Address),
        _                   => null,
    };

    private string Text(Guid text) =>
        history.SignIn.Select(e => e.Message()).FirstOrDefault(x => x?.Text == text) is { } sent ? $"{(sent.Authenticator.Noun() is "mail" ? "Mail" : "Text")} {sent.TextNumber}" : "Text";

    private static string Reason(RefusalReason reason, DateTimeOffset? until) => reason switch
    {
        RefusalReason.Waiting     => $"waiting until {Time(until)}",
        RefusalReason.Closed      => "closed for this sign-in",
        RefusalReason.Locked      => until is null ? "the person is locked" : $"the person is locked until {Time(until)}",
        RefusalReason.Banned      => "the person is banned",
        RefusalReason.SendLimit   => $"no message before {Time(until)}",
        RefusalReason.CodeExpired => "it had run out",
        RefusalReason.Disabled    => "disabled until it is bound again",
        RefusalReason.Country     => "its country is not texted",
        RefusalReason.Budget      => $"the texts of the day are used up; none before {Time(until)}",
        RefusalReason.Prefix      => $"too many texts to numbers like it; none before {Time(until)}",
        RefusalReason.CountryLimit => $"too many texts to its country; none before {Time(until)}",
        _                         => reason.ToString(),
    };
}
