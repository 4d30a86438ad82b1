using Auth.Domain;
using Auth.Domain.SignIns;
using Auth.Domain.SignUps;
using Auth.Domain.Verifications;
using Auth.Host.Delivery;
using Auth.Host.Http;
using Auth.Host.Keys;
using Auth.Host.Limits;
using Auth.Host.Resources;
using Auth.Host.Users;
using Marten;
using Wolverine;

namespace Auth.Host.SignIns;

/// <summary>What asking for a code reads and writes besides its event: the sends of the place it goes to, and the envelope. It leaves after the commit (R27).</summary>
public sealed record CodeSending(Sends ToPlace, Sends? ToUser, DateTimeOffset? BlockedUntil)
{
    /// <summary>For the typed identifier: its own row only, so that people and strangers wait alike (R51, R56).</summary>
    public static CodeSending First(SignInReading reading, string typed, AddressLimits limits, string tenant, Caller caller, DateTimeOffset now) =>
        new(reading.SendsOf(typed), null, limits.TextsBlockedUntil(tenant, caller.Address, now));

    /// <summary>For a number of the person's: its row, and theirs.</summary>
    public static CodeSending Second(SignInReading reading, InstanceKeys keys, Guid? number, AddressLimits limits, string tenant, Caller caller, DateTimeOffset now) => new(
        reading.SendsOf(reading.Person?.User.SecondFactor(number) is { } known ? Sends.IdOf(keys, reading.Person!.Read(known.Number)!) : ""),
        reading.SendsOf(reading.Person is { } person ? Sends.IdOf(person.User.Id) : ""), limits.TextsBlockedUntil(tenant, caller.Address, now));

    /// <summary>For any identifier of somebody who is signed in: its row, and theirs. A round trip more than a sign-in's step has.</summary>
    public static async Task<CodeSending> Extra(
        IDocumentSession session, PersonView person, Sealed place, InstanceKeys keys, AddressLimits limits, Caller caller, DateTimeOffset now, CancellationToken ct)
    {
        var kind = person.User.PhoneNumbers.Exists(number => number.Number == place) ? IdentifierKind.PhoneNumber : IdentifierKind.EmailAddress;
        var (toPlace, toUser) = (Identifier.IdOf(keys, kind, person.Read(place)!), Sends.IdOf(person.User.Id));
        var rows = await session.LoadManyAsync<Sends>(ct, toPlace, toUser);
        return new(rows.FirstOrDefault(row => row.Id == toPlace) ?? new(toPlace, []), rows.FirstOrDefault(row => row.Id == toUser) ?? new(toUser, []),
            limits.TextsBlockedUntil(session.TenantId, caller.Address, now));
    }

    /// <summary>As the domain sees it.</summary>
    public Sendings Sendings => new(ToPlace.At, ToUser?.At ?? [], BlockedUntil);

    /// <summary>Queues the message, if the decision made a new one. A stranger's envelope is the same; whoever opens it finds nobody to send to.</summary>
    public ValueTask Queue(Decision decision, Guid signIn, Guid fresh, IDocumentSession session, IMessageContext bus, AddressLimits limits, Caller caller, DateTimeOffset now, Dials dials) =>
        decision.Events.Select(Sent).FirstOrDefault(code => code?.Text == fresh) is { } sent
            ? Queue(new SendText(signIn, fresh), sent.Code.ExpiresAt, session, bus, limits, caller, now, dials)
            : ValueTask.CompletedTask;

    /// <summary>The same for a verification.</summary>
    public ValueTask Queue(
        VerificationDecision decision, Guid verification, Guid fresh, IDocumentSession session, IMessageContext bus, AddressLimits limits, Caller caller, DateTimeOffset now, Dials dials) =>
        decision.Events.OfType<VerificationPrepared>().FirstOrDefault(code => code.Text == fresh) is { } sent
            ? Queue(new SendVerification(verification, fresh), sent.Code.ExpiresAt, session, bus, limits, caller, now, dials)
            : ValueTask.CompletedTask;

    /// <summary>The same for a sign-up.</summary>
    public ValueTask Queue(
        SignUpDecision decision, Guid signUp, Guid fresh, IDocumentSession session, IMessageContext bus, AddressLimits limits, Caller caller, DateTimeOffset now, Dials dials) =>
        decision.Events.OfType<SignUpCodePrepared>().FirstOrDefault(code => code.Text == fresh) is { } sent
            ? Queue(new SendSignUpCode(signUp, fresh), sent.Code.ExpiresAt, session, bus, limits, caller, now, dials)
            : ValueTask.CompletedTask;

    private ValueTask Queue(object message, DateTimeOffset expiresAt, IDocumentSession session, IMessageContext bus, AddressLimits limits, Caller caller, DateTimeOffset now, Dials dials)
    {
        session.Move(ToPlace.With(now, dials), ToPlace.Version);
        if (ToUser is { } user) session.Move(user.With(now, dials), user.Version);
        limits.CountText(session.TenantId, caller.Address, now);
        return bus.PublishAsync(message, new DeliveryOptions { DeliverWithin = expiresAt - now });
    }

    private static Message? Sent(SignInEvent happened) => happened switch
    {
        FirstFactorPrepared e  => new(e.Authenticator, e.Text, e.TextNumber, e.Code, e.ResendFrom),
        SecondFactorPrepared e => new(e.Authenticator, e.Text, e.TextNumber, e.Code, e.ResendFrom),
        _                      => null,
    };
}
