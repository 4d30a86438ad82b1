using Auth.Domain.Limits;
using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Host.Http;
using Auth.Host.Keys;
using Auth.Host.Limits;
using Auth.Host.Sessions.Tokens;
using Auth.Host.SignIns;
using Auth.Projections;
using Auth.Specs.Given;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Auth.Specs.Hosts;

/// <summary>What a host does by itself it does for each of its instances, and counts for each alone (R76). On hosts of their own: here time is moved.</summary>
public class InstanceErrandsSpecs
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task what_ran_out_of_time_is_told_in_every_instance_R10_R76()
    {
        await using var host = await Start("swept_instances");
        var (here, there) = (new Visit(host, await Person.Make(host)), new Visit(Shop(host), await Person.Make(Shop(host))));
        await here.Create();
        await there.Create();
        await Read<SignInHistory>(host, "default", IdOf(here));
        await Read<SignInHistory>(host, "shop", IdOf(there));
        StoryClock.Advance(TimeSpan.FromMinutes(11));

        await host.Alba.Services.GetRequiredService<Sweep>().Once(Ct);

        (await Facts(host, "default", IdOf(here))).Count(fact => fact is Expired).ShouldBe(1);
        (await Facts(host, "shop", IdOf(there))).Count(fact => fact is Expired).ShouldBe(1);
        (await Facts(host, "default", IdOf(there))).ShouldBeEmpty();
    }

    [Fact]
    public async Task a_recovery_that_is_due_is_told_in_its_instance_R65_R76()
    {
        await using var host = await Start("recovered_instances");
        var person = await Person.Make(Shop(host));
        (await new Operator(Shop(host)).Delete($"/v1/users/{person.UserId}/mfa?reason=lost")).Status.ShouldBe(200);
        StoryClock.Advance(TimeSpan.FromDays(4));

        await host.Alba.Services.GetRequiredService<Sweep>().Once(Ct);

        (await Facts(host, "shop", person.Id)).OfType<Recovered>().ShouldHaveSingleItem();
        (await Facts(host, "default", person.Id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task an_address_that_asks_too_often_in_one_is_a_stranger_to_the_other_R54_R76()
    {
        await using var host = await Start("counted_instances", ("Auth:Limits:PerAddress", "on"), ("Auth:Limits:CreatesAMinute", "3"));
        var replies = new List<Reply>();
        for (var asked = 0; asked < 4; asked++) replies.Add(await Begin(Shop(host)));

        replies.Select(reply => reply.Status).ShouldBe([200, 200, 200, 429]);
        (await Begin(host)).Status.ShouldBe(200);

        var services = host.Alba.Services;
        await services.GetRequiredService<RefusedRequests>().Record(host.Store, services.GetRequiredService<IKeyring>(), TimeProvider.System.GetUtcNow().AddMinutes(1), Ct);
        var day = RefusedRequests.StreamOf(DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime));
        (await Facts(host, "shop", day)).OfType<Limited>().Single().Reason.ShouldBe("too_many_requests");
        (await Facts(host, "default", day)).ShouldBeEmpty();
    }

    [Fact]
    public async Task a_token_of_one_is_none_of_the_other_R68_R76()
    {
        await using var host = await Start("signing_instances");
        var account = await Account.New(Shop(host));
        var jwt = (string)(await account.Browser.Post($"/v1/client/sessions/{account.Session}/tokens")).Json["jwt"]!;
        var tokens = host.Alba.Services.GetRequiredService<SessionTokens>();

        (await tokens.Read("default", jwt, Ct)).ShouldBeNull();
        (await tokens.Read("shop", jwt, Ct))!.SessionId.ShouldBe(account.Session);
    }

    [Fact]
    public async Task health_looks_at_every_instance_and_names_none_R76()
    {
        await using var host = await Start("healthy_instances");
        ((string)(await new Browser(host).Get("/health/ready")).Json["checks"]!["sms"]!["status"]!).ShouldBe("ok");
        await using var database = NpgsqlDataSource.Create(host.ConnectionString);
        await using var used = database.CreateCommand($"insert into {TextTable.Name} (tenant_id, day, place, count) values ('shop', {TextTable.DayOf(TimeProvider.System.GetUtcNow())}, '', 1000000)");
        await used.ExecuteNonQueryAsync(Ct);

        var sms = (await new Browser(host).Get("/health/ready")).Json["checks"]!["sms"]!;

        ((string)sms["status"]!).ShouldBe("degraded");
        ((string)sms["description"]!).ShouldNotContain("shop");
    }

    private static async Task<RunningHost> Start(string name, params (string Key, string Value)[] settings)
    {
        var host = new RunningHost { Name = name };
        foreach (var (key, value) in TwoInstances.Settings.Select(setting => (setting.Key, setting.Value)).Concat(settings)) host.Settings[key] = value;
        await host.InitializeAsync();
        return host;
    }

    private static Door Shop(RunningHost host) => new(host, "shop.localhost", Door.SecondKey);

    private static Task<Reply> Begin(IReachable host) => new Browser(host).Post("/v1/client/sign_ins", ("identifier", "nobody@example.com"));

    private static Guid IdOf(Visit visit) => SignInId.TryParse(visit.SignIn, out var id) && id.Value != Guid.Empty ? id.Value : throw new InvalidOperationException();

    private static async Task<IReadOnlyList<object>> Facts(RunningHost host, string tenant, Guid stream)
    {
        await using var session = host.Store.QuerySession(tenant);
        return [.. (await session.Events.FetchStreamAsync(stream, token: Ct)).Select(e => e.Data)];
    }

    private static Task<T> Read<T>(RunningHost host, string tenant, Guid id) where T : class => Eventually.Of(async () =>
    {
        await using var session = host.Store.QuerySession(tenant);
        return await session.LoadAsync<T>(id);
    });
}
