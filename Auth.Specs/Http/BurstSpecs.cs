using Auth.Specs.Given;

namespace Auth.Specs.Http;

/// <summary>Whoever fires guesses all at once gains nothing over trying one after the other (R15).</summary>
public class BurstSpecs(RunningHost host)
{
    private const int Rounds = 200, Burst = 8, Tries = 5;

    /// <summary>
    /// The right code is at a random place. Five of eight are compared, so it is found in five rounds of eight; 145 of 200 are three standard errors above that.
    /// Bursts of fifty, over two hosts, are in <see cref="Hosts.TwoHostsSpecs"/>: two hundred of them would take most of a minute.
    /// </summary>
    [Fact]
    public async Task a_burst_finds_the_code_no_more_often_than_its_five_guesses_would()
    {
        const double chance = Tries / (double)Burst;
        var most = chance + (3 * Math.Sqrt(chance * (1 - chance) / Rounds));
        var (found, dice) = (0, new Random(20));
        var places = Enumerable.Range(0, Rounds).Select(_ => dice.Next(Burst)).ToList();

        await Parallel.ForEachAsync(places, new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = TestContext.Current.CancellationToken }, async (place, _) =>
        {
            if (await Found(place)) Interlocked.Increment(ref found);
        });

        (found / (double)Rounds).ShouldBeLessThanOrEqualTo(most);
        found.ShouldBePositive();
    }

    private async Task<bool> Found(int place)
    {
        var person = await Person.Make(host);
        var visit = new Visit(host, person);
        (await visit.Create()).Status.ShouldBe(200);
        var code = await Untexted.CodeOf(host, visit, await Untexted.Issue(host, visit, person));

        var replies = await Task.WhenAll(Enumerable.Range(0, Burst).Select(n => new Visit(host, visit).Attempt(n == place ? code : Wrong.For(code, n + 1))));

        replies.Count(reply => reply.Status == 200 || reply.Problem == "form_code_incorrect").ShouldBeLessThanOrEqualTo(Tries);
        return replies.Any(reply => reply.Status == 200);
    }
}
