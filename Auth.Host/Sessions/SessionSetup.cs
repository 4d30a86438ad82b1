namespace Auth.Host.Sessions;

/// <summary>Wires what reads sessions.</summary>
public static class SessionSetup
{
    /// <summary>Adds the readings of the two APIs.</summary>
    public static void AddSessions(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<OwnSessions>();
        builder.Services.AddSingleton<OperatorsSessions>();
    }
}
