using System.Net;
using Auth.Host.Limits;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;

namespace Auth.Specs.Limits;

/// <summary>R54, R55: how much one address may ask for, in the memory of one host.</summary>
public class AddressLimitsSpecs
{
    private const string Ours = "default", Theirs = "theirs";
    private static readonly DateTimeOffset NineOClock = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly IPAddress Ann = IPAddress.Parse("203.0.113.7"), Bob = IPAddress.Parse("203.0.113.8");
    private readonly AddressLimits _limits = new(new AddressDials());

    [Fact]
    public void thirty_creates_a_minute_and_not_one_more()
    {
        Ask(LimitKind.Create, Ann, NineOClock, times: 30).ShouldBe(30);
        Ask(LimitKind.Create, Ann, NineOClock.AddSeconds(20), times: 5).ShouldBe(0);
    }

    [Fact]
    public void sixty_attempts_a_minute_counted_apart()
    {
        Ask(LimitKind.Create, Ann, NineOClock, times: 30).ShouldBe(30);
        Ask(LimitKind.Attempt, Ann, NineOClock, times: 70).ShouldBe(60);
    }

    [Theory]
    [InlineData(LimitKind.Create, 300)]
    [InlineData(LimitKind.Attempt, 600)]
    public void an_hour_has_its_own_limit(LimitKind kind, int most) =>
        Enumerable.Range(0, 60).Sum(minute => Ask(kind, Ann, NineOClock.AddMinutes(minute), times: 20)).ShouldBe(most);

    [Fact]
    public void after_the_wait_it_is_allowed_and_just_before_it_is_not()
    {
        Ask(LimitKind.Create, Ann, NineOClock.AddSeconds(10), times: 30);
        var wait = Wait(LimitKind.Create, Ann, NineOClock.AddSeconds(10))!.Value;

        wait.ShouldBe(TimeSpan.FromSeconds(52), TimeSpan.FromMilliseconds(1));
        Wait(LimitKind.Create, Ann, NineOClock.AddSeconds(10) + wait - TimeSpan.FromMilliseconds(100)).ShouldNotBeNull();
        Wait(LimitKind.Create, Ann, NineOClock.AddSeconds(10) + wait).ShouldBeNull();
    }

    [Fact]
    public void at_no_instant_does_a_minute_hold_more_than_its_limit_by_half()
    {
        var allowed = Enumerable.Range(0, 600).Select(tick => NineOClock.AddMilliseconds(tick * 500)).Where(at => Wait(LimitKind.Create, Ann, at) is null).ToArray();

        allowed.Max(start => allowed.Count(at => at >= start && at < start.AddMinutes(1))).ShouldBeLessThanOrEqualTo(45);
    }

    [Fact]
    public void the_hours_wait_ends_when_the_oldest_minute_leaves()
    {
        for (var minute = 0; minute < 10; minute++) Ask(LimitKind.Create, Ann, NineOClock.AddMinutes(minute * 2), times: 30);

        Wait(LimitKind.Create, Ann, NineOClock.AddMinutes(30)).ShouldBe(TimeSpan.FromMinutes(30));
        Wait(LimitKind.Create, Ann, NineOClock.AddMinutes(60)).ShouldBeNull();
    }

    [Fact]
    public void what_was_refused_is_not_counted()
    {
        Ask(LimitKind.Create, Ann, NineOClock, times: 1000);

        Wait(LimitKind.Create, Ann, NineOClock.AddSeconds(62)).ShouldBeNull();
    }

    [Fact]
    public void others_are_not_held_up()
    {
        Ask(LimitKind.Create, Ann, NineOClock, times: 31);

        Wait(LimitKind.Create, Bob, NineOClock).ShouldBeNull();
        _limits.Wait(LimitKind.Create, Theirs, Ann, NineOClock).ShouldBeNull();
    }

