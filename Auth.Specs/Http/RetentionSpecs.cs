using Auth.Domain.Users;
using Auth.Host.SignIns;
using Auth.Specs.Given;
using Marten;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.Specs.Http;

/// <summary>People of whom nothing is heard are kept as long as the operator says (R70). On a host of its own, which is ahead of time.</summary>
public class RetentionSpecs
{
    [Fact]
    public async Task who_was_not_heard_of_for_so_long_is_erased_by_rule_and_nobody_else()
    {
        await using var host = new RunningHost { Name = "retention" };
        await host.InitializeAsync();
        var (gone, back, renamed) = (await Person.Make(host), await Person.Make(host), await Person.Make(host));
        var made = await Facts(host, gone);

        StoryClock.Advance(TimeSpan.FromDays(29));
        await new Visit(host, back).Through();
        await new Operator(host).Patch($"/v1/users/{renamed.UserId}", new { first_name = "Ann" });
        StoryClock.Advance(TimeSpan.FromDays(2));
        await Sweep(host);
        (await Facts(host, gone)).Count.ShouldBe(made.Count, "as shipped, people are kept for ever");

        await Office.Send(host, HttpMethod.Patch, Office.Path, new { retention = new { person_days = 30 } });
        (await Office.Send(host, HttpMethod.Post, $"{Office.Path}/apply", new { reason = "The law." }, "\"0\"")).Status.ShouldBe(200);
        StoryClock.Advance(TimeSpan.FromHours(2));
        await Sweep(host);

        (await Facts(host, gone))[^1].Data.ShouldBe(new UserErased(made[^1].Timestamp));
        foreach (var person in new[] { back, renamed }) (await Facts(host, person))[^1].Data.ShouldNotBeOfType<UserErased>();
        (await new Operator(host).Get($"/v1/users/{gone.UserId}")).Status.ShouldBe(404);
        (await new Operator(host).Get($"/v1/users/{gone.UserId}/erasure")).Json["unheard_since"].ShouldNotBeNull();
    }

    private static Task Sweep(RunningHost host) => host.Alba.Services.GetRequiredService<Sweep>().Once(TestContext.Current.CancellationToken);

    private static async Task<IReadOnlyList<JasperFx.Events.IEvent>> Facts(RunningHost host, Person person)
    {
        await using var session = host.Store.QuerySession("default");
        return await session.Events.FetchStreamAsync(person.Id, token: TestContext.Current.CancellationToken);
    }
}
