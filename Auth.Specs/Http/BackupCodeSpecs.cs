using Auth.Host.Factors;
using Auth.Specs.Given;
using Marten;

namespace Auth.Specs.Http;

/// <summary>Backup codes: ten, shown once, hashed, each good once (R35 to R38).</summary>
public class BackupCodeSpecs(RunningHost host)
{
    [Fact]
    public async Task ten_codes_of_fifty_bits_are_shown_once_R36()
    {
        var account = await Account.New(host, twoStep: true);
        var codes = await account.MakeBackupCodes();

        codes.Count.ShouldBe(10);
        codes.Distinct().Count().ShouldBe(10);
        codes.ShouldAllBe(code => System.Text.RegularExpressions.Regex.IsMatch(code, "^[2-9A-HJ-NP-Z]{2}-[2-9A-HJ-NP-Z]{5}-[2-9A-HJ-NP-Z]{5}$"));
        var later = (await account.Get("")).Text + (await account.Browser.Get("/v1/client")).Text;
        codes.ShouldAllBe(code => !later.Contains(code));
    }

    [Fact]
    public async Task at_rest_there_are_hashes_only_R36()
    {
        var account = await Account.New(host, twoStep: true);
        var codes = await account.MakeBackupCodes();

        await using var session = host.Store.QuerySession("default");
        var rest = await session.Query<BackupCodeSet>().SingleAsync(set => set.UserId == account.Person.Id, TestContext.Current.CancellationToken);
        rest.Left.Count.ShouldBe(10);
        rest.Left.ShouldAllBe(row => row.Phc.StartsWith("$argon2id$", StringComparison.Ordinal) && row.Selector.Length == 2);
        codes.Where(code => rest.Left.Any(row => row.Phc.Contains(code.Substring(3, 5), StringComparison.Ordinal))).ShouldBeEmpty();
    }

    [Fact]
    public async Task one_of_them_is_the_second_factor_of_one_sign_in_R35()
    {
        var account = await Account.New(host, twoStep: true);
        var codes = await account.MakeBackupCodes();

        var visit = await Begun(account.Person);
        ((string)(await Attempt(visit, codes[3])).Response["status"]!).ShouldBe("complete");
        (await Attempt(await Begun(account.Person), codes[3])).ShouldBe(422, "form_code_incorrect");
        (await Attempt(await Begun(account.Person), codes[4])).Status.ShouldBe(200);
    }

    [Fact]
    public async Task how_it_is_spelled_does_not_matter()
    {
        var account = await Account.New(host, twoStep: true);
        var codes = await account.MakeBackupCodes();

        (await Attempt(await Begun(account.Person), $" {codes[0].Replace("-", " ", StringComparison.Ordinal).ToLowerInvariant()} ")).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("ABCDEFG")]
    [InlineData("123456")]
    public async Task what_cannot_be_one_is_malformed_and_not_counted(string typed)
    {
        var account = await Account.New(host, twoStep: true);
        await account.MakeBackupCodes();

        (await Attempt(await Begun(account.Person), typed)).ShouldBe(422, "form_param_format_invalid");
    }

    /// <summary>Codes that moved in have any form; nobody is told which of the two somebody has.</summary>
    [Fact]
    public async Task what_can_only_be_another_systems_is_a_wrong_guess_R38()
    {
        var account = await Account.New(host, twoStep: true);
        var codes = await account.MakeBackupCodes();
        var visit = await Begun(account.Person);
        for (var guess = 0; guess < 5; guess++) (await Attempt(visit, "AB-CDEFG-HJK0O")).ShouldBe(422, "form_code_incorrect");
        (await Attempt(visit, codes[0])).ShouldBe(400, "verification_failed");
    }

    [Fact]
    public async Task used_at_once_in_many_sign_ins_it_makes_one_session_R35()
    {
        var account = await Account.New(host, twoStep: true);
        var codes = await account.MakeBackupCodes();
        var visits = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Begun(account.Person)));

        var replies = await Task.WhenAll(visits.Select(visit => Attempt(visit, codes[0])));
        replies.Count(reply => reply.Status == 200).ShouldBe(1);
    }

    [Fact]
    public async Task five_wrong_ones_close_it_and_the_text_still_works_R38()
    {
        var account = await Account.New(host, twoStep: true);
        var codes = await account.MakeBackupCodes();
        var visit = await Begun(account.Person);
        for (var guess = 0; guess < 5; guess++) (await Attempt(visit, "AA-AAAAA-AAAAA")).ShouldBe(422, "form_code_incorrect");

        (await Attempt(visit, codes[0])).ShouldBe(400, "verification_failed");
        (await visit.Prepare()).Status.ShouldBe(200);
        (await visit.Attempt(await account.Person.LatestCode(host, texts: 2))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task new_ones_void_the_old_ones_R37()
    {
        var account = await Account.New(host, twoStep: true);
        var old = await account.MakeBackupCodes();
        var fresh = await account.MakeBackupCodes();

        (await Attempt(await Begun(account.Person), old[0])).ShouldBe(422, "form_code_incorrect");
        (await Attempt(await Begun(account.Person), fresh[0])).Status.ShouldBe(200);
    }

    [Fact]
    public async Task alone_they_are_no_second_factor()
    {
        var account = await Account.New(host);
        (await account.Post("/backup_codes")).ShouldBe(400, "backup_codes_not_available");
    }

    [Fact]
    public async Task they_go_with_the_last_factor_they_stand_in_for()
    {
        var account = await Account.New(host, twoStep: true);
        await account.MakeBackupCodes();
        (await account.Patch($"/phone_numbers/{account.Person.PhoneNumberId}", ("reserved_for_second_factor", "false"))).Status.ShouldBe(200);

        ((bool)(await account.Get("")).Response["backup_code_enabled"]!).ShouldBeFalse();
        await using var session = host.Store.QuerySession("default");
        (await session.Query<BackupCodeSet>().CountAsync(set => set.UserId == account.Person.Id, TestContext.Current.CancellationToken)).ShouldBe(0);
    }

    private async Task<Visit> Begun(Person person)
    {
        var visit = new Visit(host, person);
        (await visit.Create()).Status.ShouldBe(200);
        return visit;
    }

    private static Task<Reply> Attempt(Visit visit, string code) => visit.Browser.Post($"/v1/client/sign_ins/{visit.SignIn}/attempt_second_factor", ("strategy", "backup_code"), ("code", code));
}
