using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Auth.Specs.Tokens;

/// <summary>An app as docs/tokens.md shows it: what stands between the marks stands on that page.</summary>
public static class AnAppOfYours
{
    public static async Task<WebApplication> Start(string auth)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");

        // docs/tokens.md >>
        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(options =>
        {
            options.Authority = auth;                                              // the Auth:PublicUrl of the service
            options.RequireHttpsMetadata = auth.StartsWith("https://", StringComparison.Ordinal);
            options.MapInboundClaims = false;                                      // sub stays sub
            options.TokenValidationParameters.ValidateAudience = false;            // or ValidAudience = Auth:Tokens:Audience
            options.TokenValidationParameters.ValidAlgorithms = ["ES256"];
            options.TokenValidationParameters.ValidTypes = ["JWT"];
            options.TokenValidationParameters.ClockSkew = TimeSpan.FromSeconds(5); // five minutes would outlive a revocation
        });
        builder.Services.AddAuthorization();

        var app = builder.Build();
        app.MapGet("/me", (ClaimsPrincipal person) => person.FindFirstValue("sub")).RequireAuthorization();
        // << docs/tokens.md

        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
