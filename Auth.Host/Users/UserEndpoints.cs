using Auth.Host.Http;
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
        api.MapGet("/users/{id}", Get).Produces<UserResource>();
        api.MapGet("/users/{id}/mfa_status", MfaStatus).Produces<MfaStatusResource>();
        api.MapPost("/users/{id}/lock", Lock).Produces<UserResource>();
        api.MapPost("/users/{id}/unlock", Unlock).Produces<UserResource>();
        api.MapPost("/users/{id}/verify_password", VerifyPassword).Reads<VerifyPasswordRequest>().Produces<VerifiedResource>();
        api.MapPatch("/phone_numbers/{id}", ChangePhoneNumber).Reads<ChangePhoneNumberRequest>().Produces<PhoneNumberResource>();
        api.MapPost("/sessions", CreateSession);
    }

    /// <summary>Makes a person; the identifiers given count as verified.</summary>
    public static Task<UserResource> Create(CreateUserRequest request, Caller caller, IMessageBus bus, CancellationToken ct) =>
        bus.Ask<UserResource>(request.For(caller), ct, taken: Problems.IdentifierTaken);

    /// <summary>One person.</summary>
    public static async Task<UserResource> Get(UserId id, PeopleReading people, CancellationToken ct) =>
        await people.One(id.Value, ct) ?? throw Problems.NotFound.Refuse();

    /// <summary>How a person stands with 2-step verification.</summary>
    public static async Task<MfaStatusResource> MfaStatus(UserId id, PeopleReading people, CancellationToken ct) =>
        await people.MfaStatus(id.Value, ct) ?? throw Problems.NotFound.Refuse();

    /// <summary>People by exact identifier or id, else newest first.</summary>
    public static Task<IReadOnlyList<UserResource>> List(
        [FromQuery(Name = "email_address")] string[]? emailAddresses, [FromQuery(Name = "phone_number")] string[]? phoneNumbers, [FromQuery(Name = "user_id")] string[]? users, int? limit, int? offset, PeopleReading people, CancellationToken ct) =>
        people.Many(new(emailAddresses ?? [], phoneNumbers ?? [], users ?? [], limit ?? 10, offset ?? 0), ct);

    /// <summary>Locks a person until unlocked.</summary>
    public static async Task<UserResource> Lock(UserId id, Caller caller, IMessageBus bus, TimeProvider clock, CancellationToken ct) =>
        UserResource.Of((await bus.Ask<ChangedPerson>(new LockStep(caller, id.Value, true), ct)).Person, clock.GetUtcNow());

    /// <summary>Lifts a lock.</summary>
    public static async Task<UserResource> Unlock(UserId id, Caller caller, IMessageBus bus, TimeProvider clock, CancellationToken ct) =>
        UserResource.Of((await bus.Ask<ChangedPerson>(new LockStep(caller, id.Value, false), ct)).Person, clock.GetUtcNow());

    /// <summary>Compares a password with a person's. A wrong one counts like one at a sign-in, and after too many nothing is compared for a while.</summary>
    public static async Task<IResult> VerifyPassword(UserId id, VerifyPasswordRequest request, Caller caller, IMessageBus bus, CancellationToken ct) =>
        await bus.Ask<PasswordAnswer>(request.For(caller, id), ct);

    /// <summary>Refused, for everybody: a session comes only from a sign-in (R03).</summary>
    public static void CreateSession() => throw Problems.NoSessionsMade.Refuse();

    /// <summary>2-step verification for one number.</summary>
    public static async Task<PhoneNumberResource> ChangePhoneNumber(IdentifierId id, ChangePhoneNumberRequest request, Caller caller, IMessageBus bus, CancellationToken ct)
    {
        var changed = await bus.Ask<ChangedPerson>(request.For(caller, id), ct);
        return PhoneNumberResource.Of(changed.Person.User.PhoneNumbers.Find(number => number.Id == id.Value)!, changed.Person);
    }
}

/// <summary>What to change about a number; what is left out stays.</summary>
public sealed record ChangePhoneNumberRequest(bool? ReservedForSecondFactor, bool? DefaultSecondFactor) : IFromFields<ChangePhoneNumberRequest>
{
    /// <inheritdoc />
    public static ChangePhoneNumberRequest From(Fields fields) => new(fields.Flag("reserved_for_second_factor"), fields.Flag("default_second_factor"));

    internal ChangePhoneNumberStep For(Caller caller, IdentifierId id) => new(caller, id.Value, ReservedForSecondFactor, DefaultSecondFactor);
}
