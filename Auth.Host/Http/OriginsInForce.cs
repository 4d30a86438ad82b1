using Auth.Domain.Instances;

namespace Auth.Host.Http;

/// <summary>What the settings in force let in at the front door, without asking the database: as they were at most a second ago.</summary>
public sealed class OriginsInForce
{
    private volatile Settings _settings = Settings.Shipped;

    /// <summary>These are in force now.</summary>
    public void Follow(Settings settings) => _settings = settings;

    internal bool Allows(string origin) => _settings.AllowedOrigins.Contains(origin);

    internal bool AllowsRedirect(Uri url) => _settings.RedirectUrls.Contains(url.AbsoluteUri);
}
