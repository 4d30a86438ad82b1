using Auth.Domain;
using Auth.Domain.Instances;
using Auth.Domain.SignIns;
using Auth.Domain.SignUps;
using Auth.Domain.Verifications;
using Auth.Host.Delivery;
using Auth.Host.Http;
using Auth.Host.Keys;
using Auth.Host.Limits;
using Auth.Host.Resources;
using Auth.Host.SignUps;
using Auth.Host.Users;
using Marten;
using Wolverine;

namespace Auth.Host.SignIns;

/// <summary>What asking for a code reads and writes besides its event: the sends of the place it goes to, and the envelope. It leaves after the commit (R27).</summary>
/// <param name="Place">Of a text, where it is counted; null for a mail.</param>
/// <param name="Leaves">Whether anybody gets it: a stranger's is counted apart.</param>
public sealed record CodeSending(Sends ToPlace, Sends? ToUser, DateTimeOffset? BlockedUntil, TextPlace? Place, IReadOnlyList<TextCount> Today, string? Home, bool Leaves = true)
{
    /// <summary>For the typed identifier: its own row only, so that people and strangers wait alike (R51, R56).</summary>
    public static CodeSending First(SignInReading reading, string typed, TextPlace? place, string? home, AddressLimits limits, string tenant, Caller caller, DateTimeOffset now) =>
        new(reading.SendsOf(typed), null, limits.TextsBlockedUntil(tenant, caller.Address, now), place, reading.TextsToday, home, Leaves: reading.Typed is not null);

    /// <summary>For a number or an address of the person's: its row, and theirs.</summary>
    public static CodeSending Second(SignInReading reading, InstanceKeys keys, Authenticator? authenticator, string? home, AddressLimits limits, string tenant, Caller caller, DateTimeOffset now)
    {
        var traits = authenticator?.Strategy.Traits();
        var to = authenticator is not null && reading.Person?.Place(authenticator) is { } place ? reading.Person.Read(place) : null;
        return new(
            reading.SendsOf(to is null ? "" : Identifier.IdOf(keys, traits!.To!.Value, to)), reading.SendsOf(reading.Person is { } person ? Sends.IdOf(person.User.Id) : ""),
            limits.TextsBlockedUntil(tenant, caller.Address, now), to is null || traits!.By is not Channel.Text ? null : TextPlace.Of(keys, to), reading.TextsToday, home);
    }

    /// <summary>For any identifier of somebody who is signed in: its row, and theirs. A round trip more than a sign-in's step has.</summary>
    public static async Task<CodeSending> Extra(
        IDocumentSession session, PersonView person, Sealed place, InstanceKeys keys, string? home, AddressLimits limits, Caller caller, DateTimeOffset now, CancellationToken ct)
    {
        var kind = person.User.PhoneNumbers.Exists(number => number.Number == place) ? IdentifierKind.PhoneNumber : IdentifierKind.EmailAddress;
        var to = person.Read(place)!;
        var (toPlace, toUser) = (Identifier.IdOf(keys, kind, to), Sends.IdOf(person.User.Id));
        var batch = session.CreateBatchQuery();
        var (placeRow, userRow) = (batch.Load<Sends>(toPlace), batch.Load<Sends>(toUser));
        var today = batch.Query<TextCount>(TextTable.OfToday, session.TenantId, TextTable.DayOf(now), session.TenantId);
        await batch.Execute(ct);
        return new(await placeRow ?? new(toPlace, []), await userRow ?? new(toUser, []), limits.TextsBlockedUntil(session.TenantId, caller.Address, now),
            kind is IdentifierKind.PhoneNumber ? TextPlace.Of(keys, to) : null, await today, home);
    }

    /// <summary>For what somebody gives who signs up: its own row only, whoever has it (R51). There is no person yet.</summary>
    public static CodeSending SignUp(SignUpReading reading, Authenticator? to, string? home, AddressLimits limits, string tenant, Caller caller, DateTimeOffset now) =>
        new(reading.SendsTo(to), null, limits.TextsBlockedUntil(tenant, caller.Address, now),
            to?.Strategy.Traits().By is Channel.Text ? TextPlace.Of(reading.Keys, reading.Read(IdentifierKind.PhoneNumber)!) : null, reading.OfClient.TextsToday, home);

    /// <summary>As the domain sees it.</summary>
    public Sendings Sendings => new(ToPlace.At, ToUser?.At ?? [], BlockedUntil) { Traffic = Place?.Among(Today, Home) };

    /// <summary>Queues the message, if the decision made a new one. A stranger's envelope is the same; whoever opens it finds nobody to send to.</summary>
    public ValueTask Queue(Decision decision, Guid signIn, Guid fresh, IDocumentSession session, IMessageContext bus, AddressLimits limits, Caller caller, DateTimeOffset now, Settings settings) =>
        decision.Events.Select(Message.Of).FirstOrDefault(code => code?.Text == fresh) is { } sent
            ? Queue(new SendText(signIn, fresh), sent.Code.ExpiresAt, session, bus, limits, caller, now, settings)
            : ValueTask.CompletedTask;

    /// <summary>The same for a verification.</summary>
    public ValueTask Queue(
        VerificationDecision decision, Guid verification, Guid fresh, IDocumentSession session, IMessageContext bus, AddressLimits limits, Caller caller, DateTimeOffset now, Settings settings) =>
        decision.Events.OfType<VerificationPrepared>().FirstOrDefault(code => code.Text == fresh) is { } sent
            ? Queue(new SendVerification(verification, fresh), sent.Code.ExpiresAt, session, bus, limits, caller, now, settings)
            : ValueTask.CompletedTask;

    /// <summary>The same for a sign-up.</summary>
    public ValueTask Queue(
        SignUpDecision decision, Guid signUp, Guid fresh, IDocumentSession session, IMessageContext bus, AddressLimits limits, Caller caller, DateTimeOffset now, Settings settings) =>
        decision.Events.OfType<SignUpCodePrepared>().FirstOrDefault(code => code.Text == fresh) is { } sent
            ? Queue(new SendSignUpCode(signUp, fresh), sent.Code.ExpiresAt, session, bus, limits, caller, now, settings)
            : ValueTask.CompletedTask;

    private ValueTask Queue(object message, DateTimeOffset expiresAt, IDocumentSession session, IMessageContext bus, AddressLimits limits, Caller caller, DateTimeOffset now, Settings settings)
    {
        session.Move(ToPlace.With(now, settings.Dials), ToPlace.Version);
        if (ToUser is { } user) session.Move(user.With(now, settings.Dials), user.Version);
        if (Place is { } place) session.QueueOperation(new TextCounted(session.TenantId, TextTable.DayOf(now), place, settings, Home, Leaves));
        limits.CountText(session.TenantId, caller.Address, now);
        return bus.PublishAsync(message, new DeliveryOptions { DeliverWithin = expiresAt - now });
    }
}
