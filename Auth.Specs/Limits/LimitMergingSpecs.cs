using System.Net;
using Auth.Domain.Limits;
using Auth.Host.Http;
using Auth.Host.Limits;
using Auth.Specs.Given;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace Auth.Specs.Limits;

/// <summary>R54: the limits are shared by all hosts and survive a restart to within a second; what they refuse is told in few words.</summary>
public class LimitMergingSpecs
{
    private const string Ours = "default";
    private static readonly IPAddress Ann = IPAddress.Parse("203.0.113.7");

    [Fact]
    public async Task two_hosts_count_as_one()
    {
        await using var hosts = await LimitHosts.New();
        var (first, second) = (await hosts.Host(), await hosts.Host());

        Ask(first, 20).ShouldBe(20);
        await first.Merge();
        await second.Merge();
        Ask(second, 20).ShouldBe(10);
        await second.Merge();
        await first.Merge();

        Ask(first, 1).ShouldBe(0);
    }

    [Fact]
    public async Task what_both_counted_at_once_adds_up()
    {
        await using var hosts = await LimitHosts.New();
        var (first, second) = (await hosts.Host(), await hosts.Host());

        Ask(first, 15);
        Ask(second, 15);
        await Task.WhenAll(first.Merge(), second.Merge());
        await first.Merge();

        Ask(first, 1).ShouldBe(0);
        (await Rows(hosts)).ShouldHaveSingleItem().ShouldBe(30);
    }

    [Fact]
    public async Task a_host_that_starts_knows_what_was_counted_before()
    {
        await using var hosts = await LimitHosts.New();
        var before = await hosts.Host();
        Ask(before, 30);
        await before.Stop();

        Ask(await hosts.Host(), 1).ShouldBe(0);
    }

    [Fact]
    public async Task nothing_is_told_twice()
    {
        await using var hosts = await LimitHosts.New();
        var host = await hosts.Host();

        Ask(host, 10);
        for (var merge = 0; merge < 3; merge++) await host.Merge();

        (await Rows(hosts)).ShouldHaveSingleItem().ShouldBe(10);
        Ask(host, 30).ShouldBe(20);
    }

    [Fact]
    public async Task the_database_away_loses_no_count()
    {
        await using var hosts = await LimitHosts.New();
        var host = await hosts.Host();
        Ask(host, 10);
        await Execute(hosts, "alter table {0}.limits rename to away");

        await Should.ThrowAsync<PostgresException>(host.Merge);
        Ask(host, 30).ShouldBe(20);
        await Execute(hosts, "alter table {0}.away rename to limits");
        await host.Merge();

        (await Rows(hosts)).ShouldHaveSingleItem().ShouldBe(30);
    }

    [Fact]
    public async Task an_hour_later_nothing_is_left()
    {
        await using var hosts = await LimitHosts.New();
        var host = await hosts.Host();
        Ask(host, 10);
        await host.Merge();

        hosts.Clock.Advance(TimeSpan.FromMinutes(61));
        await host.Merge();

        (await Rows(hosts)).ShouldBeEmpty();
    }

    [Fact]
    public async Task what_was_turned_away_is_told_once_per_block_reason_and_minute()
    {
        await using var hosts = await LimitHosts.New();
        var host = await hosts.Host();
        for (var i = 0; i < 3; i++) host.Refused.Saw(From("203.0.113.7"), Problems.TooManyRequests);
        host.Refused.Saw(From("203.0.113.7"), Problems.BodyTooLarge);
        host.Refused.Saw(From("2001:db8::1"), Problems.TooManyRequests);
        host.Refused.Saw(From("203.0.113.7"), Problems.Busy);

        await Record(hosts, host);
        (await Facts(hosts)).ShouldBeEmpty();
        hosts.Clock.Advance(TimeSpan.FromMinutes(1));
        await Record(hosts, host);
        await Record(hosts, host);

        var key = await hosts.Keyring.OfStrangers(Ours, DateOnly.FromDateTime(LimitHosts.NineOClock.UtcDateTime), TestContext.Current.CancellationToken);
        (await Facts(hosts)).Cast<Limited>().Select(l => (l.Reason, Block: key.Open(l.Block), l.Requests, l.Minute)).ShouldBe(
        [
            ("too_many_requests", "203.0.113.7/32", 3, LimitHosts.NineOClock),
            ("request_body_too_large", "203.0.113.7/32", 1, LimitHosts.NineOClock),
            ("too_many_requests", "2001:db8::/64", 1, LimitHosts.NineOClock),
        ], ignoreOrder: true);
    }

    [Fact]
    public async Task of_a_flood_the_hundred_loudest_are_told_and_the_rest_together()
    {
        await using var hosts = await LimitHosts.New();
        var host = await hosts.Host();
        for (var block = 0; block < 150; block++)
            for (var times = 0; times < (block < 100 ? 2 : 1); times++) host.Refused.Saw(From($"203.0.113.{block}"), Problems.MalformedRequest);

        hosts.Clock.Advance(TimeSpan.FromMinutes(1));
        await Record(hosts, host);

        var facts = await Facts(hosts);
        facts.OfType<Limited>().Select(l => l.Requests).ShouldBe(Enumerable.Repeat(2, 100));
        facts.OfType<LimitedElsewhere>().ShouldBe([new(LimitHosts.NineOClock, 50, 50)]);
    }

    [Fact]
    public async Task hosts_share_the_stream_of_a_day()
    {
        await using var hosts = await LimitHosts.New();
        var (first, second) = (await hosts.Host(), await hosts.Host());
        first.Refused.Saw(From("203.0.113.7"), Problems.TooManyRequests);
        second.Refused.Saw(From("203.0.113.7"), Problems.TooManyRequests);

        hosts.Clock.Advance(TimeSpan.FromMinutes(1));
        await Record(hosts, first);
        await Record(hosts, second);

        (await Facts(hosts)).Count.ShouldBe(2);
    }

    private static int Ask(LimitHost host, int times) => Enumerable.Range(0, times).Count(_ => host.Limits.Wait(LimitKind.Create, Ours, Ann, LimitHosts.NineOClock) is null);

    private static Task Record(LimitHosts hosts, LimitHost host) => host.Refused.Record(hosts.Store, hosts.Keyring, hosts.Clock.GetUtcNow(), TestContext.Current.CancellationToken);

    private static DefaultHttpContext From(string address)
    {
        var http = new DefaultHttpContext();
        http.Features.Set(Instances.At("https://auth.example.com"));
        http.Features.Set(new Caller(null, null, null, IPAddress.Parse(address), null, "", IsNative: false, CookieAllowed: true) { Tenant = Ours });
        return http;
    }

    private static async Task<IReadOnlyList<object>> Facts(LimitHosts hosts)
    {
        await using var session = hosts.Store.QuerySession(Ours);
        var stream = RefusedRequests.StreamOf(DateOnly.FromDateTime(LimitHosts.NineOClock.UtcDateTime));
        return [.. (await session.Events.FetchStreamAsync(stream, token: TestContext.Current.CancellationToken)).Select(e => e.Data)];
    }

    private static async Task<IReadOnlyList<int>> Rows(LimitHosts hosts)
    {
        await using var command = hosts.Source.CreateCommand($"select count from {hosts.Store.Options.DatabaseSchemaName}.limits");
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var counts = new List<int>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken)) counts.Add(reader.GetInt32(0));
        return counts;
    }

    private static async Task Execute(LimitHosts hosts, string sql)
    {
        await using var command = hosts.Source.CreateCommand(string.Format(System.Globalization.CultureInfo.InvariantCulture, sql, hosts.Store.Options.DatabaseSchemaName));
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
