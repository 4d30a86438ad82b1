using System.Security.Cryptography;
using Auth.Specs.Given;

namespace Auth.Specs.Production;

/// <summary>The build that operators run: code written beforehand, no compiler, no fake, and one sentence when a setting is missing.</summary>
public class ProductionBuildSpecs
{
    private const int Misconfigured = 78;

    [Fact]
    public async Task there_is_no_compiler_in_it() =>
        Directory.GetFiles(await ProductionBuild.Folder, "*.dll", SearchOption.AllDirectories).Select(Path.GetFileName)
            .ShouldNotContain(file => file!.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) || file.Contains("RuntimeCompil", StringComparison.Ordinal));

    [Fact]
    public async Task once_the_schema_is_applied_it_serves_a_whole_sign_in_through_the_provider()
    {
        await using var provider = await SmsProvider.Start(silent: false);
        var settings = await Complete(provider);
        await using var applying = await Start(settings, "db-apply");
        (await applying.Exit()).ShouldBe(0, applying.Words);

        await using var host = await (await Start(settings)).Listening();
        var visit = new Visit(host, await Person.Make(host));
        ((string)(await visit.Create()).Response["status"]!).ShouldBe("needs_second_factor");
        (await visit.Prepare()).Status.ShouldBe(200);
        (await visit.Attempt(await provider.Code())).Status.ShouldBe(200);
        (await visit.Browser.Get("/v1/me")).Status.ShouldBe(200);
        (await new Browser(host).Get("/health/ready")).Status.ShouldBe(200);

        // Nothing of Development is there.
        foreach (var path in new[] { "/_sinch/inbox", $"/_sinch/inbox/{Uri.EscapeDataString("+12015550150")}", "/docs" })
            (await new Browser(host).Get(path)).Status.ShouldBe(404, path);
    }

    [Fact]
    public async Task with_no_country_open_it_says_once_that_nobody_is_texted_and_what_to_set_R57()
    {
        var settings = await Complete();
        settings["Auth:HomeCountry"] = null;
        await using var applying = await Start(settings, "db-apply");
        (await applying.Exit()).ShouldBe(0, applying.Words);
        await using var host = await (await Start(settings)).Listening();

        host.Words.Split("Nobody is texted: no country is open. Set Auth:HomeCountry").Length.ShouldBe(2, host.Words);
        var health = await new Browser(host).Get("/health/ready");
        (health.Status, (string)health.Json["status"]!, (string)health.Json["checks"]!["sms"]!["status"]!).ShouldBe((200, "degraded", "degraded"), health.Text);
        ((string)health.Json["checks"]!["sms"]!["description"]!).ShouldContain("sms.countries");

        await Put(host, new { sms = new { countries = new[] { "SE" } } });
        ((string)(await new Browser(host).Get("/health/ready")).Json["checks"]!["sms"]!["status"]!).ShouldBe("ok");
    }

    private static async Task Put(HostProcess host, object change)
    {
        (await Office.Send(host, HttpMethod.Patch, Office.Path, change)).Status.ShouldBe(200);
        (await Office.Send(host, HttpMethod.Post, $"{Office.Path}/apply", new { }, "\"0\"")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task without_a_schema_it_says_how_to_apply_it()
    {
        await using var host = await Start(await Complete());

        (await host.Exit()).ShouldBe(Misconfigured);
        host.Words.ShouldContain("dotnet Auth.Host.dll db-apply");
        host.Words.ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData("ConnectionStrings:Auth", null, "ConnectionStrings__Auth")]
    [InlineData("Auth:Keys:Root", null, "Auth:Keys:Root (or Auth:Keys:RootFile) is required")]
    [InlineData("Auth:PublicUrl", null, "Auth:PublicUrl is required")]
    [InlineData("Auth:SecretKey", null, "Auth:SecretKey is required")]
    [InlineData("Auth:Limits:PerAddress", "off", "Development only")]
    [InlineData("Auth:Passwords:Passes", "1", "Auth:Passwords:MemoryKiB")]
    [InlineData("Sinch:Fake", "true", "the fake Sinch is refused outside Development")]
    [InlineData("Sinch:SmsBaseAddress", "http://127.0.0.1:5080/_sinch", "points to the fake Sinch")]
    public async Task it_refuses_to_start_with_a_sentence_about(string key, string? value, string sentence)
    {
        var settings = await Complete();
        settings[key] = value;
        await using var host = await Start(settings);

        (await host.Exit()).ShouldBe(Misconfigured, host.Words);
        host.Words.ShouldContain(sentence);
        host.Words.ShouldNotContain("   at ");
    }

    private static async Task<HostProcess> Start(Dictionary<string, string?> settings, params string[] verb) =>
        HostProcess.Start(settings, "Production", programs: await ProductionBuild.Folder, verb: verb);

    private static async Task<Dictionary<string, string?>> Complete(SmsProvider? provider = null) => new()
    {
        ["ConnectionStrings:Auth"] = await ThrowAwayCluster.CreateDatabase($"production_{Guid.NewGuid():n}"),
        ["Auth:PublicUrl"] = "https://auth.example.com",
        ["Auth:HomeCountry"] = "US",
        ["Auth:Keys:Root"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
        ["Auth:SecretKey"] = RunningHost.SecretKey,
        ["Auth:PublishableKey"] = "pk_live_YXV0aC5leGFtcGxlLmNvbSQ",
        ["Sinch:ServicePlanId"] = "plan",
        ["Sinch:ApiToken"] = "token",
        ["Sinch:SmsBaseAddress"] = provider?.Address ?? "https://us.sms.api.sinch.com",
        ["Sinch:From"] = "+12015550100",
    };
}
