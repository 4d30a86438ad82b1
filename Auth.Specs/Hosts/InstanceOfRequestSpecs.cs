using Auth.Specs.Given;

namespace Auth.Specs.Hosts;

/// <summary>Whose a request is say the secret key and the host name, and nothing else that a caller writes (R76).</summary>
public class InstanceOfRequestSpecs(TwoInstances instances) : IClassFixture<TwoInstances>
{
    [Fact]
    public async Task a_key_opens_its_own_instance_and_nothing_under_the_name_of_another_R69_R76()
    {
        (await With(instances.Second, RunningHost.SecretKey, "/v1/users")).ShouldBe(401, "authentication_invalid");
        (await With(instances.First, Door.SecondKey, "/v1/users")).ShouldBe(401, "authentication_invalid");
        (await With(instances.First, RunningHost.SecretKey, "/v1/users")).Status.ShouldBe(200);

        // Under a name that is nobody's the key alone says it.
        var person = await Person.Make(instances.Second);
        (await With(instances.Nowhere, Door.SecondKey, $"/v1/users/{person.UserId}")).Status.ShouldBe(200);
        (await With(instances.Nowhere, RunningHost.SecretKey, $"/v1/users/{person.UserId}")).ShouldBe(404, "resource_not_found");
    }

    [Fact]
    public async Task an_auditors_key_opens_the_history_of_its_own_instance_and_none_under_the_name_of_another_R69_R76()
    {
        var (here, there) = (await Person.Make(instances.First), await Person.Make(instances.Second));
        (await With(instances.First, Door.SecondAuditKey, "/v1/audit/events")).ShouldBe(401, "authentication_invalid");
        (await With(instances.Second, RunningHost.SecretKey, "/v1/audit/events")).ShouldBe(401, "authentication_invalid");

        foreach (var door in (IReachable[])[instances.Second, instances.Nowhere])
        {
            (await With(door, Door.SecondAuditKey, $"/v1/audit/streams/{there.UserId}/replay")).Status.ShouldBe(200);
            (await With(door, Door.SecondAuditKey, $"/v1/audit/streams/{here.UserId}/replay")).ShouldBe(404, "resource_not_found");
        }
    }

    [Theory]
    [InlineData("/v1/client", 400)]
    [InlineData("/v1/environment", 400)]
    [InlineData("/v1/me", 400)]
    [InlineData("/.well-known/jwks.json", 400)]
    [InlineData("/.well-known/openid-configuration", 400)]
    [InlineData("/.well-known/webauthn", 400)]
    [InlineData("/v1/users", 401)]
    [InlineData("/v1/nothing", 404)]
    [InlineData("/health/live", 200)]
    [InlineData("/health/ready", 200)]
    [InlineData("/problems", 200)]
    public async Task under_a_host_name_of_nobody_there_is_no_instance_R76(string path, int status)
    {
        var reply = await new Browser(instances.Nowhere).Get(path);
        reply.Status.ShouldBe(status, reply.Text);
        if (status == 400) reply.ShouldBe(400, "host_invalid");
    }

    [Theory]
    [InlineData("X-Forwarded-Host", "shop.localhost")]
    [InlineData("X-Host", "shop.localhost")]
    [InlineData("Forwarded", "host=shop.localhost")]
    [InlineData("Clerk-Proxy-Url", "http://shop.localhost")]
    [InlineData("X-Tenant", "shop")]
    [InlineData("tenant-id", "shop")]
    public async Task no_other_header_says_it_R76(string header, string value)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/.well-known/jwks.json?tenant=shop&instance=shop");
        request.Headers.TryAddWithoutValidation(header, value);
        (await new Browser(instances.First).Send(request)).Text.ShouldBe((await new Browser(instances.First).Get("/.well-known/jwks.json")).Text);
    }

    [Theory]
    [InlineData("SHOP.localhost")]
    [InlineData("shop.localhost.")]
    [InlineData("shop.localhost:8443")]
    public async Task a_name_is_the_same_in_any_spelling_and_on_any_port(string name) =>
        (await new Browser(new Door(instances.First, name, "")).Get("/.well-known/jwks.json")).Text.ShouldBe((await new Browser(instances.Second).Get("/.well-known/jwks.json")).Text);

    private static Task<Reply> With(IReachable host, string key, string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new("Bearer", key);
        return new Browser(host).Send(request);
    }
}
