using Auth.Domain.Audits;
using Auth.Domain.Users;
using Auth.Host.Audit;
using Auth.Host.Audit.Verbs;
using Auth.Host.Database;
using Auth.Host.Keys;
using Auth.Specs.Proof;
using Auth.Specs.Reading;
using Marten;
using static Auth.Specs.Reading.Histories;

namespace Auth.Specs.Audit;

/// <summary><c>audit verify</c>: 0 for a whole history, 1 for one that is not, 2 where that cannot be told (R86).</summary>
public class VerifySpecs : AuditSpec
{
    [Fact]
    public async Task a_whole_history_with_its_readings_is_0()
    {
        await using var history = await Sealed();

        var told = await Asked(history.Histories, "verify", "--all", "--json");

        (told.Code, told.Json.GetProperty("whole").GetBoolean(), told.Json.GetProperty("unsealed").GetInt64()).ShouldBe((0, true, 0));
    }

    [Fact]
    public async Task a_changed_event_is_1_and_told_first()
    {
        await using var history = await Sealed();
        await history.Owner("update auth.mt_events set type = 'sign_in.expired' where seq_id = 9");

        var told = await Asked(history.Histories, "verify");

        told.Code.ShouldBe(1);
        told.Data.ShouldStartWith("event 9          changed");
    }

    [Fact]
    public async Task what_is_not_sealed_yet_is_2()
    {
        var (histories, key) = await GivenAnn();
        await using var _ = histories;
        await Begins(histories, key, Attempt);

        (await Asked(histories, "verify")).Code.ShouldBe(2);
    }

    [Theory]
    [InlineData("SignInHistory", "update auth.mt_doc_signinhistory set data = jsonb_set(data, '{wrongGuesses}', '0')")]
    [InlineData("SignInTimeline", "delete from auth.mt_doc_signintimeline")]
    [InlineData("User", "update auth.mt_doc_user set data = jsonb_set(data, '{epoch}', '7')")]
    [InlineData("UserMfaStatus", "update auth.mt_doc_usermfastatus set data = data - 'numbers'")]
    [InlineData("ActiveSessions", "delete from auth.mt_doc_activesessions")]
    [InlineData("Users", "update auth.mt_doc_users set data = jsonb_set(data, '{signIns}', '0')")]
    [InlineData("MfaAdoption", "update auth.mt_doc_mfaadoption set data = jsonb_set(data, '{converted}', '9')")]
    [InlineData("SmsLedger", "insert into auth.mt_doc_smsledger (tenant_id, id, data) values ('default', '2026-03-02:SE', '{}')")]
    public async Task a_reading_that_the_events_do_not_give_is_1(string reading, string sql)
    {
        await using var history = await Sealed();
        (await history.Owner(sql)).ShouldBeGreaterThan(0);

        var told = await Asked(history.Histories, "verify");

        told.Code.ShouldBe(1, told.Data);
        told.Data.ShouldContain($"{reading} ");
    }

    [Fact]
    public async Task readings_are_compared_as_far_as_they_have_come()
    {
        await using var history = await Sealed();
        await history.Attempt(9);
        await history.SealAll();

        (await Asked(history.Histories, "verify")).Code.ShouldBe(0);
    }

