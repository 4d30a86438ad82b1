namespace Auth.Host.Instances;

/// <summary>Wires the settings.</summary>
public static class SettingsSetup
{
    /// <summary>Adds their drawing, their reading, and who keeps the front door up to date.</summary>
    public static void AddSettings(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SettingsDrawing>();
        builder.Services.AddSingleton<SettingsReading>();
        builder.Services.AddHostedService<SettingsFollowing>();
    }
}
