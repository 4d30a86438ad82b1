using Auth.Host.Instances;
using Auth.Host.Wiring;
using Auth.Specs.Given;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace Auth.Specs.Hosts;

/// <summary>Which instances a host has is read at start; what contradicts itself stops the start with a sentence that names the setting and no secret (R76).</summary>
public class InstanceNamesSpecs
{
    private const string Secret = "sk_live_0123456789abcdef0123456789abcdef", Another = "sk_live_abcdef0123456789abcdef0123456789";

    private static readonly (string Key, string? Value)[] First =
    [
        ("Auth:PublicUrl", "https://auth.example.com"), ("Auth:SecretKey", Secret), ("Auth:Name", "First"), ("Auth:HomeCountry", "SE"), ("Auth:AllowedOrigins", "https://app.example.com"),
    ];

    private static readonly (string Key, string? Value)[] Shop = [("Auth:Instances:shop:PublicUrl", "https://shop.example.com"), ("Auth:Instances:shop:SecretKey", Another)];

    [Fact]
    public void a_host_that_names_none_has_the_one_it_always_had()
    {
        var tenants = Read();
        var only = tenants.All.ShouldHaveSingleItem();
        (only.Id, only.Door.PublicUrl.Host, only.Name.Name, only.Name.HomeCountry).ShouldBe(("default", "auth.example.com", "First", "SE"));
        tenants.At(new("whatever.example")).ShouldBe(only);
    }

    [Fact]
    public void another_takes_nothing_from_the_first_one()
    {
        var tenants = Read(Shop);
        var shop = tenants.Of("shop");
        (shop.Name.Name, shop.Name.HomeCountry, shop.Door.AllowedOrigins.Count, shop.Passkeys.Id).ShouldBe(("Auth", null, 0, "shop.example.com"));
        shop.Keys.Publishable.ShouldNotBe(tenants.Of("default").Keys.Publishable);
        tenants.OpenedBy(Another)!.Id.ShouldBe("shop");
        tenants.OpenedBy(Secret)!.Id.ShouldBe("default");
        tenants.OpenedBy(Secret + "0").ShouldBeNull();
        tenants.At(new("elsewhere.example.com")).ShouldBeNull();
        tenants.At(new("")).ShouldBeNull();
        $"{shop}".ShouldBe("Tenant(shop)");
    }

    [Theory]
    [InlineData("Auth:Instances:shop:PublicUrl", null)]
    [InlineData("Auth:Instances:shop:PublicUrl", "shop.example.com")]
    [InlineData("Auth:Instances:shop:PublicUrl", "https://auth.example.com")]
    [InlineData("Auth:Instances:shop:PublicUrl", "https://AUTH.example.com:8443")]
    [InlineData("Auth:Instances:shop:SecretKey", null)]
    [InlineData("Auth:Instances:shop:SecretKey", "sk_live_short")]
    [InlineData("Auth:Instances:shop:SecretKey", Secret)]
    [InlineData("Auth:Instances:shop:PublishableKey", "sk_live_x")]
    [InlineData("Auth:Instances:shop:AllowedOrigins", "app")]
    [InlineData("Auth:Instances:shop:Name", "Call +1 900")]
    [InlineData("Auth:Instances:shop:HomeCountry", "Sweden")]
    [InlineData("Auth:Instances:shop:Passkeys:Domain", "example.net")]
    [InlineData("Auth:Instances:shop:TrustedProxies", "10.0.0.0/8")]
    [InlineData("Auth:Instances:shop:SecretKeys", Another)]
    [InlineData("Auth:Instances:default", "")]
    [InlineData("Auth:Instances", "shop")]
    public void what_cannot_be_stops_the_start_and_is_named(string setting, string? value)
    {
        var sentence = Should.Throw<SettingException>(() => Read([.. Shop, (setting, value)])).Message;
        sentence.ShouldContain(setting);
        sentence.ShouldNotContain("sk_live_0");
    }

    [Theory]
    [InlineData("Shop")]
    [InlineData("SHOP")]
    [InlineData("my shop")]
    [InlineData("shop_1")]
    [InlineData("-shop")]
    [InlineData("shop-")]
    [InlineData("ship*")]
    [InlineData("*DEFAULT*")]
    [InlineData("käse")]
    [InlineData("a23456789012345678901234567890123")]
    public void a_name_is_short_and_plain(string name) =>
        Should.Throw<SettingException>(() => Read(($"Auth:Instances:{name}:PublicUrl", "https://shop.example.com"), ($"Auth:Instances:{name}:SecretKey", Another))).Message.ShouldContain($"'{name}'");

    [Theory]
    [InlineData("a")]
    [InlineData("7")]
    [InlineData("shop-2")]
    [InlineData("a2345678901234567890123456789012")]
    public void such_a_name_does(string name) =>
        Read(($"Auth:Instances:{name}:PublicUrl", "https://shop.example.com"), ($"Auth:Instances:{name}:SecretKey", Another)).Ids.ShouldBe(["default", name]);

    [Fact]
    public void the_same_publishable_key_twice_is_refused() =>
        Should.Throw<SettingException>(() => Read([.. Shop, ("Auth:PublishableKey", "pk_live_x"), ("Auth:Instances:shop:PublishableKey", "pk_live_x")]))
            .Message.ShouldContain("Auth:Instances:shop:PublishableKey");

    /// <summary>Where it is configured, and the fake provider, which has one inbox. Anything else that names it would answer one instance's people with another's.</summary>
    [Fact]
    public void nothing_that_serves_people_names_the_default_instance_R76() =>
        Directory.GetFiles(Checkout.File("Auth.Host"), "*.cs", SearchOption.AllDirectories).Where(file => File.ReadAllText(file).Contains($"{nameof(Tenants)}.{nameof(Tenants.Default)}", StringComparison.Ordinal))
            .Select(file => Path.GetFileName(file)).ShouldBe(["ApiKeys.cs", "AuditKeys.cs", "AuditVerbs.cs", "FakeSecrets.cs", "FrontDoor.cs", "HttpWiring.cs", "InstanceSection.cs"], ignoreOrder: true);

    [Fact]
    public async Task a_host_that_cannot_tell_its_instances_apart_ends_with_78_and_one_sentence()
    {
        await using var host = HostProcess.Start(new Dictionary<string, string?>
        {
            ["ConnectionStrings:Auth"] = "Host=127.0.0.1;Port=1",
            ["Auth:SecretKey"] = Secret,
            ["Auth:Instances:shop:PublicUrl"] = "http://127.0.0.1:1",
            ["Auth:Instances:shop:SecretKey"] = Another,
        });

        (await host.Exit()).ShouldBe(78, host.Words);
        host.Words.ShouldContain("Auth:Instances:shop:PublicUrl names the same host as Auth:PublicUrl.");
        host.Words.ShouldNotContain("   at ");
    }

    /// <summary>What is said last wins; null unsays it.</summary>
    private static Tenants Read(params (string Key, string? Value)[] said) => Tenants.From(
        new ConfigurationBuilder().AddInMemoryCollection(First.Concat(said).GroupBy(setting => setting.Key).Select(same => KeyValuePair.Create(same.Key, same.Last().Value)).Where(setting => setting.Value is not null)).Build(),
        new Production());

    private sealed class Production : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = "Production";

        public string ApplicationName { get; set; } = "Auth";

        public string ContentRootPath { get; set; } = "/";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
