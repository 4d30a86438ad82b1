using Auth.Host.Http;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace Auth.Host.Wiring;

/// <summary>The API document (OpenAPI 3.1), and in Development a page to read and try it at <c>/docs</c>.</summary>
public static class OpenApi
{
    /// <summary>Adds the document.</summary>
    public static void AddOpenApiDocument(this WebApplicationBuilder builder) => builder.Services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new() { Title = "Auth", Version = "v1", Description = "Multi-factor sign-in. Shapes follow Clerk's Frontend and Backend API; errors are RFC 9457 problems, listed at /problems." };
            document.Servers = [];
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, _, _) =>
        {
            operation.Responses ??= [];
            operation.Responses["default"] = new OpenApiResponse { Description = "A problem (RFC 9457, application/problem+json) with Clerk's errors beside it; every code is listed at /problems." };
            return Task.CompletedTask;
        });
    });

    /// <summary>Maps the document and the page, in Development.</summary>
    public static void MapOpenApiDocument(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment()) return;
        app.MapOpenApi("/openapi/{documentName}.json");
        app.MapScalarApiReference("/docs", page => page.WithTitle("Auth").DisableDefaultFonts()).LoadsWhatItWants();
    }
}
