using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Host.Http;
using JasperFx.Events;
using static Auth.Host.Audit.Changes;

namespace Auth.Host.Audit;

/// <summary>Facts in words: one row per event. Personal values are masked.</summary>
public sealed class Words(History history, Personal personal)
{
    private readonly Dictionary<Guid, PhoneNumberAdded> _numbers = history.User.Select(e => e.Data).OfType<PhoneNumberAdded>().ToDictionary(added => added.PhoneNumber);

    /// <summary>What was typed.</summary>
    public string Identifier => personal.Show(history.Identity.Identifier);

    /// <summary>The fact.</summary>
    public string Of(IEvent e) => e.Data switch
    {
        Identified { User: null }                      => $"Identified as {Identifier}, whom nobody here is",
        Identified                                     => $"Identified as {Identifier}",
        FirstFactorVerified { Demand: Demand.Nothing } x => $"First factor verified: {Name(x.Authenticator)}; no more is needed",
        FirstFactorVerified x                          => $"First factor verified: {Name(x.Authenticator)}; second one due by {Time(x.SecondFactorBy)}",
        FirstFactorRejected x                          => $"First factor rejected: {Name(x.Authenticator)} wrong",
        FirstFactorRefused x                           => $"First factor refused unseen: {Name(x.Authenticator)}, {Reason(x.Reason, x.Until)}",
        SecondFactorPrepared x                         => $"Second factor prepared: text {x.TextNumber} {To(x.Authenticator)}, code {x.Code.Issue}",
        SecondFactorRejected x                         => $"Second factor rejected: wrong code {To(x.Authenticator)}",
        SecondFactorRefused x                          => $"Second factor refused unseen: {Name(x.Authenticator)}, {Reason(x.Reason, x.Until)}",
        SecondFactorVerified x                         => $"Second factor verified: {Name(x.Authenticator)}",
        TextHandedOver x                               => $"Text{Number(x.Text)} handed to the provider",
        TextDelivered x                                => $"Text{Number(x.Text)} delivered, says the provider, at {Time(x.At)}",
        TextUndeliverable x                            => $"Text{Number(x.Text)} undeliverable: {x.Status}{(x.ProviderCode is { } code ? $" ({code})" : "")}",
        Converted x                                    => $"Converted into {new SessionId(x.Session)}",
        Expired                                        => "Expired",
        Superseded                                     => "Superseded",
        Invalidated                                    => "Invalidated",
        _                                              => e.EventTypeName,
    };

    /// <summary>What can be guessed at.</summary>
    public string Name(Authenticator authenticator) => authenticator.Strategy is Strategy.Password ? "password" : $"code {To(authenticator)}";

    private string To(Authenticator authenticator) =>
        authenticator.Id is { } id && _numbers.TryGetValue(id, out var number) ? $"to {personal.Show(number.Number)}" : "to a number";

    private string Number(Guid text) =>
        history.SignIn.Select(e => e.Data).OfType<SecondFactorPrepared>().FirstOrDefault(x => x.Text == text) is { } prepared ? $" {prepared.TextNumber}" : "";

    private static string Reason(RefusalReason reason, DateTimeOffset? until) => reason switch
    {
        RefusalReason.Waiting     => $"waiting until {Time(until)}",
        RefusalReason.Closed      => "closed for this sign-in",
        RefusalReason.Locked      => until is null ? "the person is locked" : $"the person is locked until {Time(until)}",
        RefusalReason.Banned      => "the person is banned",
        RefusalReason.SendLimit   => $"no text before {Time(until)}",
        RefusalReason.CodeExpired => "it had run out",
        RefusalReason.Disabled    => "disabled until it is bound again",
        RefusalReason.Country     => "its country is not texted",
        RefusalReason.Budget      => $"the texts of the day are used up; none before {Time(until)}",
        RefusalReason.Prefix      => $"too many texts to numbers like it; none before {Time(until)}",
        RefusalReason.CountryLimit => $"too many texts to its country; none before {Time(until)}",
        _                         => reason.ToString(),
    };
}
