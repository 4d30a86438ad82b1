namespace Auth.Host.Http;

/// <summary>What an endpoint reads, for the OpenAPI document: the same members from JSON and from a form.</summary>
public static class RequestDocs
{
    /// <summary>This request body.</summary>
    public static RouteHandlerBuilder Reads<T>(this RouteHandlerBuilder endpoint) where T : notnull =>
        endpoint.Accepts<T>("application/json", "application/x-www-form-urlencoded");
}
