using Auth.Host.Delivery.Sms;

namespace Auth.Host.Delivery.FakeSinch;

/// <summary>Lets a call in with the right bearer value for the right plan or project, and refuses as the provider does.</summary>
internal sealed class FakeGate(FakeSecrets secrets, FakeFaults faults, TimeProvider clock) : IEndpointFilter
{
    private const string Scheme = "Bearer ";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var header = http.Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return Refuse(http, "error=\"invalid_request\", error_description=\"no bearer token\"");
        if (faults.Strikes(FaultKind.ExpiredToken)) return Expired(http, clock.GetUtcNow());
        var (id, ended) = await secrets.WhoAsync(header[Scheme.Length..].Trim(), http.RequestAborted);
        if (ended is { } at) return Expired(http, at);
        if (id is null) return Refuse(http, "error=\"invalid_token\", error_description=\"unknown token\"");
        return id == (string?)http.Request.RouteValues["id"] ? await next(context) : Results.NotFound();
    }

    private static IResult Expired(HttpContext http, DateTimeOffset at) =>
        Refuse(http, $"error=\"invalid_token\", error_description=\"Jwt expired at {SinchJson.Moment(at)}\"");

    private static IResult Refuse(HttpContext http, string why)
    {
        http.Response.Headers.WWWAuthenticate = Scheme + why;
        return Results.StatusCode(StatusCodes.Status401Unauthorized);
    }
}
