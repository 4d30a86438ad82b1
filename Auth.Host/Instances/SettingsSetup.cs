namespace Auth.Host.Instances;

/// <summary>Wires the settings.</summary>
public static class SettingsSetup
{
    /// <summary>Adds their drawing and their reading.</summary>
    public static void AddSettings(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SettingsDrawing>();
        builder.Services.AddSingleton<SettingsReading>();
    }
}
