using Auth.Domain.SignIns;
using Auth.Domain.Verifications;
using Auth.Host.Clients;
using Auth.Host.Factors;
using Auth.Host.Http;
using Auth.Host.Limits;
using Auth.Host.Me;
using Auth.Host.Resources;
using Wolverine;

namespace Auth.Host.Sessions;

/// <summary>Step-up: a session proves it once more (Clerk's session reverification).</summary>
public static class StepUpEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapStepUp(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/v1/client/sessions/{id}/verify").WithTags("Frontend API: step-up");
        api.MapPost("/", Begin).CountedAs(LimitKind.Attempt).Reads<StepUpRequest>().Produces<ClientEnvelope>();
        api.MapPost("/prepare_first_factor", PrepareFirst).CountedAs(LimitKind.Attempt).Reads<PrepareStepUpRequest>().Produces<ClientEnvelope>();
        api.MapPost("/attempt_first_factor", AttemptFirst).CountedAs(LimitKind.Attempt).Reads<AttemptStepUpRequest>().Produces<ClientEnvelope>();
        api.MapPost("/prepare_second_factor", PrepareSecond).CountedAs(LimitKind.Attempt).Reads<PrepareStepUpRequest>().Produces<ClientEnvelope>();
        api.MapPost("/attempt_second_factor", AttemptSecond).CountedAs(LimitKind.Attempt).Reads<AttemptStepUpRequest>().Produces<ClientEnvelope>();
    }

    /// <summary>Begins one.</summary>
    public static Task<IResult> Begin(SessionId id, StepUpRequest request, Caller caller, IMessageBus bus, ClientView clients, CancellationToken ct) =>
        bus.AskAs(new(caller, id.ToString()), new BeginStepUpStep(new(caller, id.ToString()), request.Read()), clients, ct);

    /// <summary>Has a code sent for the first factor.</summary>
    public static Task<IResult> PrepareFirst(SessionId id, PrepareStepUpRequest request, Caller caller, IMessageBus bus, ClientView clients, CancellationToken ct) =>
        bus.AskAs(new(caller, id.ToString()), request.For(new(caller, id.ToString()), Level.FirstFactor), clients, ct);

    /// <summary>Offers a first factor.</summary>
    public static Task<IResult> AttemptFirst(SessionId id, AttemptStepUpRequest request, Caller caller, IMessageBus bus, ClientView clients, CancellationToken ct) =>
        bus.AskAs(new(caller, id.ToString()), request.For(new(caller, id.ToString()), Level.FirstFactor), clients, ct);

    /// <summary>Has a code sent for the second factor.</summary>
    public static Task<IResult> PrepareSecond(SessionId id, PrepareStepUpRequest request, Caller caller, IMessageBus bus, ClientView clients, CancellationToken ct) =>
        bus.AskAs(new(caller, id.ToString()), request.For(new(caller, id.ToString()), Level.SecondFactor), clients, ct);

    /// <summary>Offers a second factor.</summary>
    public static Task<IResult> AttemptSecond(SessionId id, AttemptStepUpRequest request, Caller caller, IMessageBus bus, ClientView clients, CancellationToken ct) =>
        bus.AskAs(new(caller, id.ToString()), request.For(new(caller, id.ToString()), Level.SecondFactor), clients, ct);
}

/// <summary>How much to prove.</summary>
/// <param name="Level"><c>first_factor</c>, <c>second_factor</c> or <c>multi_factor</c>.</param>
public sealed record StepUpRequest(string? Level) : IFromFields<StepUpRequest>
{
    /// <inheritdoc />
    public static StepUpRequest From(Fields fields) => new(fields.Text("level").OrNull());

    internal Level Read() => StepUpResource.Named(Level) ?? throw Problems.FieldUnknownValue.About("level").Refuse();
}

/// <summary>Where to send a code.</summary>
/// <param name="EmailAddressId">For <c>email_code</c>.</param>
/// <param name="PhoneNumberId">For <c>phone_code</c>; the default second factor where none is named.</param>
public sealed record PrepareStepUpRequest(string Strategy, string? EmailAddressId, string? PhoneNumberId) : IFromFields<PrepareStepUpRequest>
{
    /// <inheritdoc />
    public static PrepareStepUpRequest From(Fields fields) =>
        new(fields.Text("strategy").Given(), fields.Text("email_address_id").OrNull(), fields.Text("phone_number_id").OrNull());

    internal PrepareStepUpStep For(Speaker me, Level level) =>
        new(me, level, Strategies.Named(Strategy), (EmailAddressId ?? PhoneNumberId) is { } named ? IdentifierId.TryParse(named, out var id) ? id.Value : Guid.Empty : null);
}

/// <summary>A proof.</summary>
/// <param name="Password">For <c>password</c>.</param>
/// <param name="PublicKeyCredential">For <c>passkey</c>: the JSON of <c>PublicKeyCredential.toJSON()</c>, as text.</param>
/// <param name="Code">For all others.</param>
public sealed record AttemptStepUpRequest(string Strategy, string? Password, string? Code, string? PublicKeyCredential) : IFromFields<AttemptStepUpRequest>
{
    private Offer? Offer { get; init; }

    /// <inheritdoc />
    public static AttemptStepUpRequest From(Fields fields)
    {
        var strategy = fields.Text("strategy").Given();
        return new(strategy, null, null, null) { Offer = fields.Offer(Strategies.Named(strategy)) };
    }

    internal AttemptStepUpStep For(Speaker me, Level level) => new(me, level, Strategies.Named(Strategy), Offer);

    /// <summary>Nothing of it.</summary>
    public override string ToString() => "AttemptStepUpRequest(hidden)";
}
