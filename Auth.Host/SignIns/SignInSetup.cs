using System.Text.Json;
using System.Text.Json.Serialization;
using Auth.Domain.SignIns;
using Auth.Host.Clients;
using Auth.Host.Delivery;
using Auth.Host.Factors;
using Auth.Host.Users;

namespace Auth.Host.SignIns;

/// <summary>Wires what the steps need besides the store, the keys and the bus.</summary>
public static class SignInSetup
{
    /// <summary>Adds the dials, the drawing of answers, and the readings of the two APIs.</summary>
    public static void AddSignIns(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Drawing>();
        builder.Services.AddSingleton<Comparing>();
        builder.Services.AddSingleton<CodeCarrier>();
        builder.Services.AddSingleton<Sweep>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Sweep>());
        builder.Services.AddSingleton<ClientView>();
        builder.Services.AddSingleton<PeopleReading>();
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.Never;
        });
    }
}
