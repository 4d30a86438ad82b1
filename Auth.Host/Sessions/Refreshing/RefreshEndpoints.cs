using Auth.Host.Http;
using Auth.Host.Wiring;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Wolverine;

namespace Auth.Host.Sessions.Refreshing;

/// <summary>How an app's backend keeps a browser signed in on its own host (Clerk's handshake and refresh).</summary>
public static class RefreshEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapRefreshing(this IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/client/handshake", (Delegate)Handshake).WithTags("Frontend API: client and sessions").Produces(307);
        var api = app.MapGroup("/v1").RequireSecretKey().WithTags("Backend API: sessions");
        api.MapPost("/sessions/{id}/refresh", Refresh).Reads<RefreshRequest>().Produces<CookiesResource>();
        api.MapGet("/clients/handshake_payload", Payload).Produces<HandshakePayloadResource>();
    }

    /// <summary>Looks who sits at the browser, and goes back to an allowed page (R83).</summary>
    public static async Task<RedirectHttpResult> Handshake(
        [FromQuery(Name = "redirect_url")] string? redirectUrl, string? format, HttpContext http, Caller caller, FrontDoor door, IMessageBus bus, CancellationToken ct)
    {
        if (!door.AllowsRedirect(redirectUrl, http.Request)) throw Problems.RedirectNotAllowed.Refuse();
        if (format is not (null or "token" or "nonce")) throw Problems.FieldUnknownValue.About("format").Refuse();
        var found = await bus.Ask<HandshakeAnswer>(new HandshakeStep(caller, new Uri(redirectUrl!).GetLeftPart(UriPartial.Authority), format is "nonce"), ct);
        return TypedResults.Redirect(QueryHelpers.AddQueryString(redirectUrl!, found.Name, found.Value), permanent: false, preserveMethod: true);
    }

    /// <summary>What a handshake found, for whoever has the secret key and its word, once.</summary>
    public static Task<HandshakePayloadResource> Payload([FromQuery] string? nonce, Caller caller, IMessageBus bus, CancellationToken ct) =>
        bus.Ask<HandshakePayloadResource>(new HandshakePayloadStep(caller, RefreshSecret.Read(RefreshSecret.Handshake, nonce) ?? throw Problems.NotFound.Refuse()), ct);

    /// <summary>Another token, and another refresh value. Whatever is not right is one answer, which sends the browser to a handshake.</summary>
    public static async Task<CookiesResource> Refresh(SessionId id, RefreshRequest request, Caller caller, FrontDoor door, HttpContext http, IMessageBus bus, CancellationToken ct) =>
        request.For(caller, id, door, http.Request) is { } step && (await bus.Ask<RefreshAnswer>(step, ct)).Cookies is { } cookies ? new("cookies", cookies) : throw Problems.NotAuthenticated.Refuse();
}

/// <summary>What an app's backend has of a browser.</summary>
/// <param name="ExpiredToken">The session token, which may be dead.</param>
/// <param name="RefreshToken">The refresh value.</param>
/// <param name="RequestOrigin">The app's origin.</param>
/// <param name="Format"><c>cookie</c>. The answer of the other, <c>token</c>, has no room for the next value, so it is refused and nothing is used up.</param>
public sealed record RefreshRequest(string ExpiredToken, string RefreshToken, string RequestOrigin, string? Format) : IFromFields<RefreshRequest>
{
    private const int LongestToken = 4096;

    /// <inheritdoc />
    public static RefreshRequest From(Fields fields) => new(
        fields.Text("expired_token").Given(LongestToken), fields.Text("refresh_token").Given(), fields.Text("request_origin").Given(), fields.Text("format").OrNull());

    internal RefreshSessionStep? For(Caller caller, SessionId id, FrontDoor door, HttpRequest request) => Format switch
    {
        not (null or "token" or "cookie") => throw Problems.FieldUnknownValue.About("format").Refuse(),
        "cookie" when RefreshSecret.Read(RefreshSecret.Refresh, RefreshToken) is { } value && FrontDoor.Origin(RequestOrigin) is { } origin && door.Allows(origin, request)
            => new(caller, id.Value, ExpiredToken, value, origin),
        _ => null,
    };

    /// <summary>Nothing of it.</summary>
    public override string ToString() => "RefreshRequest(hidden)";
}

/// <summary>Cookies to set (Clerk's <c>Cookies</c>, a closed shape).</summary>
public sealed record CookiesResource(string Object, IReadOnlyList<string> Cookies)
{
    /// <summary>No value in a log.</summary>
    public override string ToString() => "CookiesResource(hidden)";
}