    [Fact]
    public async Task without_the_root_key_a_given_key_checks_what_was_signed()
    {
        await using var history = await Sealed();
        var folder = Directory.CreateTempSubdirectory("auth-proof-");
        var (key, other) = (Path.Combine(folder.FullName, "ours.vkey"), Path.Combine(folder.FullName, "other.vkey"));
        await File.WriteAllTextAsync(key, $"{history.KeysOf("default").Signer.Verifier}\n{history.KeysOf("other").Signer.Verifier}\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(other, $"{new Auth.Projections.Proof.NoteSigner(history.KeysOf("default").Origin, new byte[32]).Verifier}\n{history.KeysOf("other").Signer.Verifier}\n", TestContext.Current.CancellationToken);

        (await Keyless(history.Histories, "verify")).Code.ShouldBe(2);
        (await Keyless(history.Histories, "verify", "--key", key)).Code.ShouldBe(0);
        (await Keyless(history.Histories, "verify", "--key", other)).Code.ShouldBe(1);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task a_witness_file_is_part_of_it()
    {
        await using var history = await Sealed();
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, string.Join('\n', (await history.AllSeals()).Select(seal => seal.Note)), TestContext.Current.CancellationToken);
        var (all, before) = ((await history.AllSeals()).Count, await Asked(history.Histories, "verify", "--checkpoint", file, "--json"));
        await history.Owner("delete from auth.seals; delete from auth.mt_events where stream_id = (select stream_id from auth.mt_events where type like 'sign_in.%' order by seq_id desc limit 1); delete from auth.mt_streams s where not exists (select from auth.mt_events e where e.stream_id = s.id)");
        await history.SealAll();

        (before.Code, before.Json.GetProperty("witnessed").GetInt32()).ShouldBe((0, all));
        (await Asked(history.Histories, "verify", "--checkpoint", file)).ShouldSatisfyAllConditions(told => told.Code.ShouldBe(1), told => told.Data.ShouldContain("truncated"));
        File.Delete(file);
    }

    [Fact]
    public async Task one_sign_in_can_be_asked_for()
    {
        await using var history = await Sealed();

        (await Asked(history.Histories, "verify", Of(Id(100)))).Code.ShouldBe(0);
        (await Asked(history.Histories, "verify", Of(Id(999)))).Code.ShouldBe(1);
        await history.Owner($"update auth.mt_events set type = 'sign_in.expired' where stream_id = '{Id(100)}' and version = 2");
        (await Asked(history.Histories, "verify", Of(Id(100)))).Code.ShouldBe(1);
    }

    [Fact]
    public async Task what_came_of_it_is_told_on_the_trail()
    {
        await using var history = await Sealed();
        await history.Owner("update auth.mt_events set type = 'sign_in.expired' where seq_id = 9");

        var told = await Asked(history.Histories, "verify");

        told.Words.ShouldContain("Recorded as event");
        await using var session = history.Histories.Store.QuerySession("default");
        var recorded = (await session.Events.QueryAllRawEvents().ToListAsync(TestContext.Current.CancellationToken)).Select(e => e.Data).OfType<HistoryVerified>().ShouldHaveSingleItem();
        (recorded.Findings, recorded.First, recorded.NotChecked, recorded.Of).ShouldBe((1, 9, 1, null));
    }

    [Fact]
    public async Task without_the_root_key_or_the_right_to_write_it_says_that_nothing_was_recorded()
    {
        await using var history = await Sealed();

        (await Keyless(history.Histories, "verify")).ShouldSatisfyAllConditions(told => told.Code.ShouldBe(2), told => told.Words.ShouldContain("Not recorded"));
        (await Asked(history.Histories, new byte[RootKey.Length], ";Options=-c default_transaction_read_only=on", "verify")).ShouldSatisfyAllConditions(told => told.Code.ShouldBe(0), told => told.Words.ShouldContain("Not recorded"));
    }

    /// <summary>What was hashed is the ciphertext: a destroyed key takes nothing from the proof.</summary>
    [Fact]
    public async Task an_erased_person_leaves_a_whole_history_and_its_evidence()
    {
        var (histories, key) = await GivenAnn();
        await using var history = await SealedHistory.Over(histories);
        await Begins(histories, key, Attempt, UpToTheCode);
        await history.SealAll();
        await histories.Account(Ann, [new UserErased()]);
        await history.Owner("delete from auth.mt_doc_personalkey");
        await histories.Read();
        await history.SealAll();

        (await Asked(histories, "show", TheSignIn)).Data.ShouldContain("[erased]");
        (await Asked(histories, "verify")).ShouldSatisfyAllConditions(told => told.Code.ShouldBe(0, told.Data));
        (await Asked(histories, "prove", TheSignIn)).Code.ShouldBe(0);
    }

    private static string Of(Guid signIn) => $"{new Auth.Host.Http.SignInId(signIn)}";

    private static async Task<SealedHistory> Sealed()
    {
        var history = await SealedHistory.New();
        await history.Lively();
        await history.Histories.Read();
        await history.SealAll();
        return history;
    }

    private static Task<Answer> Keyless(Histories histories, params string[] args) => Asked(histories, [1, .. new byte[RootKey.Length - 1]], "", args);

    private static async Task<Answer> Asked(Histories histories, byte[] root, string database, params string[] args)
    {
        var (data, words) = (new StringWriter(), new StringWriter());
        var code = await AuditCommand.Run(["audit", .. args], new Terminal(data, words, new StringReader(""), 100, Colours: false), new Dictionary<string, string?> { [ChosenDatabase.Key] = histories.Connection + database, ["Auth:Keys:Root"] = Convert.ToBase64String(root) },
            histories.Clock, TestContext.Current.CancellationToken);
        return new(code, data.ToString(), words.ToString());
    }
}
