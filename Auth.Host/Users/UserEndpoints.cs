using Auth.Host.Http;
using Auth.Host.Instances;
using Auth.Host.Passwords;
using Auth.Host.Resources;
using Auth.Host.SignIns;
using Auth.Host.Wiring;
using Microsoft.AspNetCore.Mvc;
using Wolverine;

namespace Auth.Host.Users;

/// <summary>The Backend API for people, under the secret key.</summary>
public static class UserEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapUsers(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/v1").RequireSecretKey().WithTags("Backend API: people");
        api.MapPost("/users", Create).Reads<CreateUserRequest>().Produces<UserResource>();
        api.MapGet("/users", List).Produces<IReadOnlyList<UserResource>>();
        api.MapGet("/users/count", Count).Produces<CountResource>();
        api.MapGet("/users/{id}", Get).Produces<UserResource>();
        api.MapPatch("/users/{id}", Update).Reads<UpdateUserRequest>().Produces<UserResource>();
        api.MapDelete("/users/{id}", Erase).Produces<DeletedResource>();
        api.MapPost("/users/{id}/erase", EraseAndCertify).Produces<ErasureCertificate>().WithSummary("Erases a person, as DELETE does, and says so under our signature.");
        api.MapGet("/users/{id}/erasure", Erasure).Produces<ErasureCertificate>().WithSummary("The certificate of somebody who was erased; what is left of them is looked up anew.");
        api.MapGet("/users/{id}/mfa_status", MfaStatus).Produces<MfaStatusResource>();
        api.MapPost("/users/{id}/lock", Lock).Produces<UserResource>();
        api.MapPost("/users/{id}/unlock", Unlock).Produces<UserResource>();
        api.MapPost("/users/{id}/ban", Ban).Produces<UserResource>();
        api.MapPost("/users/{id}/unban", Unban).Produces<UserResource>();
        api.MapPost("/users/{id}/verify_password", VerifyPassword).Reads<VerifyPasswordRequest>().Produces<VerifiedResource>();
        api.MapPatch("/phone_numbers/{id}", ChangePhoneNumber).Reads<ChangePhoneNumberRequest>().Produces<PhoneNumberResource>();
    }

    /// <summary>Makes a person; the identifiers given count as verified.</summary>
    public static Task<UserResource> Create(CreateUserRequest request, Caller caller, IMessageBus bus, CancellationToken ct) =>
        bus.Ask<UserResource>(request.For(caller), ct, taken: Problems.IdentifierTaken);

    /// <summary>One person.</summary>
    public static async Task<UserResource> Get(UserId id, Tenant tenant, PeopleReading people, CancellationToken ct) =>
        await people.One(tenant.Id, id.Value, ct) ?? throw Problems.NotFound.Refuse();

    /// <summary>How a person stands with 2-step verification.</summary>
    public static async Task<MfaStatusResource> MfaStatus(UserId id, Tenant tenant, PeopleReading people, CancellationToken ct) =>
        await people.MfaStatus(tenant.Id, id.Value, ct) ?? throw Problems.NotFound.Refuse();

    /// <summary>People by exact identifier or id, else newest first.</summary>
    public static Task<IReadOnlyList<UserResource>> List(
        [FromQuery(Name = "email_address")] string[]? emailAddresses, [FromQuery(Name = "phone_number")] string[]? phoneNumbers, [FromQuery(Name = "user_id")] string[]? users, int? limit, int? offset, Tenant tenant, PeopleReading people, CancellationToken ct) =>
        people.Many(tenant.Id, new(emailAddresses ?? [], phoneNumbers ?? [], users ?? [], limit ?? 10, offset ?? 0), ct);

    /// <summary>How many people there are, or how many of these.</summary>
    public static async Task<CountResource> Count(
        [FromQuery(Name = "email_address")] string[]? emailAddresses, [FromQuery(Name = "phone_number")] string[]? phoneNumbers, [FromQuery(Name = "user_id")] string[]? users, Tenant tenant, PeopleReading people, CancellationToken ct) =>
        new("total_count", await people.Count(tenant.Id, new(emailAddresses ?? [], phoneNumbers ?? [], users ?? [], 1, 0), ct));

    /// <summary>What a person is called.</summary>
    public static Task<UserResource> Update(UserId id, UpdateUserRequest request, Caller caller, IMessageBus bus, TimeProvider clock, CancellationToken ct) =>
        Changed(request.For(caller, id), bus, clock, ct);

    /// <summary>Erases a person: nothing of them can be read any more, the facts stay.</summary>
    public static Task<DeletedResource> Erase(UserId id, Caller caller, IMessageBus bus, CancellationToken ct) =>
        bus.Ask<DeletedResource>(new EraseUserStep(caller, id.Value), ct);

    /// <summary>The same, with a certificate.</summary>
    public static async Task<ErasureCertificate> EraseAndCertify(UserId id, Caller caller, Tenant tenant, IMessageBus bus, ErasureCertificates certificates, CancellationToken ct)
    {
        await Erase(id, caller, bus, ct);
        return await Erasure(id, tenant, certificates, ct);
    }

    /// <summary>That somebody was erased.</summary>
    public static async Task<ErasureCertificate> Erasure(UserId id, Tenant tenant, ErasureCertificates certificates, CancellationToken ct) =>
        await certificates.Of(tenant.Id, id.Value, ct) ?? throw Problems.NotFound.Refuse();

    /// <summary>Closes an account; its sessions end at once.</summary>
    public static Task<UserResource> Ban(UserId id, Caller caller, IMessageBus bus, TimeProvider clock, CancellationToken ct) =>
        Changed(new BanStep(caller, id.Value, true), bus, clock, ct);

    /// <summary>Opens it again.</summary>
    public static Task<UserResource> Unban(UserId id, Caller caller, IMessageBus bus, TimeProvider clock, CancellationToken ct) =>
        Changed(new BanStep(caller, id.Value, false), bus, clock, ct);

    /// <summary>Locks a person until unlocked.</summary>
    public static Task<UserResource> Lock(UserId id, Caller caller, IMessageBus bus, TimeProvider clock, CancellationToken ct) =>
        Changed(new LockStep(caller, id.Value, true), bus, clock, ct);

    /// <summary>Lifts a lock.</summary>
    public static Task<UserResource> Unlock(UserId id, Caller caller, IMessageBus bus, TimeProvider clock, CancellationToken ct) =>
        Changed(new LockStep(caller, id.Value, false), bus, clock, ct);

    /// <summary>Compares a password with a person's. A wrong one counts like one at a sign-in, and after too many nothing is compared for a while.</summary>
    public static async Task<IResult> VerifyPassword(UserId id, VerifyPasswordRequest request, Caller caller, IMessageBus bus, CancellationToken ct) =>
        await bus.Ask<PasswordAnswer>(request.For(caller, id), ct);

    /// <summary>2-step verification for one number.</summary>
    public static async Task<PhoneNumberResource> ChangePhoneNumber(IdentifierId id, ChangePhoneNumberRequest request, Caller caller, IMessageBus bus, CancellationToken ct)
    {
        var changed = await bus.Ask<ChangedPerson>(request.For(caller, id), ct);
        return PhoneNumberResource.Of(changed.Person.User.PhoneNumbers.Find(number => number.Id == id.Value)!, changed.Person);
    }

    private static async Task<UserResource> Changed(object step, IMessageBus bus, TimeProvider clock, CancellationToken ct) =>
        UserResource.Of((await bus.Ask<ChangedPerson>(step, ct)).Person, clock.GetUtcNow()).ForOperator();
}

/// <summary>What a person is called from now on; what is left out stays, what is null or empty goes.</summary>
public sealed record UpdateUserRequest(NewName FirstName, NewName LastName) : IFromFields<UpdateUserRequest>
{
    private const int Longest = 256;

    /// <inheritdoc />
    public static UpdateUserRequest From(Fields fields) => new(Read(fields["first_name"]), Read(fields["last_name"]));

    internal ChangeNamesStep For(Caller caller, UserId id) => new(caller, id.Value, FirstName, LastName);

    private static NewName Read(Field field) => new(field.Kind is not FieldKind.Absent, field.OrNull(Longest));
}

/// <summary>What to change about a number; what is left out stays.</summary>
public sealed record ChangePhoneNumberRequest(bool? ReservedForSecondFactor, bool? DefaultSecondFactor) : IFromFields<ChangePhoneNumberRequest>
{
    /// <inheritdoc />
    public static ChangePhoneNumberRequest From(Fields fields) => new(fields.Flag("reserved_for_second_factor"), fields.Flag("default_second_factor"));

    internal ChangePhoneNumberStep For(Caller caller, IdentifierId id) => new(caller, id.Value, ReservedForSecondFactor, DefaultSecondFactor);
}
