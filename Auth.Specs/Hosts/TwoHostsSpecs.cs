using Auth.Specs.Given;

namespace Auth.Specs.Hosts;

/// <summary>Two hosts over one database are one service: nobody gains by going to both.</summary>
public class TwoHostsSpecs
{
    private const int Burst = 50;

    /// <summary>R14, R15, R16.</summary>
    [Fact]
    public async Task of_fifty_parallel_guesses_over_both_at_most_five_are_compared()
    {
        await using var database = await SharedDatabase.Make();
        var (first, second) = (await database.Host(), await database.Host());
        var visit = new Visit(first, await Person.Make(first));
        var right = await visit.UpToCode();

        var wrong = Enumerable.Range(0, Burst + 1).Select(n => $"{n:d6}").Where(code => code != right).Take(Burst);
        var replies = await Task.WhenAll(wrong.Select((code, n) => new Visit(n % 2 == 0 ? first : second, visit).Attempt(code)));

        replies.ShouldAllBe(reply => reply.Status == 422 || reply.Status == 400 || reply.Status == 409 || reply.Status == 429);
        var compared = replies.Count(reply => reply.Status == 422);
        compared.ShouldBeInRange(1, 5);
        (await database.Events(visit.SignIn))["sign_in.second_factor_rejected"].ShouldBe(compared);
        (await database.Count("select (data ->> 'failures')::bigint from auth.mt_doc_guesses where data ->> 'strategy' = 'PhoneCode'")).ShouldBe(compared);
    }

    /// <summary>R02, R08.</summary>
    [Fact]
    public async Task fifty_parallel_right_answers_over_both_give_one_session()
    {
        await using var database = await SharedDatabase.Make();
        var (first, second) = (await database.Host(), await database.Host());
        var visit = new Visit(first, await Person.Make(first));
        var code = await visit.UpToCode();

        var replies = await Task.WhenAll(Enumerable.Range(0, Burst).Select(n => new Visit(n % 2 == 0 ? first : second, visit).Attempt(code)));

        replies.Count(reply => reply.Status == 200).ShouldBe(1);
        replies.ShouldAllBe(reply => reply.Status < 500);
        (await database.Events(visit.SignIn))["sign_in.converted"].ShouldBe(1);
        (await database.Count("select count(*) from auth.mt_doc_session")).ShouldBe(1);
    }

    [Fact]
    public async Task both_show_the_same_inbox_and_sign_with_the_same_keys()
    {
        await using var database = await SharedDatabase.Make();
        var (first, second) = (await database.Host(), await database.Host());
        var person = await Person.Make(first);
        var visit = new Visit(first, person);

        var code = await visit.UpToCode();
        (await person.LatestCode(second)).ShouldBe(code);
        (await new Visit(second, visit).Attempt(code)).Status.ShouldBe(200);

        const string keys = "/.well-known/jwks.json";
        (await new Browser(second).Get(keys)).Text.ShouldBe((await new Browser(first).Get(keys)).Text);
    }
}
