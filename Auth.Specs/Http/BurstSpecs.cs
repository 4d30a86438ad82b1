using Auth.Domain.SignIns;
using Auth.Host.Http;
using Auth.Host.Instances;
using Auth.Host.Keys;
using Auth.Host.SignIns;
using Auth.Specs.Given;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.Specs.Http;

/// <summary>Whoever fires guesses all at once gains nothing over trying one after the other (R15).</summary>
public class BurstSpecs(RunningHost host)
{
    private const int Rounds = 200, Burst = 12, Tries = 5, AtOnce = 4;

    /// <summary>
    /// The right code is at a random place. Five of twelve are compared, so it is found in five rounds of twelve; 104 of 200 are three standard errors above
    /// that. Bursts of fifty, over two hosts, are in <see cref="Hosts.TwoHostsSpecs"/>: two hundred of them would take most of a minute.
    /// </summary>
    [Fact]
    public async Task a_burst_finds_the_code_no_more_often_than_its_five_guesses_would()
    {
        var most = (Rounds * (double)Tries / Burst) + (3 * Math.Sqrt(Rounds * (Tries / (double)Burst) * (1 - (Tries / (double)Burst))));
        var (found, dice) = (0, new Random(20));
        var places = Enumerable.Range(0, Rounds).Select(_ => dice.Next(Burst)).ToList();

        await Parallel.ForEachAsync(places, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = TestContext.Current.CancellationToken }, async (place, _) =>
        {
            if (await Found(place)) Interlocked.Increment(ref found);
        });

        ((double)found).ShouldBeLessThanOrEqualTo(most);
    }

    private async Task<bool> Found(int place)
    {
        var visit = new Visit(host, await Person.Make(host));
        (await visit.Create()).Status.ShouldBe(200);
        (await visit.Prepare()).Status.ShouldBe(200);
        var code = await Code(visit);

        var replies = await Task.WhenAll(Enumerable.Range(0, Burst).Select(n =>
            new Visit(host, visit).Attempt(n == place ? code : Wrong.For(code, n + 1))));

        replies.Count(reply => reply.Problem == "form_code_incorrect").ShouldBeLessThanOrEqualTo(Tries);
        return replies.Any(reply => reply.Status == 200);
    }

    /// <summary>As the text will say it: the phone need not be waited for.</summary>
    private async Task<string> Code(Visit visit)
    {
        var text = (await visit.Facts()).OfType<SecondFactorPrepared>().Single();
        SignInId.TryParse(visit.SignIn, out var id).ShouldBeTrue();
        var keys = await host.Alba.Services.GetRequiredService<IKeyring>().Of(Tenants.Default, text.Code.Key, TestContext.Current.CancellationToken);
        return OneTimeCodes.Derive(keys.Codes[text.Code.Key], OneTimeCodes.SecondFactor, Tenants.Default, id.Value, text.Authenticator, text.Code).Digits;
    }
}
