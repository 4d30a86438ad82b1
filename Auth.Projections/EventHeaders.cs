using Auth.Domain;

namespace Auth.Projections;

/// <summary>What is stored beside every event, and under which name. Like event names, these are for ever.</summary>
public static class EventHeaders
{
    /// <summary>The number of the settings in force.</summary>
    public const string Settings = "settings";

    /// <summary>Where the request came from, sealed.</summary>
    public const string Address = "address";

    /// <summary>What the caller's program calls itself, sealed.</summary>
    public const string Agent = "agent";

    /// <summary>The trace the request belongs to.</summary>
    public const string Trace = "trace";

    /// <summary>A sealed value as one string: key, colon, box.</summary>
    public static string Write(Sealed value) => $"{value.Key}:{value.Box}";

    /// <summary>Reads what <see cref="Write"/> wrote; null for anything else.</summary>
    public static Sealed? Read(object? header) =>
        header?.ToString()?.Split(':', 2) is [var key, var box] && Guid.TryParse(key, out var id) ? new Sealed(id, box) : null;
}
