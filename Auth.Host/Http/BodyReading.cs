using System.Net.Http.Headers;

namespace Auth.Host.Http;

/// <summary>
/// Reads the body of a <c>/v1</c> request before anything else looks at it (R78), and turns
/// <c>POST …?_method=PATCH</c>, which is how Clerk's clients say PATCH, PUT and DELETE, into what it means.
/// </summary>
public static class BodyReading
{
    /// <summary>BODY_MAX.</summary>
    public const int LargestBody = 16 * 1024;
    private const string MethodName = "_method";

    public static Task Read(HttpContext http, RequestDelegate next) =>
        http.Request.Path.StartsWithSegments("/v1") ? ReadThen(http, next) : next(http);

    private static async Task ReadThen(HttpContext http, RequestDelegate next)
    {
        var fields = Fields.None;
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method) && !HttpMethods.IsOptions(http.Request.Method))
        {
            var body = await Bytes(http);
            if (body.Length > 0) fields = Parse(http.Request, body);
            http.Features.Set(fields);
        }

        if (HttpMethods.IsPost(http.Request.Method)) http.Request.Method = Meant(http.Request, fields);
        await next(http);
    }

    private static string Meant(HttpRequest request, Fields fields) =>
        (request.Query.TryGetValue(MethodName, out var asked) ? asked.ToString() : fields[MethodName].OrNull()) switch
        {
            null or "" or "POST" => HttpMethods.Post,
            "PATCH" => HttpMethods.Patch,
            "PUT" => HttpMethods.Put,
            "DELETE" => HttpMethods.Delete,
            _ => throw Problems.MethodNotAllowed.Refuse(),
        };

    private static Fields Parse(HttpRequest request, byte[] body)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || request.Headers.ContentEncoding.Count > 0) throw Problems.UnsupportedContent.Refuse();
        if (type.CharSet is { } charset && !charset.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase)) throw Problems.UnsupportedContent.Refuse();
        return type.MediaType?.ToLowerInvariant() switch
        {
            "application/json" => BodyFormats.Json(body),
            "application/x-www-form-urlencoded" => BodyFormats.Form(body),
            _ => throw Problems.UnsupportedContent.Refuse(),
        };
    }

    private static async Task<byte[]> Bytes(HttpContext http)
    {
        if (http.Request.ContentLength > LargestBody) throw Problems.BodyTooLarge.Refuse();
        var bytes = new byte[Math.Min((int?)http.Request.ContentLength ?? LargestBody, LargestBody) + 1];
        var length = await http.Request.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, http.RequestAborted);
        return length > LargestBody ? throw Problems.BodyTooLarge.Refuse() : bytes[..length];
    }
}
