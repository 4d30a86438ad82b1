using Auth.Host.Clients;
using Auth.Host.Http;
using Auth.Host.Limits;
using Auth.Host.Passwords;
using Auth.Host.Resources;
using Auth.Host.Users;
using Auth.Host.Wiring;
using Wolverine;

namespace Auth.Host.SignIns;

/// <summary>The five steps of a sign-in, one sentence each (guide, custom flow).</summary>
public static class SignInEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapSignIns(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/v1/client/sign_ins").WithTags("Frontend API: sign-ins");
        api.MapPost("/", Create).CountedAs(LimitKind.Create).Reads<CreateSignInRequest>().Produces<ClientEnvelope>();
        api.MapGet("/{id}", Get).Produces<ClientEnvelope>();
        api.MapPost("/{id}/prepare_first_factor", PrepareFirstFactor).CountedAs(LimitKind.Attempt).Reads<PrepareFirstFactorRequest>().Produces<ClientEnvelope>();
        api.MapPost("/{id}/attempt_first_factor", AttemptFirstFactor).CountedAs(LimitKind.Attempt).Reads<AttemptFirstFactorRequest>().Produces<ClientEnvelope>();
        api.MapPost("/{id}/reset_password", ResetPassword).CountedAs(LimitKind.Attempt).Reads<ResetPasswordRequest>().Produces<ClientEnvelope>();
        api.MapPost("/{id}/prepare_second_factor", PrepareSecondFactor).CountedAs(LimitKind.Attempt).Reads<PrepareSecondFactorRequest>().Produces<ClientEnvelope>();
        api.MapPost("/{id}/attempt_second_factor", AttemptSecondFactor).CountedAs(LimitKind.Attempt).Reads<AttemptSecondFactorRequest>().Produces<ClientEnvelope>();
    }

    /// <summary>Step 1, and with a password steps 1 to 3.</summary>
    public static Task<Answer> Create(CreateSignInRequest request, Caller caller, IMessageBus bus, CancellationToken ct) => bus.Ask<Answer>(request.For(caller), ct);

    /// <summary>Where a sign-in stands.</summary>
    public static async Task<ClientEnvelope> Get(SignInId id, Caller caller, ClientView clients, CancellationToken ct) =>
        await clients.SignIn(id, caller, ct) ?? throw Problems.NotFound.Refuse();

    /// <summary>Step 2.</summary>
    public static Task<Answer> PrepareFirstFactor(SignInId id, PrepareFirstFactorRequest request, Caller caller, IMessageBus bus, CancellationToken ct) => bus.Ask<Answer>(request.For(id, caller), ct);

    /// <summary>Step 3.</summary>
    public static Task<Answer> AttemptFirstFactor(SignInId id, AttemptFirstFactorRequest request, Caller caller, IMessageBus bus, CancellationToken ct) => bus.Ask<Answer>(request.For(id, caller), ct);

    /// <summary>After a forgotten password: the new one.</summary>
    public static Task<Answer> ResetPassword(SignInId id, ResetPasswordRequest request, Caller caller, IMessageBus bus, CancellationToken ct) => bus.Ask<Answer>(request.For(id, caller), ct);

    /// <summary>Step 4.</summary>
    public static Task<Answer> PrepareSecondFactor(SignInId id, PrepareSecondFactorRequest request, Caller caller, IMessageBus bus, CancellationToken ct) => bus.Ask<Answer>(request.For(id, caller), ct);

    /// <summary>Step 5.</summary>
    public static Task<Answer> AttemptSecondFactor(SignInId id, AttemptSecondFactorRequest request, Caller caller, IMessageBus bus, CancellationToken ct) => bus.Ask<Answer>(request.For(id, caller), ct);
}
