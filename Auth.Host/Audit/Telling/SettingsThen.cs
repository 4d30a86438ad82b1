using System.Globalization;
using Auth.Domain.Instances;
using Auth.Projections;
using JasperFx.Events;

namespace Auth.Host.Audit.Telling;

/// <summary>The operator's settings, all versions that were ever in force, by their number.</summary>
public sealed record SettingsThen(IReadOnlyDictionary<long, Settings> Versions)
{
    /// <summary>As shipped, which is version 0.</summary>
    public static SettingsThen Shipped { get; } = new(new Dictionary<long, Settings> { [0] = Settings.Shipped });

    /// <summary>Those that an event was decided under: its header says which version.</summary>
    public Settings Of(IEvent e) =>
        long.TryParse(e.GetHeader(EventHeaders.Settings)?.ToString(), CultureInfo.InvariantCulture, out var version) && Versions.TryGetValue(version, out var settings) ? settings : Settings.Shipped;
}
