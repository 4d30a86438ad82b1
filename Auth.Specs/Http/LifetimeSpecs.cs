using Auth.Domain.SignIns;
using Auth.Specs.Given;

namespace Auth.Specs.Http;

/// <summary>A sign-in has a quarter of an hour, and ten minutes after its first factor; then it is over for every reader (R10).</summary>
public class LifetimeSpecs(RunningHost host)
{
    [Fact]
    public async Task without_a_first_factor_it_is_over_after_fifteen_minutes()
    {
        var visit = new Visit(host, await Person.Make(host));
        await visit.Identify();
        StoryClock.Advance(TimeSpan.FromMinutes(14.9));
        (await visit.Browser.Get($"/v1/client/sign_ins/{visit.SignIn}")).Status.ShouldBe(200);
        StoryClock.Advance(TimeSpan.FromMinutes(0.2));

        await IsOver(visit, () => visit.AttemptFirst());
    }

    [Fact]
    public async Task without_a_second_factor_it_is_over_after_ten_minutes()
    {
        var visit = new Visit(host, await Person.Make(host));
        var code = await visit.UpToCode();
        StoryClock.Advance(TimeSpan.FromMinutes(10.1));

        await IsOver(visit, () => visit.Attempt(code));
        (await visit.Prepare()).ShouldBe(400, "sign_in_expired");
        (await visit.AttemptFirst()).ShouldBe(400, "sign_in_expired");
    }

    private static async Task IsOver(Visit visit, Func<Task<Reply>> step)
    {
        (await visit.Browser.Get($"/v1/client/sign_ins/{visit.SignIn}")).ShouldBe(404, "resource_not_found");
        (await visit.Browser.Get("/v1/client")).Response["sign_in"].ShouldBeNull();
        (await visit.Facts()).ShouldNotContain(fact => fact is Expired);

        (await step()).ShouldBe(400, "sign_in_expired");
        (await step()).ShouldBe(400, "sign_in_expired");

        (await visit.Facts()).Count(fact => fact is Expired).ShouldBe(1);
        (await visit.Facts()).ShouldNotContain(fact => fact is Converted);
    }
}
