using Auth.Host.Http;
using Auth.Host.Keys;
using Auth.Host.Sessions;

namespace Auth.Host.TrustedDevices;

/// <summary>A trusted device, so that its person knows it again.</summary>
/// <param name="ClientId">The browser or app it is.</param>
/// <param name="SignInId">The sign-in in which it was trusted.</param>
/// <param name="Current">Whether it is the one that asks; never for the operator.</param>
public sealed record TrustedDeviceResource(
    string Object, string Id, string ClientId, string SignInId, bool Current, string? BrowserName, string? DeviceType, bool IsMobile, string? IpAddress, string? Country, long CreatedAt, long ExpireAt)
{
    /// <summary>The resource, read with the person's key.</summary>
    public static TrustedDeviceResource Of(TrustedDevice trusted, Key key, Guid? asking)
    {
        var device = Device.Of(Read(trusted.Seen.Agent));
        return new(
            "trusted_device", new TrustedDeviceId(trusted.Id).ToString(), new ClientId(trusted.ClientId).ToString(), new SignInId(trusted.SignIn).ToString(), trusted.ClientId == asking,
            device.BrowserName, device.Type, device.IsMobile, Read(trusted.Seen.Address), Read(trusted.Seen.Country), trusted.Since.ToUnixTimeMilliseconds(), trusted.Until.ToUnixTimeMilliseconds());

        string? Read(Domain.Sealed? value) => value is null ? null : key.Open(value);
    }
}
