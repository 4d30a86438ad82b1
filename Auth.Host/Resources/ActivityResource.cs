using System.Text.Json.Serialization;
using Auth.Host.Http;
using Auth.Host.Keys;
using Auth.Host.Sessions;

namespace Auth.Host.Resources;

/// <summary>From where and with what a session was used last (Clerk's <c>SessionActivity</c>). What is not known is left out.</summary>
public sealed record ActivityResource(string Object, string Id, bool IsMobile)
{
    private const string Prefix = "sact_";

    /// <summary>What it was used with: iPhone, Windows …</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? DeviceType { get; init; }

    /// <summary>The browser's name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? BrowserName { get; init; }

    /// <summary>The browser's version.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? BrowserVersion { get; init; }

    /// <summary>Where it came from.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? IpAddress { get; init; }

    /// <summary>Never known here: no place is looked up.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? City { get; init; }

    /// <summary>Two letters (ISO 3166), where a trusted proxy tells them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Country { get; init; }

    /// <summary>The resource; without the person's key nothing of it can be read any more.</summary>
    public static ActivityResource? Of(Session session, Key? key)
    {
        if (session.Seen is not { } seen) return null;
        var device = Device.Of(Read(seen.Agent));
        return new("session_activity", PrefixedId.Write(Prefix, session.Id), device.IsMobile)
        {
            DeviceType = device.Type,
            BrowserName = device.BrowserName,
            BrowserVersion = device.BrowserVersion,
            IpAddress = Read(seen.Address),
            Country = Read(seen.Country),
        };

        string? Read(Domain.Sealed? value) => value is null ? null : key?.Open(value);
    }

    /// <summary>Where somebody is belongs in no log.</summary>
    public override string ToString() => "ActivityResource(hidden)";
}
