using Auth.Host.Audit.Access;
using Auth.Host.Http;
using Auth.Specs.Given;
using Microsoft.Extensions.Configuration;

namespace Auth.Specs.Audit;

/// <summary>R69, R77: the audit API opens to an auditor's key and to nothing else, and that key opens nothing else.</summary>
public class AuditKeySpecs(RunningHost host)
{
    private static readonly FrontDoor Development = new(new("http://localhost:5080"), new HashSet<string>(), [], IsDevelopment: true);

    [Theory]
    [InlineData("Bearer " + RunningHost.AuditKey, 200)]
    [InlineData("Bearer " + RunningHost.OtherAuditKey, 200)]
    [InlineData("Bearer " + RunningHost.SecretKey, 401)]
    [InlineData("Bearer " + RunningHost.AuditKey + "0", 401)]
    [InlineData("Bearer ak_", 401)]
    [InlineData("Basic " + RunningHost.AuditKey, 401)]
    [InlineData("", 401)]
    public async Task opens_it(string authorization, int status) => (await Send(HttpMethod.Get, "/v1/audit/events?limit=1", authorization)).Status.ShouldBe(status);

    [Fact]
    public async Task every_route_of_it_is_closed_without_one()
    {
        var routes = Routes.Of(host, "x").Where(route => route.Path.StartsWith("/v1/audit", StringComparison.Ordinal)).ToList();
        routes.Count.ShouldBeGreaterThan(5);
        foreach (var (method, path) in routes)
            foreach (var other in (string[])["", $"Bearer {RunningHost.SecretKey}"])
                (await Send(new(method), path, other)).Status.ShouldBe(401, path);
    }

    [Fact]
    public async Task it_opens_nothing_else()
    {
        foreach (var (method, path) in Routes.Of(host, "x").Where(route => !route.Path.StartsWith("/v1/audit", StringComparison.Ordinal)))
        {
            var (without, with) = (await Send(new(method), path, ""), await Send(new(method), path, $"Bearer {RunningHost.AuditKey}"));
            with.Status.ShouldBe(without.Status, $"{method} {path}");
        }
    }

    [Fact]
    public void a_developers_machine_makes_one_and_says_so()
    {
        var folder = Directory.CreateTempSubdirectory();
        var (first, second) = (AuditKeys.From(Settings(("Auth:Keys:Folder", folder.FullName)), Development), AuditKeys.From(Settings(("Auth:Keys:Folder", folder.FullName)), Development));
        var made = first.MadeHere.ShouldNotBeNull();

        made.ShouldStartWith("ak_test_");
        second.Of(made).ShouldBe(first.Of(made));
        $"{first}".ShouldNotContain(made);
        folder.Delete(recursive: true);
    }

    [Fact]
    public void in_production_nobody_gets_in_where_none_is_configured_and_a_short_one_is_refused()
    {
        AuditKeys.From(Settings(), Development with { IsDevelopment = false }).Of("ak_test_whatever_0123456789_0123456789_0123").ShouldBeNull();
        Should.Throw<InvalidOperationException>(() => AuditKeys.From(Settings(("Auth:AuditKey", "ak_short")), Development)).Message.ShouldContain("Auth:AuditKey");
        Should.Throw<InvalidOperationException>(() => AuditKeys.From(Settings(("Auth:AuditKey", RunningHost.SecretKey)), Development));
    }

    [Fact]
    public void two_auditors_have_two_trails()
    {
        var keys = AuditKeys.From(Settings(("Auth:AuditKey", $"{RunningHost.AuditKey}, {RunningHost.OtherAuditKey}")), Development);
        keys.Of(RunningHost.AuditKey).ShouldNotBe(keys.Of(RunningHost.OtherAuditKey));
    }

    private Task<Reply> Send(HttpMethod method, string path, string authorization)
    {
        var request = new HttpRequestMessage(method, path);
        if (authorization.Length > 0) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return new Browser(host).Send(request);
    }

    private static Auth.Host.Instances.InstanceSection Settings(params (string Key, string Value)[] settings) =>
        new(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build(), "default");
}
