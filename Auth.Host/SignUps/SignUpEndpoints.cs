using Auth.Host.Http;
using Auth.Host.Limits;
using Auth.Host.Resources;
using Auth.Host.Wiring;
using Wolverine;

namespace Auth.Host.SignUps;

/// <summary>The steps of a sign-up, one sentence each.</summary>
public static class SignUpEndpoints
{
    /// <summary>Wires what they need.</summary>
    public static void AddSignUps(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(services => SignUpMode.From(services.GetRequiredService<IConfiguration>()));
        builder.Services.AddSingleton<SignUpView>();
    }

    /// <summary>Maps them.</summary>
    public static void MapSignUps(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/v1/client/sign_ups").WithTags("Frontend API: sign-ups");
        api.MapPost("/", Create).CountedAs(LimitKind.Create).Reads<SignUpRequest>().Produces<ClientEnvelope>();
        api.MapGet("/{id}", Get).Produces<ClientEnvelope>();
        api.MapPatch("/{id}", Give).CountedAs(LimitKind.Attempt).Reads<SignUpRequest>().Produces<ClientEnvelope>();
        api.MapPost("/{id}/prepare_verification", Prepare).CountedAs(LimitKind.Attempt).Reads<PrepareSignUpRequest>().Produces<ClientEnvelope>();
        api.MapPost("/{id}/attempt_verification", Attempt).CountedAs(LimitKind.Attempt).Reads<AttemptSignUpRequest>().Produces<ClientEnvelope>();
    }

    /// <summary>Begins one.</summary>
    public static Task<SignUpAnswer> Create(SignUpRequest request, Caller caller, IMessageBus bus, CancellationToken ct) => bus.Ask<SignUpAnswer>(request.For(caller), ct);

    /// <summary>Where it stands.</summary>
    public static async Task<ClientEnvelope> Get(SignUpId id, Caller caller, SignUpView signUps, CancellationToken ct) =>
        await signUps.One(id, caller, ct) ?? throw Problems.NotFound.Refuse();

    /// <summary>Gives more, or something else instead.</summary>
    public static Task<SignUpAnswer> Give(SignUpId id, SignUpRequest request, Caller caller, IMessageBus bus, CancellationToken ct) => bus.Ask<SignUpAnswer>(request.For(id, caller), ct);

    /// <summary>Has a code sent.</summary>
    public static Task<SignUpAnswer> Prepare(SignUpId id, PrepareSignUpRequest request, Caller caller, IMessageBus bus, CancellationToken ct) => bus.Ask<SignUpAnswer>(request.For(id, caller), ct);

    /// <summary>Offers it.</summary>
    public static Task<SignUpAnswer> Attempt(SignUpId id, AttemptSignUpRequest request, Caller caller, IMessageBus bus, CancellationToken ct) => bus.Ask<SignUpAnswer>(request.For(id, caller), ct);
}
