using Auth.Host.Sessions;
using Auth.Specs.Given;

namespace Auth.Specs.Sessions;

/// <summary>The words by which somebody recognises their device, from what its browser calls itself.</summary>
public class DeviceSpecs
{
    [Theory]
    [InlineData(Devices.ChromeOnWindows, "Chrome", "131.0.0.0", "Windows", false)]
    [InlineData(Devices.SafariOnIPhone, "Safari", "17.5", "iPhone", true)]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15", "Safari", "18.1", "Macintosh", false)]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox", "132.0", "Macintosh", false)]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.2903.51", "Edge", "131.0.2903.51", "Windows", false)]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 OPR/116.0.0.0", "Opera", "116.0.0.0", "Linux", false)]
    [InlineData("Mozilla/5.0 (Linux; Android 14; SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36", "Samsung Internet", "27.0", "Android", true)]
    [InlineData("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36", "Chrome", "131.0.0.0", "Android", true)]
    [InlineData("Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/131.0.6778.73 Mobile/15E148 Safari/604.1", "Chrome", "131.0.6778.73", "iPad", true)]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/132.0 Mobile/15E148 Safari/605.1.15", "Firefox", "132.0", "iPhone", true)]
    [InlineData("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36", "Chrome", "131.0.0.0", "ChromeOS", false)]
    [InlineData("curl/8.5.0", "curl", "8.5.0", null, false)]
    [InlineData("Version/1.0", null, null, null, false)]
    [InlineData("Mozilla/5.0", null, null, null, false)]
    [InlineData("", null, null, null, false)]
    [InlineData(null, null, null, null, false)]
    public void are_these(string? agent, string? browser, string? version, string? type, bool mobile) =>
        Device.Of(agent).ShouldBe(new Device(browser, version, type, mobile));
}
