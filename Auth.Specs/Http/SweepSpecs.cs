using Auth.Domain.SignIns;
using Auth.Host.Http;
using Auth.Host.SignIns;
using Auth.Projections;
using Auth.Specs.Given;
using Marten;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.Specs.Http;

/// <summary>Ends nobody asks for are told all the same, once (R10).</summary>
public class SweepSpecs(RunningHost host)
{
    [Fact]
    public async Task a_sign_in_that_ran_out_of_time_is_told_once()
    {
        var visit = new Visit(host, await Person.Make(host));
        await visit.Create();
        SignInId.TryParse(visit.SignIn, out var id).ShouldBeTrue();
        await Read<SignInHistory>(id.Value);
        StoryClock.Advance(TimeSpan.FromMinutes(11));

        var sweep = host.Alba.Services.GetRequiredService<Sweep>();
        await sweep.Once(TestContext.Current.CancellationToken);
        await sweep.Once(TestContext.Current.CancellationToken);

        await using var session = host.Store.QuerySession("default");
        (await session.Events.FetchStreamAsync(id.Value, token: TestContext.Current.CancellationToken))
            .Count(e => e.Data is Expired).ShouldBe(1);
    }

    private Task<T> Read<T>(Guid id) where T : class => Eventually.Of(async () =>
    {
        await using var session = host.Store.QuerySession("default");
        return await session.LoadAsync<T>(id);
    });
}
