using Auth.Domain.SignIns;
using Auth.Host.Http;
using Auth.Host.SignIns;
using Auth.Projections;
using Auth.Specs.Given;
using Marten;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.Specs.Http;

/// <summary>Ends nobody asks for are told all the same, once (R10). On a host of its own: a sweep that is ahead of time ends what other specs are at.</summary>
public class SweepSpecs
{
    [Fact]
    public async Task a_sign_in_that_ran_out_of_time_is_told_once()
    {
        await using var host = new RunningHost { Name = "swept" };
        await host.InitializeAsync();
        var visit = new Visit(host, await Person.Make(host));
        await visit.Create();
        SignInId.TryParse(visit.SignIn, out var id).ShouldBeTrue();
        await Read<SignInHistory>(host, id.Value);
        StoryClock.Advance(TimeSpan.FromMinutes(11));

        var sweep = host.Alba.Services.GetRequiredService<Sweep>();
        await sweep.Once(TestContext.Current.CancellationToken);
        await sweep.Once(TestContext.Current.CancellationToken);

        await using var session = host.Store.QuerySession("default");
        (await session.Events.FetchStreamAsync(id.Value, token: TestContext.Current.CancellationToken))
            .Count(e => e.Data is Expired).ShouldBe(1);
    }

    private static Task<T> Read<T>(RunningHost host, Guid id) where T : class => Eventually.Of(async () =>
    {
        await using var session = host.Store.QuerySession("default");
        return await session.LoadAsync<T>(id);
    });
}