    [Theory]
    [InlineData(LimitKind.Create, "203.0.113.7", "203.0.113.7/32")]
    [InlineData(LimitKind.Attempt, "::ffff:203.0.113.7", "203.0.113.7/32")]
    [InlineData(LimitKind.Text, "203.0.113.7", "203.0.113.0/24")]
    [InlineData(LimitKind.Create, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData(LimitKind.Attempt, "2001:db8:1:2:ffff::1", "2001:db8:1:2::/64")]
    [InlineData(LimitKind.Text, "2001:db8:1:2:3:4:5:6", "2001:db8:1::/48")]
    [InlineData(LimitKind.Create, "fe80::1%4", "fe80::/64")]
    public void a_block_is_what_one_person_can_easily_have(LimitKind kind, string address, string block) =>
        AddressBlock.Of(kind, IPAddress.Parse(address)).ShouldBe(block);

    [Fact]
    public void a_whole_ipv6_network_counts_as_one() =>
        Enumerable.Range(1, 100).Count(host => Wait(LimitKind.Create, IPAddress.Parse($"2001:db8:1:2::{host:x}"), NineOClock) is null).ShouldBe(30);

    [Fact]
    public void twenty_texts_an_hour_leave_for_a_block()
    {
        for (var text = 0; text < 20; text++)
        {
            _limits.TextsBlockedUntil(Ours, Ann, NineOClock).ShouldBeNull();
            _limits.CountText(Ours, text % 2 == 0 ? Ann : Bob, NineOClock);
        }

        _limits.TextsBlockedUntil(Ours, IPAddress.Parse("203.0.113.200"), NineOClock).ShouldBe(NineOClock.AddHours(1));
        _limits.TextsBlockedUntil(Ours, IPAddress.Parse("203.0.114.7"), NineOClock).ShouldBeNull();
        _limits.TextsBlockedUntil(Ours, Ann, NineOClock.AddHours(1)).ShouldBeNull();
    }

    [Fact]
    public async Task at_once_from_everywhere_exactly_as_many_pass()
    {
        using var together = new Barrier(2);
        var addresses = Enumerable.Range(0, 5_000).Select(n => new IPAddress([10, 0, (byte)(n / 256), (byte)n])).ToArray();
        int[] Everywhere() => [.. addresses.Select(address =>
        {
            together.SignalAndWait(TestContext.Current.CancellationToken);
            return Ask(LimitKind.Create, address, NineOClock, times: 20);
        })];

        var passed = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Factory.StartNew(Everywhere, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        addresses.Select((_, n) => passed.Sum(host => host[n])).ShouldAllBe(both => both == 30);
    }

    [Fact]
    public void off_means_off_and_only_in_development()
    {
        var off = Settings(("PerAddress", "off"));
        var limits = new AddressLimits(AddressDials.From(off, In("Development")));

        Enumerable.Range(0, 100).ShouldAllBe(_ => limits.Wait(LimitKind.Create, Ours, Ann, NineOClock) == null);
        Should.Throw<InvalidOperationException>(() => AddressDials.From(off, In("Production")));
        Should.Throw<InvalidOperationException>(() => AddressDials.From(Settings(("PerAddress", "perhaps")), In("Development")));
    }

    [Theory]
    [InlineData("CreatesAMinute", 60)]
    [InlineData("CreatesAnHour", 600)]
    [InlineData("AttemptsAMinute", 120)]
    [InlineData("AttemptsAnHour", 1200)]
    [InlineData("TextsAnHour", 40)]
    public void a_dial_turns_up_to_the_double(string dial, int most)
    {
        AddressDials.From(Settings((dial, $"{most}")), In("Production")).ShouldNotBe(new AddressDials());
        Should.Throw<InvalidOperationException>(() => AddressDials.From(Settings((dial, $"{most + 1}")), In("Production")));
        Should.Throw<InvalidOperationException>(() => AddressDials.From(Settings((dial, "0")), In("Production")));
    }

    private TimeSpan? Wait(LimitKind kind, IPAddress address, DateTimeOffset now) => _limits.Wait(kind, Ours, address, now);

    private int Ask(LimitKind kind, IPAddress address, DateTimeOffset now, int times) => Enumerable.Range(0, times).Count(_ => Wait(kind, address, now) is null);

    private static IConfiguration Settings(params (string Dial, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create($"Auth:Limits:{s.Dial}", (string?)s.Value))).Build();

    private static HostingEnvironment In(string environment) => new HostingEnvironment { EnvironmentName = environment };
}
