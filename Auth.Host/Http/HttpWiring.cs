namespace Auth.Host.Http;

/// <summary>How requests come in and errors go out.</summary>
public static class HttpWiring
{
    public static WebApplicationBuilder AddHttp(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = BodyReading.LargestBody;
        });
        builder.Services.AddSingleton<Failures>();
        return builder;
    }

    public static WebApplication UseHttp(this WebApplication app)
    {
        var failures = app.Services.GetRequiredService<Failures>();
        app.Use(failures.Answer);
        app.UsePathBase("/__clerk");
        app.Use(BodyReading.Read);
        app.UseRouting();
        app.MapProblemPages();
        return app;
    }
}
