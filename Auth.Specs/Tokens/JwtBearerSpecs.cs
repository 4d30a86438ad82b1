using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Auth.Host.Http;
using Auth.Host.Instances;
using Auth.Host.Keys;
using Auth.Host.Sessions.Tokens;
using Auth.Specs.Given;
using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using static Auth.Specs.Keys.KeyDatabase;
using static Auth.Specs.Tokens.TokenPlace;

namespace Auth.Specs.Tokens;

/// <summary>An ordinary ASP.NET app believes a token of ours, and only that, knowing nothing but our address.</summary>
public sealed class JwtBearerSpecs : IAsyncLifetime
{
    private TokenPlace _place = null!;
    private WebApplication _auth = null!, _app = null!;
    private HttpClient _client = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Issuer => _auth.Urls.First();

    public async ValueTask InitializeAsync()
    {
        _place = await TokenPlace.New();
        _auth = await KeySetsOnly(_place.Database.Store);
        _app = await AnAppOfYours.Start(Issuer);
        _client = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        await _auth.DisposeAsync();
        await _place.DisposeAsync();
    }

    [Fact]
    public async Task a_token_opens_the_app()
    {
        var answer = await Me(await Tokens().Mint(Ours, Ann, Ct));

        (answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct)).ShouldBe((HttpStatusCode.OK, Ann.UserId));
    }

    [Fact]
    public async Task a_token_signed_with_another_key_does_not() =>
        (await Me(await Tokens(Theirs).Mint(Theirs, Ann, Ct))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

    [Fact]
    public async Task a_changed_token_does_not()
    {
        var parts = (await Tokens().Mint(Ours, Ann, Ct)).Split('.');
        var others = (await Tokens().Mint(Ours, Ann with { UserId = "user_0000000000000000000000000b" }, Ct)).Split('.');

        (await Me($"{parts[0]}.{others[1]}.{parts[2]}")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task a_token_without_a_signature_does_not() =>
        (await Me($"eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{(await Tokens().Mint(Ours, Ann, Ct)).Split('.')[1]}.")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

    [Fact]
    public async Task a_token_of_another_issuer_does_not() =>
        (await Me(await _place.Host(issuer: "https://thief.example.com", clock: TimeProvider.System).Tokens.Mint(Ours, Ann, Ct))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

    [Fact]
    public async Task the_key_set_holds_public_keys_in_the_published_shape()
    {
        var key = (await Json("/.well-known/jwks.json")).GetProperty("keys").EnumerateArray().ShouldHaveSingleItem();

        key.EnumerateObject().Select(p => p.Name).ShouldBe(["kid", "alg", "use", "kty", "crv", "x", "y"]);
        (key.GetProperty("alg").GetString(), key.GetProperty("use").GetString(), key.GetProperty("kty").GetString(), key.GetProperty("crv").GetString())
            .ShouldBe(("ES256", "sig", "EC", "P-256"));
    }

    [Fact]
    public async Task the_configuration_names_issuer_and_key_set()
    {
        var document = await Json("/.well-known/openid-configuration");

        (document.GetProperty("issuer").GetString(), document.GetProperty("jwks_uri").GetString()).ShouldBe((Issuer, $"{Issuer}/.well-known/jwks.json"));
        document.GetProperty("id_token_signing_alg_values_supported")[0].GetString().ShouldBe("ES256");
    }

    [Fact]
    public async Task the_page_in_docs_shows_this_very_app()
    {
        var code = await File.ReadAllTextAsync(Path.Combine(Here(), "AnAppOfYours.cs"), Ct);
        var page = await File.ReadAllTextAsync(Path.Combine(Here(), "..", "..", "docs", "tokens.md"), Ct);
        var shown = code.Split("// docs/tokens.md >>")[1].Split("// << docs/tokens.md")[0].Trim().Replace("\n        ", "\n", StringComparison.Ordinal);

        page.ShouldContain($"```csharp\n{shown}\n```");
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    private async Task<HttpResponseMessage> Me(string jwt)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/me") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", jwt) } };
        return await _client.SendAsync(request, Ct);
    }

    private async Task<JsonElement> Json(string path)
    {
        using var client = new HttpClient();
        return JsonDocument.Parse(await client.GetStringAsync(Issuer + path, Ct)).RootElement;
    }

    // The app's clock is the machine's.
    private SessionTokens Tokens(string tenant = Ours) => _place.Host(issuer: Issuer, clock: TimeProvider.System, tenant: tenant).Tokens;

    private async Task<WebApplication> KeySetsOnly(IDocumentStore store)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddSessionTokens();
        builder.Services.AddSingleton(store).AddSingleton(_place.Database.Root).AddSingleton<Vault>().AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(_ => Instances.Only(_auth.Urls.First(), development: true));
        var auth = builder.Build();
        auth.Use(InstanceOfRequest.ByHost);
        auth.MapKeySets();
        await auth.StartAsync(Ct);
        return auth;
    }
}
