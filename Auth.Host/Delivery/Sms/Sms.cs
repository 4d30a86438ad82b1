using System.Net;
using Auth.Host.Instances;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Wolverine;

namespace Auth.Host.Delivery.Sms;

/// <summary>Texts: the settings, the sender, and the way back for delivery reports.</summary>
public static class Sms
{
    /// <summary>Registers <see cref="ISmsSender"/> and <see cref="SmsAvailability"/>, over Sinch.</summary>
    public static WebApplicationBuilder AddSms(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<SinchOptions>().BindConfiguration(SinchOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SinchOptions>, SinchOptionsRules>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ISinchAccount, ConfiguredSinchAccount>();
        services.AddSingleton(provider => provider.GetRequiredService<ISinchAccount>().Availability);
        services.AddHttpClient(SinchWire.ClientName, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                AutomaticDecompression = DecompressionMethods.All,
                ConnectTimeout = TimeSpan.FromSeconds(5),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            })
            .RemoveAllLoggers();
        services.AddSingleton<SinchWire>();
        services.AddSingleton<SinchTokens>();
        services.AddSingleton<SinchBatches>();
        services.AddSingleton<ISmsSender, SinchSmsSender>();
        services.AddSingleton<SinchHook>();
        return builder;
    }

    /// <summary>Where Sinch posts its delivery reports; <c>Sinch:CallbackUrl</c> must lead here.</summary>
    public static IEndpointRouteBuilder MapSinchHooks(this IEndpointRouteBuilder app)
    {
        app.MapPost("/hooks/sinch/sms", (HttpRequest request, SinchHook hook, IMessageBus bus, CancellationToken ct) => hook.TakeAsync(request, bus, ct))
            .OfNoInstance().ExcludeFromDescription();
        return app;
    }
}
