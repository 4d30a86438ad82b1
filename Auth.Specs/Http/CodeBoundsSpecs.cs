using Auth.Domain.SignIns;
using Auth.Host.Delivery;
using Auth.Host.Http;
using Auth.Host.Instances;
using Auth.Host.Keys;
using Auth.Host.SignIns;
using Auth.Host.Wiring;
using Auth.Specs.Given;
using Microsoft.Extensions.DependencyInjection;
using Wolverine;

namespace Auth.Specs.Http;

/// <summary>What a code is bound to: one use, one purpose, one text, the factor as it was, and a count that outlives a sign-in (R14, R18, R22, R23, R26, R28).</summary>
public class CodeBoundsSpecs(RunningHost host)
{
    [Fact]
    public async Task a_code_works_once()
    {
        var visit = new Visit(host, await Person.Make(host));
        var code = await visit.UpToCode();

        (await visit.Attempt(code)).Status.ShouldBe(200);
        var again = await visit.Attempt(code);

        (again.Status, again.Problem).ShouldBe((400, "client_state_invalid"));
        (await visit.Facts()).Count(fact => fact is Converted).ShouldBe(1);
    }

    [Fact]
    public async Task a_text_that_the_bus_hands_out_twice_holds_the_same_code()
    {
        var person = await Person.Make(host);
        var visit = new Visit(host, person);
        var code = await visit.UpToCode();
        var text = (await visit.Facts()).OfType<SecondFactorPrepared>().Single().Text;

        await using (var scope = host.Alba.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<IMessageBus>().InvokeForTenantAsync(Tenants.Default, new SendText(Id(visit), text), TestContext.Current.CancellationToken);

        var inbox = await new Browser(host).Get($"/_sinch/inbox/{Uri.EscapeDataString(person.PhoneNumber)}");
        inbox.Json.AsArray().Select(sent => ((string)sent!["body"]!)[..6]).Distinct().ShouldBe([code]);
    }

    [Fact]
    public async Task a_code_dies_with_the_factor_it_was_sent_to()
    {
        var account = await Account.WithNumber(host);
        var visit = new Visit(host, account.Person);
        var code = await visit.UpToCode();

        await account.TakeAllOff();
        var reply = await visit.Attempt(code);

        (reply.Status, reply.Problem).ShouldBe((400, "sign_in_expired"));
        (await visit.Facts()).ShouldNotContain(told => told is Converted);
    }

    [Theory]
    [InlineData("first_factor")]
    [InlineData("step_up")]
    [InlineData("verify_number")]
    [InlineData("reset")]
    public async Task a_code_of_another_purpose_is_wrong(string purpose)
    {
        var visit = new Visit(host, await Person.Make(host));
        var code = await visit.UpToCode();
        var text = (await visit.Facts()).OfType<SecondFactorPrepared>().Single();
        var keys = await host.Alba.Services.GetRequiredService<IKeyring>().Of(Tenants.Default, TestContext.Current.CancellationToken);
        string Derived(string use) => OneTimeCodes.Derive(keys.Codes[text.Code.Key], use, Tenants.Default, Id(visit), text.Authenticator, text.Code).Digits;

        Derived(OneTimeCodes.SecondFactor).ShouldBe(code);
        (await visit.Attempt(Derived(purpose))).Problem.ShouldBe("form_code_incorrect");
    }

    [Fact]
    public async Task failures_count_over_sign_ins_and_only_a_completed_one_clears_them()
    {
        var person = await Person.Make(host);
        for (var signIn = 1; signIn <= 2; signIn++)
        {
            var wrong = new Visit(host, person);
            await wrong.Create();
            await wrong.Prepare();
            var sent = await person.LatestCode(host, texts: signIn);
            for (var guess = 1; guess <= 5; guess++) (await wrong.Attempt(Wrong.For(sent, guess))).Problem.ShouldBe("form_code_incorrect");
        }

        var visit = new Visit(host, person);
        (await visit.Create()).Status.ShouldBe(200);
        var waits = await visit.Prepare();
        (waits.Status, waits.Problem).ShouldBe((429, "too_many_requests"));
        waits.RetryAfter!.Value.ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(30));

        StoryClock.Advance(TimeSpan.FromSeconds(31));
        (await visit.Prepare()).Status.ShouldBe(200);
        (await visit.Attempt(await person.LatestCode(host, texts: 3))).Status.ShouldBe(200);

        var next = new Visit(host, person);
        await next.Create();
        await next.Prepare();
        var code = await person.LatestCode(host, texts: 4);
        (await next.Attempt(Wrong.For(code))).Problem.ShouldBe("form_code_incorrect");
        (await next.Attempt(code)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task the_text_is_the_template_and_its_last_line_binds_the_code_to_our_host()
    {
        var person = await Person.Make(host);
        var code = await new Visit(host, person).UpToCode();

        var text = await person.LatestText(host);

        ((string)text["to"]!).TrimStart('+').ShouldBe(person.PhoneNumber[1..]);
        ((string)text["body"]!).ShouldBe($"{code} is your Auth code.\n\n@localhost #{code}");
    }

    [Theory]
    [InlineData("Call +1 900 555 now")]
    [InlineData("https://evil.example")]
    [InlineData("A\nB")]
    [InlineData("Auth\n")]
    [InlineData("")]
    [InlineData("123456789012345678901")]
    [InlineData("Аuth")]
    public void a_name_that_could_say_something_else_is_refused_at_start(string name) =>
        Should.Throw<SettingException>(() => InstanceOptions.From(Instances.Section(("Name", name)))).Message.ShouldContain("Auth:Name");

    [Fact]
    public async Task when_one_number_is_closed_the_other_one_may_finish()
    {
        var (person, second, secondNumber) = await WithTwoNumbers();
        var visit = new Visit(host, person);
        var code = await visit.UpToCode();
        for (var wrong = 1; wrong <= 5; wrong++) await visit.Attempt(Wrong.For(code, wrong));
        (await visit.Attempt(code)).Problem.ShouldBe("verification_failed");

        (await visit.Browser.Post($"/v1/client/sign_ins/{visit.SignIn}/prepare_second_factor", ("strategy", "phone_code"), ("phone_number_id", second))).Status.ShouldBe(200);
        var other = await (person with { PhoneNumber = secondNumber }).LatestCode(host);

        (await visit.Attempt(other)).Status.ShouldBe(200);
    }

    private static Guid Id(Visit visit) => SignInId.TryParse(visit.SignIn, out var id) ? id.Value : Guid.Empty;

    private async Task<(Person Person, string Second, string Number)> WithTwoNumbers()
    {
        var n = Random.Shared.Next(2_000_000, 2_100_000);
        string[] numbers = [$"+1203{n}", $"+1205{n}"];
        var email = $"two{Guid.NewGuid():N}@example.com";
        var user = await new Operator(host).Post("/v1/users", new { email_address = new[] { email }, phone_number = numbers, password = "correct horse battery staple" });
        user.Status.ShouldBe(200, user.Text);
        string NumberId(string number) => (string)user.Json["phone_numbers"]!.AsArray().Single(phone => (string)phone!["phone_number"]! == number)!["id"]!;
        foreach (var number in numbers) (await new Operator(host).Patch($"/v1/phone_numbers/{NumberId(number)}", new { reserved_for_second_factor = true, default_second_factor = number == numbers[0] })).Status.ShouldBe(200);
        return (new(Guid.Empty, email, numbers[0], NumberId(numbers[0]), "correct horse battery staple"), NumberId(numbers[1]), numbers[1]);
    }
}
