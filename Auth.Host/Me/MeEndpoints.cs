using Auth.Domain.SignIns;
using Auth.Host.Clients;
using Auth.Host.Http;
using Auth.Host.Limits;
using Auth.Host.Resources;
using Auth.Host.Sessions;
using Auth.Host.Users;
using Wolverine;

namespace Auth.Host.Me;

/// <summary>What somebody who is signed in does with their own account (Clerk's <c>/v1/me</c>).</summary>
public static class MeEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapMe(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/v1/me").WithTags("Frontend API: me");
        api.MapPost("/change_password", ChangePassword).CountedAs(LimitKind.Attempt).Reads<ChangePasswordRequest>().Produces<ClientEnvelope>();

        api.MapGet("/email_addresses", EmailAddresses).Produces<IReadOnlyList<EmailAddressResource>>();
        api.MapPost("/email_addresses", AddEmailAddress).CountedAs(LimitKind.Attempt).Reads<AddEmailAddressRequest>().Produces<ClientEnvelope>();
        api.MapGet("/email_addresses/{id}", EmailAddress).Produces<ClientEnvelope>();
        api.MapDelete("/email_addresses/{id}", RemoveEmailAddress).Produces<ClientEnvelope>();
        api.MapPost("/email_addresses/{id}/prepare_verification", Prepare).CountedAs(LimitKind.Attempt).Reads<PrepareIdentifierRequest>().Produces<ClientEnvelope>();
        api.MapPost("/email_addresses/{id}/attempt_verification", AttemptEmailAddress).CountedAs(LimitKind.Attempt).Reads<CodeRequest>().Produces<ClientEnvelope>();

        api.MapGet("/phone_numbers", PhoneNumbers).Produces<IReadOnlyList<PhoneNumberResource>>();
        api.MapPost("/phone_numbers", AddPhoneNumber).CountedAs(LimitKind.Attempt).Reads<AddPhoneNumberRequest>().Produces<ClientEnvelope>();
        api.MapGet("/phone_numbers/{id}", PhoneNumber).Produces<ClientEnvelope>();
        api.MapPatch("/phone_numbers/{id}", ChangePhoneNumber).Reads<ChangePhoneNumberRequest>().Produces<ClientEnvelope>();
        api.MapDelete("/phone_numbers/{id}", RemovePhoneNumber).Produces<ClientEnvelope>();
        api.MapPost("/phone_numbers/{id}/prepare_verification", Prepare).CountedAs(LimitKind.Attempt).Reads<PrepareIdentifierRequest>().Produces<ClientEnvelope>();
        api.MapPost("/phone_numbers/{id}/attempt_verification", AttemptPhoneNumber).CountedAs(LimitKind.Attempt).Reads<CodeRequest>().Produces<ClientEnvelope>();

        api.MapPost("/passkeys", AddPasskey).CountedAs(LimitKind.Attempt).Produces<ClientEnvelope>();
        api.MapGet("/passkeys/{id}", Passkey).Produces<ClientEnvelope>();
        api.MapPatch("/passkeys/{id}", RenamePasskey).Reads<RenamePasskeyRequest>().Produces<ClientEnvelope>();
        api.MapDelete("/passkeys/{id}", RemovePasskey).Produces<ClientEnvelope>();
        api.MapPost("/passkeys/{id}/attempt_verification", AttemptPasskey).CountedAs(LimitKind.Attempt).Reads<AttemptPasskeyRequest>().Produces<ClientEnvelope>();

        api.MapPost("/totp", AddApp).Produces<ClientEnvelope>();
        api.MapDelete("/totp", RemoveApp).Produces<ClientEnvelope>();
        api.MapPost("/totp/attempt_verification", AttemptApp).CountedAs(LimitKind.Attempt).Reads<CodeRequest>().Produces<ClientEnvelope>();
        api.MapPost("/backup_codes", MakeBackupCodes).CountedAs(LimitKind.Attempt).Produces<ClientEnvelope>();
    }

    /// <summary>Sets another password.</summary>
    public static Task<IResult> ChangePassword(ChangePasswordRequest request, [AsParameters] Speaker me, IMessageBus bus, ClientView clients, CancellationToken ct) => bus.AskAs(me, request.For(me), clients, ct);

    /// <summary>Their addresses.</summary>
    public static async Task<IReadOnlyList<EmailAddressResource>> EmailAddresses([AsParameters] Speaker me, ClientView clients, CancellationToken ct) =>
        await clients.Person(me, ct) is var person ? [.. person.User.EmailAddresses.Select(address => EmailAddressResource.Of(address, person))] : [];

    /// <summary>One of them.</summary>
    public static Task<ClientEnvelope> EmailAddress(IdentifierId id, [AsParameters] Speaker me, ClientView clients, CancellationToken ct) => clients.Identifier(me, id, IdentifierKind.EmailAddress, ct);

    /// <summary>Adds one.</summary>
    public static Task<IResult> AddEmailAddress(AddEmailAddressRequest request, [AsParameters] Speaker me, IMessageBus bus, ClientView clients, CancellationToken ct) => bus.AskAs(me, request.For(me), clients, ct);

    /// <summary>Takes one off.</summary>
    public static Task<IResult> RemoveEmailAddress(IdentifierId id, [AsParameters] Speaker me, IMessageBus bus, ClientView clients, CancellationToken ct) =>
        bus.AskAs(me, new RemoveIdentifierStep(me, id.Value, IdentifierKind.EmailAddress), clients, ct);

    /// <summary>Has a code sent to an address or number that is not verified yet.</summary>
    public static Task<IResult> Prepare(IdentifierId id, PrepareIdentifierRequest request, [AsParameters] Speaker me, IMessageBus bus, ClientView clients, CancellationToken ct) => bus.AskAs(me, request.For(me, id), clients, ct);

    /// <summary>Verifies an address.</summary>
    public static Task<IResult> AttemptEmailAddress(IdentifierId id, CodeRequest request, [AsParameters] Speaker me, IMessageBus bus, ClientView clients, CancellationToken ct) =>
        bus.AskAs(me, new AttemptIdentifierStep(me, id.Value, IdentifierKind.EmailAddress, request.Offered()), clients, ct);

    /// <summary>Their numbers.</summary>
    public static async Task<IReadOnlyList<PhoneNumberResource>> PhoneNumbers([AsParameters] Speaker me, ClientView clients, CancellationToken ct) =>
        await clients.Person(me, ct) is var person ? [.. person.User.PhoneNumbers.Select(number => PhoneNumberResource.Of(number, person))] : [];

    /// <summary>One of them.</summary>
    public static Task<ClientEnvelope> PhoneNumber(IdentifierId id, [AsParameters] Speaker me, ClientView clients, CancellationToken ct) => clients.Identifier(me, id, IdentifierKind.PhoneNumber, ct);

    /// <summary>Adds one.</summary>
    public static Task<IResult> AddPhoneNumber(AddPhoneNumberRequest request, [AsParameters] Speaker me, IMessageBus bus, ClientView clients, CancellationToken ct) => bus.AskAs(me, request.For(me), clients, ct);

    /// <summary>2-step verification for one of them.</summary>
    public static Task<IResult> ChangePhoneNumber(IdentifierId id, ChangePhoneNumberRequest request, [AsParameters] Speaker me, IMessageBus bus, ClientView clients, CancellationToken ct) =>
        bus.AskAs(me, new ChangeNumberStep(me, id.Value, request.ReservedForSecondFactor, request.DefaultSecondFactor), clients, ct);

    /// <summary>Takes one off.</summary>
    public static Task<IResult> RemovePhoneNumber(IdentifierId id, [AsParameters] Speaker me, IMessageBus bus, ClientView clients, CancellationToken ct) =>
        bus.AskAs(me, new RemoveIdentifierStep(me, id.Value, IdentifierKind.PhoneNumber), clients, ct);

    /// <summary>Verifies a number.</summary>
    public static Task<IResult> AttemptPhoneNumber(IdentifierId id, CodeRequest request, [AsParameters] Speaker me, IMessageBus bus, ClientView clients, CancellationToken ct) =>
        bus.AskAs(me, new AttemptIdentifierStep(me, id.Value, IdentifierKind.PhoneNumber, request.Offered()), clients, ct);

    /// <summary>Asks the browser to make a passkey.</summary>
    public static Task<IResult> AddPasskey([AsParameters] Speaker me, IMessageBus bus, ClientView clients, CancellationToken ct) => bus.AskAs(me, new AddPasskeyStep(me), clients, ct);

    /// <summary>One of theirs.</summary>
    public static Task<ClientEnvelope> Passkey(PasskeyId id, [AsParameters] Speaker me, ClientView clients, CancellationToken ct) => clients.Passkey(me, id, ct);

    /// <summary>Calls one something else.</summary>
    public static Task<IResult> RenamePasskey(PasskeyId id, RenamePasskeyRequest request, [AsParameters] Speaker me, IMessageBus bus, ClientView clients, CancellationToken ct) => bus.AskAs(me, request.For(me, id), clients, ct);

    /// <summary>Takes one off.</summary>
    public static Task<IResult> RemovePasskey(PasskeyId id, [AsParameters] Speaker me, IMessageBus bus, ClientView clients, CancellationToken ct) => bus.AskAs(me, new RemovePasskeyStep(me, id.Value), clients, ct);

    /// <summary>Takes the passkey that the browser made.</summary>
    public static Task<IResult> AttemptPasskey(PasskeyId id, AttemptPasskeyRequest request, [AsParameters] Speaker me, IMessageBus bus, ClientView clients, CancellationToken ct) => bus.AskAs(me, request.For(me, id), clients, ct);

    /// <summary>Shows a seed for an authenticator app, once.</summary>
    public static Task<IResult> AddApp([AsParameters] Speaker me, IMessageBus bus, ClientView clients, CancellationToken ct) => bus.AskAs(me, new AddAppStep(me), clients, ct);

    /// <summary>Takes the authenticator app off.</summary>
    public static Task<IResult> RemoveApp([AsParameters] Speaker me, IMessageBus bus, ClientView clients, CancellationToken ct) => bus.AskAs(me, new RemoveAppStep(me), clients, ct);

    /// <summary>Proves that the app has the seed.</summary>
    public static Task<IResult> AttemptApp(CodeRequest request, [AsParameters] Speaker me, IMessageBus bus, ClientView clients, CancellationToken ct) => bus.AskAs(me, new AttemptAppStep(me, request.Offered()), clients, ct);

    /// <summary>Makes new backup codes and shows them, once.</summary>
    public static Task<IResult> MakeBackupCodes([AsParameters] Speaker me, IMessageBus bus, ClientView clients, CancellationToken ct) => bus.AskAs(me, new MakeBackupCodesStep(me), clients, ct);
}
