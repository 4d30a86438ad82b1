using Auth.Specs.Given;
using Auth.Specs.Passkeys;

namespace Auth.Specs.Hosts;

/// <summary>A code that is good once is good once over all hosts, however many sign-ins offer it at the same moment. Of a texted code see <see cref="TwoHostsSpecs" />.</summary>
public class OneUseSpecs
{
    private const int Offers = 20;
    private static readonly (string, string?)[] CheapHashes = [("Auth:Passwords:MemoryKiB", "64"), ("Auth:Passwords:Passes", "1")];

    [Fact]
    public async Task a_backup_code_in_twenty_sign_ins_over_both_hosts_makes_one_session_R35()
    {
        await using var database = await SharedDatabase.Make();
        var (first, second) = (await database.Host(CheapHashes), await database.Host(CheapHashes));
        var account = await Account.New(first);
        await account.AddAppEarlier();
        var codes = await account.MakeBackupCodes();

        await OfferedEverywhere(database, first, second, account.Person, "backup_code", () => codes[0]);
        (await database.Count("select jsonb_array_length(data -> 'left')::bigint from auth.mt_doc_backupcodeset")).ShouldBe(9);
    }

    [Fact]
    public async Task a_code_of_an_authenticator_app_in_twenty_sign_ins_over_both_hosts_makes_one_session_R31()
    {
        await using var database = await SharedDatabase.Make();
        var (first, second) = (await database.Host(CheapHashes), await database.Host(CheapHashes));
        var account = await Account.New(first);
        var seed = await account.AddAppEarlier();

        await OfferedEverywhere(database, first, second, account.Person, "totp", () => Account.CodeOf(seed));
    }

    [Fact]
    public async Task an_answer_of_a_passkey_from_twenty_hands_over_both_hosts_makes_one_session_R40()
    {
        await using var database = await SharedDatabase.Make();
        var (first, second) = (await database.Host(CheapHashes), await database.Host(CheapHashes));
        var key = await HeldPasskey.Enrol(await Account.New(first));
        var visit = new KeyVisit(first);
        var answer = key.Answer(await visit.Begin());
        var before = await Sessions(database);

        var replies = await Task.WhenAll(Enumerable.Range(0, Offers).Select(n =>
            new KeyVisit(first) { Browser = visit.Browser.Twin(n % 2 == 0 ? first : second) }.Attempt(answer, signIn: visit.SignIn)));

        replies.Count(reply => reply.Status == 200).ShouldBe(1, string.Join(' ', replies.Select(reply => reply.Status)));
        replies.ShouldAllBe(reply => reply.Status == 200 || reply.Status == 400 || reply.Status == 404 || reply.Status == 409);
        (await Sessions(database)).ShouldBe(before + 1);
        foreach (var fact in (string[])["sign_in.first_factor_verified", "sign_in.converted"])
            (await database.Count($"select count(*) from auth.mt_events where type = '{fact}' and stream_id = '{Id(visit.SignIn)}'")).ShouldBe(1);
    }

    private static async Task OfferedEverywhere(SharedDatabase database, HostProcess first, HostProcess second, Person person, string strategy, Func<string> right)
    {
        var visits = new List<Visit>();
        for (var n = 0; n < Offers; n++)
        {
            visits.Add(new(n % 2 == 0 ? first : second, person));
            ((string)(await visits[n].Create()).Response["status"]!).ShouldBe("needs_second_factor");
        }

        var (before, code) = (await Sessions(database), right());
        var replies = await Task.WhenAll(visits.Select(visit =>
            visit.Browser.Post($"/v1/client/sign_ins/{visit.SignIn}/attempt_second_factor", ("strategy", strategy), ("code", code))));

        replies.Count(reply => reply.Status == 200).ShouldBe(1, string.Join(' ', replies.Select(reply => reply.Status)));
        replies.ShouldAllBe(reply => reply.Status == 200 || reply.Status == 422 || reply.Status == 409 || reply.Status == 429);
        (await Sessions(database)).ShouldBe(before + 1);
        (await database.Count($"select count(*) from auth.mt_events where type = 'sign_in.converted' and stream_id in ({string.Join(',', visits.Select(visit => $"'{Id(visit.SignIn)}'"))})")).ShouldBe(1);
    }

    private static Guid Id(string signIn) => Auth.Host.Http.SignInId.TryParse(signIn, out var id) ? id.Value : Guid.Empty;

    private static Task<long> Sessions(SharedDatabase database) => database.Count("select count(*) from auth.mt_doc_session");
}
