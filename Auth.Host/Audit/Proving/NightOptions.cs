using System.Globalization;
using Auth.Host.Wiring;

namespace Auth.Host.Audit.Proving;

/// <summary>When each night everything is verified (<c>Auth:Verify:At</c>).</summary>
/// <param name="At">The time of day, UTC; null for never.</param>
public sealed record NightOptions(TimeOnly? At)
{
    private const string Key = "Auth:Verify:At", Format = "HH:mm";

    /// <summary>Read at start, or the start fails with a sentence.</summary>
    public static NightOptions From(IConfiguration configuration) => configuration[Key] switch
    {
        null or "" => new(new TimeOnly(2, 30)),
        "off" => new((TimeOnly?)null),
        var text => TimeOnly.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? new(at) : throw new SettingException($"{Key} holds '{text}': give a time of day in UTC such as 02:30, or off."),
    };

    /// <summary>Whether that hour has passed since <paramref name="last"/>.</summary>
    public bool IsDue(DateTimeOffset now, DateTimeOffset last)
    {
        if (At is not { } at) return false;
        var today = new DateTimeOffset(now.UtcDateTime.Date.Add(at.ToTimeSpan()), TimeSpan.Zero);
        return last < (now < today ? today.AddDays(-1) : today);
    }
}
