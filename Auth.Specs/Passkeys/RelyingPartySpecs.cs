using Auth.Host.Http;
using Auth.Host.Passkeys;
using Auth.Host.Wiring;
using Microsoft.Extensions.Configuration;

namespace Auth.Specs.Passkeys;

/// <summary>Whose passkeys they are follows from the address of the service.</summary>
public class RelyingPartySpecs
{
    [Theory]
    [InlineData("https://auth.example.com", null, "auth.example.com")]
    [InlineData("https://auth.example.com", "example.com", "example.com")]
    [InlineData("http://localhost:5080", null, "localhost")]
    public void is_the_host_or_a_domain_above_it(string url, string? domain, string id) => Read(url, domain).Id.ShouldBe(id);

    [Theory]
    [InlineData("com")]
    [InlineData("example.net")]
    [InlineData("ample.com")]
    [InlineData("www.auth.example.com")]
    [InlineData("https://example.com")]
    [InlineData("")]
    public void is_nobody_else(string domain) => Should.Throw<SettingException>(() => Read("https://auth.example.com", domain)).Message.ShouldContain("Auth:Passkeys:Domain");

    [Theory]
    [InlineData("https://auth.example.com", true, true)]
    [InlineData("https://app.example.com", true, true)]
    [InlineData("https://www.example.com", false, false)]
    [InlineData("http://localhost:3000", true, false)]
    [InlineData("http://127.0.0.1:3000", true, false)]
    [InlineData("http://localhost.evil.net", false, false)]
    public void believes_its_own_pages_and_in_development_those_of_this_machine(string origin, bool inDevelopment, bool inProduction)
    {
        Read("https://auth.example.com", null, isDevelopment: true).Believes(origin).ShouldBe(inDevelopment);
        Read("https://auth.example.com", null, isDevelopment: false).Believes(origin).ShouldBe(inProduction);
    }

    private static RelyingParty Read(string url, string? domain, bool isDevelopment = false) => RelyingParty.From(
        new(new ConfigurationBuilder().AddInMemoryCollection([new("Auth:Passkeys:Domain", domain)]).Build(), "default"),
        new FrontDoor(new(url), new HashSet<string> { "https://app.example.com" }, [], isDevelopment), "Example");
}
