using System.Text;
using Auth.Host.Http;
using Auth.Host.Instances;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace Auth.Specs.Http;

/// <summary>R69: the Backend API opens to the secret key and to nothing else.</summary>
public class SecretKeySpecs(SecretKeySpecs.Backend backend) : IClassFixture<SecretKeySpecs.Backend>
{
    private static readonly FrontDoor Development = new(new("http://localhost:5080"), new HashSet<string>(), [], IsDevelopment: true);

    [Theory]
    [InlineData("Bearer " + TinyHost.SecretKey, 200)]
    [InlineData("bearer " + TinyHost.SecretKey, 200)]
    [InlineData(TinyHost.SecretKey, 401)]
    [InlineData("Basic " + TinyHost.SecretKey, 401)]
    [InlineData("Bearer " + TinyHost.SecretKey + "0", 401)]
    [InlineData("Bearer sk_test_", 401)]
    [InlineData("Bearer ", 401)]
    [InlineData("Bearer pk_test_bG9jYWxob3N0OjUwODAk", 401)]
    [InlineData("Bearer client_01k2hz4yrwfn78z451pb1x9sfp.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", 401)]
    public async Task opens_it(string authorization, int status) =>
        (await backend.Host.Send(HttpMethod.Post, "/v1/users", TinyHost.Body("application/json", "{\"identifier\":\"ann\"}"), ("Authorization", authorization))).Status.ShouldBe(status);

    [Fact]
    public async Task is_asked_for_before_anything_is_read()
    {
        var answer = await backend.Host.Send(HttpMethod.Post, "/v1/users");

        answer.Status.ShouldBe(401);
        answer.Code.ShouldBe("authentication_invalid");
        answer.Headers["WWW-Authenticate"].ShouldBe("Bearer");
    }

    [Fact]
    public async Task is_not_asked_for_elsewhere() => (await backend.Host.Send(HttpMethod.Get, "/v1/open")).Status.ShouldBe(200);

    [Fact]
    public async Task is_required_in_production_and_long()
    {
        await Should.ThrowAsync<InvalidOperationException>(() => TinyHost.Start(_ => { }, "Production", ("Auth:PublicUrl", "https://a.example"), ("Auth:SecretKey", "sk_live_short")));
        Should.Throw<InvalidOperationException>(() => ApiKeys.From(Settings(), Development with { IsDevelopment = false })).Message.ShouldContain("Auth:SecretKey");
    }

    [Fact]
    public void is_made_once_on_a_developers_machine()
    {
        var folder = Directory.CreateTempSubdirectory();
        var (first, second) = (ApiKeys.From(Settings(("Auth:Keys:Folder", folder.FullName)), Development), ApiKeys.From(Settings(("Auth:Keys:Folder", folder.FullName)), Development));
        var file = folder.GetFiles().Single();

        first.Opens(File.ReadAllText(file.FullName).Trim()).ShouldBeTrue();
        second.Opens(File.ReadAllText(file.FullName).Trim()).ShouldBeTrue();
        if (!OperatingSystem.IsWindows()) file.UnixFileMode.ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        $"{first}".ShouldNotContain("sk_");
        folder.Delete(recursive: true);
    }

    [Fact]
    public void tells_clients_where_we_are_in_public()
    {
        var keys = ApiKeys.From(Settings(("Auth:SecretKey", TinyHost.SecretKey)), Development);

        keys.Publishable.ShouldStartWith("pk_test_");
        var text = keys.Publishable["pk_test_".Length..];
        Encoding.ASCII.GetString(Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='))).ShouldBe("localhost.:5080$");
        ApiKeys.From(Settings(("Auth:SecretKey", TinyHost.SecretKey), ("Auth:PublishableKey", "pk_live_x")), Development).Publishable.ShouldBe("pk_live_x");
        Should.Throw<InvalidOperationException>(() => ApiKeys.From(Settings(("Auth:PublishableKey", TinyHost.SecretKey)), Development));
    }

    private static InstanceSection Settings(params (string Key, string Value)[] settings) =>
        new(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build(), Tenants.Default);

    public sealed class Backend : IAsyncLifetime
    {
        public TinyHost Host { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Host = await TinyHost.Start(app =>
        {
            var backend = app.MapGroup("/v1/users").RequireSecretKey();
            backend.MapPost("", (FieldsSpecs.Named named) => named.Identifier);
            app.MapGet("/v1/open", () => "open");
        });

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
