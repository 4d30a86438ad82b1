using Auth.Host.Http;
using Microsoft.AspNetCore.Builder;

namespace Auth.Specs.Http;

/// <summary>In which country a caller is: what a trusted proxy says in the header that is named for it, and nobody else (R54).</summary>
public class CountrySpecs
{
    private const string Header = "CF-IPCountry";

    [Theory]
    [InlineData("127.0.0.1", "NL", "NL")]
    [InlineData("10.0.0.0/8", "NL", "none")]
    [InlineData("127.0.0.1", "XX", "none")]
    [InlineData("127.0.0.1", "T1", "none")]
    [InlineData("127.0.0.1", "nl", "none")]
    [InlineData("127.0.0.1", "Netherlands", "none")]
    public async Task is_told_by_a_trusted_proxy_only(string trusted, string told, string known)
    {
        await using var host = await Start(("Auth:TrustedProxies", trusted), ("Auth:CountryHeader", Header));

        (await host.Send(HttpMethod.Get, "/v1/where", null, (Header, told), ("X-Forwarded-For", "203.0.113.7"))).Text.ShouldBe(known);
    }

    [Fact]
    public async Task is_not_known_where_no_header_is_named()
    {
        await using var host = await Start(("Auth:TrustedProxies", "127.0.0.1"));

        (await host.Send(HttpMethod.Get, "/v1/where", null, (Header, "NL"))).Text.ShouldBe("none");
    }

    [Fact]
    public async Task is_not_known_where_no_proxy_is_trusted()
    {
        await using var host = await Start(("Auth:CountryHeader", Header));

        (await host.Send(HttpMethod.Get, "/v1/where", null, (Header, "NL"))).Text.ShouldBe("none");
    }

    private static Task<TinyHost> Start(params (string Key, string Value)[] settings) =>
        TinyHost.Start(app => app.MapGet("/v1/where", (Caller caller) => caller.Country ?? "none"), "Development", settings);
}
