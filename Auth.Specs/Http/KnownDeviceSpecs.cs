using Auth.Host.Clients;
using Auth.Host.Keys;
using Auth.Specs.Given;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.Specs.Http;

/// <summary>A stranger cannot lock a person out of a device on which they completed a sign-in, nor of recovery; and devices do not multiply guesses (R18, R59).</summary>
public class KnownDeviceSpecs(RunningHost host)
{
    private const string WrongPassword = "a wrong horse battery staple";

    [Fact]
    public async Task after_two_hundred_wrong_passwords_of_mallorys_alice_signs_in_from_her_device_R59()
    {
        var alice = await Person.Make(host);
        var device = new Visit(host, alice);
        await device.Through();
        await device.Browser.Post("/v1/client/sessions?_method=DELETE");

        for (var guess = 0; guess < 200; guess++)
            (await Guess(alice)).Status.ShouldBeOneOf(422, 429);

        (await new Visit(host, alice).Create()).ShouldBe(429, "too_many_requests");
        StoryClock.Advance(TimeSpan.FromSeconds(29));
        (await device.Create()).Status.ShouldBe(200);
        StoryClock.Advance(TimeSpan.FromSeconds(2));
        (await device.Prepare()).Status.ShouldBe(200);
        ((string)(await device.Attempt(await alice.LatestCode(host, texts: 2))).Response["status"]!).ShouldBe("complete");
    }

    [Fact]
    public async Task when_it_is_disabled_for_strangers_it_still_counts_on_her_device_R59()
    {
        var alice = await Person.Make(host, twoStep: false);
        var device = new Visit(host, alice);
        (await device.Create()).Status.ShouldBe(200);
        for (var guess = 0; guess < 50; guess++)
        {
            (await Guess(alice)).ShouldBe(422, "form_password_or_identifier_incorrect");
            StoryClock.Advance(TimeSpan.FromHours(1));
        }

        (await new Visit(host, alice).Create()).ShouldBe(403, "factor_disabled");
        (await device.Create()).Status.ShouldBe(200);
        (await new Visit(host, alice).Create()).ShouldBe(403, "factor_disabled");
    }

    [Fact]
    public async Task wrong_codes_from_elsewhere_do_not_hold_it_up_either_R59()
    {
        var alice = await Person.Make(host);
        var device = new Visit(host, alice);
        await device.Through();
        for (var texts = 2; texts <= 3; texts++)
        {
            var mallory = new Visit(host, alice);
            StoryClock.Advance(TimeSpan.FromMinutes(6));
            (await mallory.Create()).Status.ShouldBe(200);
            (await mallory.Prepare()).Status.ShouldBe(200);
            var code = await alice.LatestCode(host, texts);
            for (var guess = 1; guess <= 5; guess++) (await mallory.Attempt(Wrong.For(code, guess))).ShouldBe(422, "form_code_incorrect");
        }

        var other = new Visit(host, alice);
        (await other.Create()).Status.ShouldBe(200);
        (await other.Prepare()).ShouldBe(429, "too_many_requests");
        (await device.Create()).Status.ShouldBe(200);
        (await device.Prepare()).Status.ShouldBe(200);
        ((string)(await device.Attempt(await alice.LatestCode(host, texts: 4))).Response["status"]!).ShouldBe("complete");
    }

    [Fact]
    public async Task a_step_up_on_it_is_not_held_up_R59()
    {
        var account = await Account.New(host);
        for (var guess = 0; guess < 10; guess++) await Guess(account.Person);

        (await account.StepUp("", ("level", "first_factor"))).Status.ShouldBe(200);
        (await account.StepUp("/attempt_first_factor", ("strategy", "password"), ("password", account.Person.Password))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task her_device_waits_for_its_own_failures_R19()
    {
        var alice = await Person.Make(host, twoStep: false);
        var device = new Visit(host, alice);
        (await device.Create()).Status.ShouldBe(200);
        for (var guess = 0; guess < 10; guess++) (await device.Create(WrongPassword)).ShouldBe(422, "form_password_or_identifier_incorrect");

        (await device.Create()).ShouldBe(429, "too_many_requests");
        (await new Visit(host, alice).Create()).Status.ShouldBe(200);
    }

    [Fact]
    public async Task a_sign_in_on_her_device_forgets_what_strangers_missed_R18()
    {
        var alice = await Person.Make(host, twoStep: false);
        var device = new Visit(host, alice);
        (await device.Create()).Status.ShouldBe(200);
        for (var guess = 0; guess < 9; guess++) await Guess(alice);
        (await device.Create()).Status.ShouldBe(200);
        await Guess(alice);

        (await new Visit(host, alice).Create()).Status.ShouldBe(200);
    }

    [Fact]
    public async Task a_browser_that_only_knows_the_password_is_no_known_device_R59()
    {
        var alice = await Person.Make(host);
        var half = new Visit(host, alice);
        (await half.Create()).Status.ShouldBe(200);
        for (var guess = 0; guess < 10; guess++) await Guess(alice);

        (await half.Create()).ShouldBe(429, "too_many_requests");
    }

    [Fact]
    public async Task during_a_wait_a_forgotten_password_is_chosen_anew_and_the_wait_is_over_R59()
    {
        var alice = await Person.Make(host, twoStep: false);
        for (var guess = 0; guess < 10; guess++) await Guess(alice);
        (await new Visit(host, alice).Create()).ShouldBe(429, "too_many_requests");

        (await ForgottenPassword.Reset(host, alice, "a new horse battery staple")).Status.ShouldBe(200);

        (await new Visit(host, alice).Create("a new horse battery staple")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task however_many_devices_she_has_they_share_four_lanes_R18()
    {
        var keys = await host.Alba.Services.GetRequiredService<IKeyring>().Of("default", TestContext.Current.CancellationToken);
        var (alice, bob) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var devices = Enumerable.Range(0, 200).Select(_ => new Client(Guid.CreateVersion7(), "", null, null, null, null, default, default, default)).ToList();

        devices.ShouldAllBe(device => device.LaneOf(keys, alice) == null);
        devices.Select(device => device.KnownTo(keys, alice).LaneOf(keys, alice)).Distinct().Count().ShouldBe(Client.Lanes);
        devices.ShouldAllBe(device => device.KnownTo(keys, alice).LaneOf(keys, bob) == null);
        devices[0].KnownTo(keys, alice).KnownTo(keys, bob).LaneOf(keys, alice).ShouldNotBeNull();
        Enumerable.Range(0, 20).Aggregate(devices[0], (device, _) => device.KnownTo(keys, Guid.NewGuid())).Known.Count.ShouldBe(8);
    }

    private Task<Reply> Guess(Person person) => new Browser(host).Post("/v1/client/sign_ins", ("identifier", person.EmailAddress), ("password", WrongPassword));
}
