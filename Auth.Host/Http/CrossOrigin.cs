using Auth.Host.Instances;
using Microsoft.Net.Http.Headers;

namespace Auth.Host.Http;

/// <summary>Lets pages of allowed origins, and no others, read what <c>/v1</c> answers.</summary>
public static class CrossOrigin
{
    /// <summary>Answers what a browser asks before it asks, and says who may read the rest.</summary>
    public static Task Answer(HttpContext http, RequestDelegate next)
    {
        if (!http.Request.Path.StartsWithSegments("/v1")) return next(http);
        var (request, headers) = (http.Request, http.Response.Headers);
        headers.Append(HeaderNames.Vary, HeaderNames.Origin);
        headers.CacheControl = "no-store";
        if (request.Headers.Origin.ToString() is not { Length: > 0 } origin || http.Features.Get<Tenant>()?.Door.Allows(origin, request) is not true) return next(http);

        headers.AccessControlAllowOrigin = origin;
        headers.AccessControlAllowCredentials = "true";
        headers.AccessControlExposeHeaders = "Authorization, Retry-After, ETag";
        if (!HttpMethods.IsOptions(request.Method) || request.Headers.AccessControlRequestMethod.Count == 0) return next(http);

        headers.AccessControlAllowMethods = "GET, POST, PUT, PATCH, DELETE";
        headers.AccessControlAllowHeaders = request.Headers.AccessControlRequestHeaders;
        headers.AccessControlMaxAge = "600";
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
