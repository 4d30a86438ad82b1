using System.Text.Json.Serialization;
using Auth.Domain.Tickets;
using Auth.Host.Http;
using Auth.Host.Wiring;
using Wolverine;

namespace Auth.Host.Tickets;

/// <summary>Tickets in the Backend API (Clerk's sign-in tokens).</summary>
public static class TicketEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapTickets(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/v1/sign_in_tokens").RequireSecretKey().WithTags("Backend API: tickets");
        api.MapPost("/", Make).Reads<MakeTicketRequest>().Produces<TicketResource>();
        api.MapPost("/{id}/revoke", Revoke).Produces<TicketResource>();
    }

    /// <summary>Makes a link that signs somebody in once.</summary>
    public static async Task<TicketResource> Make(MakeTicketRequest request, Caller caller, FrontDoor door, IMessageBus bus, CancellationToken ct) =>
        TicketResource.Of(await bus.Ask<MadeTicket>(request.For(caller), ct), door);

    /// <summary>Takes it back.</summary>
    public static async Task<TicketResource> Revoke(TicketId id, Caller caller, FrontDoor door, IMessageBus bus, CancellationToken ct) =>
        TicketResource.Of(await bus.Ask<MadeTicket>(new RevokeTicketStep(caller, id.Value), ct), door);
}

/// <summary>For whom a ticket is wanted.</summary>
/// <param name="UserId">Whom it signs in.</param>
/// <param name="ExpiresInSeconds">How long it is good for; 30 days where nothing is said, and at most.</param>
public sealed record MakeTicketRequest(string UserId, int? ExpiresInSeconds) : IFromFields<MakeTicketRequest>
{
    /// <inheritdoc />
    public static MakeTicketRequest From(Fields fields) =>
        new(fields.Text("user_id").Given(), fields["expires_in_seconds"] is var life && life.Count is 0 ? throw life.Unknown() : life.Count);

    internal MakeTicketStep For(Caller caller) =>
        new(caller, Http.UserId.TryParse(UserId, out var user) ? user.Value : Guid.Empty, ExpiresInSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
}

/// <summary>A ticket (Clerk's <c>SignInToken</c>).</summary>
/// <param name="Status">pending, accepted or revoked.</param>
/// <param name="Token">The ticket itself, once, when it is made.</param>
/// <param name="Url">Where it signs in; once, too.</param>
public sealed record TicketResource(
    string Object, string Id, string Status, string UserId, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Token, string? Url, long CreatedAt, long UpdatedAt)
{
    /// <summary>The resource.</summary>
    public static TicketResource Of(MadeTicket made, FrontDoor door) => new(
        "sign_in_token", new TicketId(made.Ticket.Id).ToString(), made.Ticket.End switch { TicketUsed => "accepted", TicketRevoked => "revoked", _ => "pending" },
        new UserId(made.Ticket.Made.User).ToString(), made.Secret?.Text, made.Secret is { } secret ? new Uri(door.PublicUrl, $"/sign-in?__clerk_ticket={secret.Text}").ToString() : null,
        made.Ticket.MadeAt.ToUnixTimeMilliseconds(), made.Ticket.ChangedAt.ToUnixTimeMilliseconds());

    /// <summary>Never the ticket.</summary>
    public override string ToString() => $"TicketResource({Id})";
}
