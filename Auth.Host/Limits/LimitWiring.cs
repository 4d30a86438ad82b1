using Auth.Host.Http;
using Auth.Host.Instances;
using Marten;

namespace Auth.Host.Limits;

/// <summary>Wires the limits per address.</summary>
public static class LimitWiring
{
    private sealed record Counted(LimitKind Kind);

    /// <summary>Adds the counters and their merging. Needs the document store, registered with <see cref="Register"/>, and the keyring.</summary>
    public static WebApplicationBuilder AddLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(services => AddressDials.From(services.GetRequiredService<IConfiguration>(), services.GetRequiredService<IHostEnvironment>()));
        builder.Services.AddSingleton<AddressLimits>();
        builder.Services.AddSingleton<RefusedRequests>();
        builder.Services.AddSingleton<IRefusalWitness>(services => services.GetRequiredService<RefusedRequests>());
        builder.Services.AddHostedService<LimitMerging>();
        builder.Services.AddHostedService<TextedCountries>();
        return builder;
    }

    /// <summary>The tables that hosts share.</summary>
    public static void Register(StoreOptions options)
    {
        // As features of their own they would stand in the schema in the order of their hash codes, which is another one in each program.
        foreach (var table in new LimitTable(options).Objects.Concat(new TextTable(options).Objects)) options.Storage.ExtendedSchemaObjects.Add(table);
    }

    /// <summary>Counts requests to this endpoint per address, before anything of them is read.</summary>
    public static TBuilder CountedAs<TBuilder>(this TBuilder endpoint, LimitKind kind) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new Counted(kind));

    /// <summary>After <c>UseHttp</c>: over the limit is 429 with Retry-After, whatever was asked (R55).</summary>
    public static WebApplication UseLimits(this WebApplication app)
    {
        var (limits, clock) = (app.Services.GetRequiredService<AddressLimits>(), app.Services.GetRequiredService<TimeProvider>());
        app.Use((HttpContext http, RequestDelegate next) =>
            http.GetEndpoint()?.Metadata.GetMetadata<Counted>() is { } counted && limits.Wait(counted.Kind, Tenant.Of(http).Id, Caller.Of(http).Address, clock.GetUtcNow()) is { } wait
                ? throw Problems.TooManyRequests.After(wait).Refuse()
                : next(http));
        return app;
    }
}
