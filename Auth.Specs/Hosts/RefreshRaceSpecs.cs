using Auth.Specs.Given;
using Auth.Specs.Sessions;

namespace Auth.Specs.Hosts;

/// <summary>One value used at once at two hosts: one of them rotates it, and nobody is thrown out (R72).</summary>
public class RefreshRaceSpecs
{
    // A token of one host is a token of the other: they are one service, under one address.
    private static readonly (string, string?) OneService = ("Auth:PublicUrl", "http://localhost:5080");

    [Fact]
    public async Task of_thirty_parallel_refreshes_over_both_one_gets_the_next_value_and_the_session_lives_R72()
    {
        await using var database = await SharedDatabase.Make();
        var (first, second) = (await database.Host(OneService), await database.Host(OneService));
        var account = await Account.New(first);
        var backend = new AppsBackend(first);
        await backend.Handshake(account.Browser);

        var replies = await Task.WhenAll(Enumerable.Range(0, 30).Select(n => backend.Renew(account.Session, backend.Refresh, backend.Token, at: n % 2 == 0 ? first : second)));

        replies.Where(reply => reply.Status != 200 && reply.Status != 409).Select(reply => $"{reply.Status} {reply.Text}").ShouldBeEmpty();
        replies.Count(reply => reply.Status == 200 && AppsBackend.Set(reply).ContainsKey("__refresh")).ShouldBe(1);
        (await database.Count("select count(*) from auth.mt_doc_refreshvalue")).ShouldBe(2);
        (await account.Get("")).Status.ShouldBe(200);
    }
}
