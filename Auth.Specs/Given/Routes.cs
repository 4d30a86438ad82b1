using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.Specs.Given;

/// <summary>Every route of the APIs, as the host itself knows them; the fake provider's own pages are not ours to answer for: they play Sinch, in Sinch's words.</summary>
public static class Routes
{
    /// <summary>Method and path, with <paramref name="value"/> wherever a path takes one.</summary>
    public static IEnumerable<(string Method, string Path)> Of(RunningHost host, string value) => Of(host, _ => value);

    /// <summary>Method and path, with a value wherever a path takes one: by the word that stands before it.</summary>
    public static IEnumerable<(string Method, string Path)> Of(RunningHost host, Func<string, string> value) =>
        from endpoint in host.Alba.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        let words = endpoint.RoutePattern.PathSegments
        let path = "/" + string.Join('/', words.Select((word, n) => string.Concat(word.Parts.Select(part => part is RoutePatternLiteralPart literal ? literal.Content : value(n > 0 ? Word(words[n - 1]) : "")))))
        where path.StartsWith("/v1/", StringComparison.Ordinal)
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        select (method, path);

    private static string Word(RoutePatternPathSegment segment) => string.Concat(segment.Parts.OfType<RoutePatternLiteralPart>().Select(part => part.Content));
}
