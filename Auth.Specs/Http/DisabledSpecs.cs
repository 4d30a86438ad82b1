using Auth.Domain.Users;
using Auth.Specs.Given;

namespace Auth.Specs.Http;

/// <summary>After so many failures in a row an authenticator is disabled until it is bound again, by recovery or by the operator (FAIL_HARD, R19, R51, R59).</summary>
public class DisabledSpecs(Office desk) : IClassFixture<Office>
{
    private const string WrongPassword = "a wrong horse battery staple", NewPassword = "a new horse battery staple";

    [Fact]
    public async Task the_right_password_is_refused_for_good_and_a_stranger_is_told_the_same_R19_R51()
    {
        var office = await Strict();
        var (person, stranger) = (await Person.Make(office.Host), $"{Guid.NewGuid():n}@example.com");
        await Disable(office, person.EmailAddress, stranger);
        StoryClock.Advance(TimeSpan.FromDays(30));

        using var work = HashWork.Begin();
        var (known, unknown) = (await new Visit(office.Host, person).Create(), await new Visit(office.Host, person).Create(identifier: stranger));

        known.ShouldBe(403, "factor_disabled");
        unknown.ShouldBe(403, "factor_disabled");
        (known.RetryAfter, unknown.RetryAfter).ShouldBe((null, null));
        work.Hashes.ShouldBe(0);
    }

    [Fact]
    public async Task it_is_a_fact_of_the_person_who_is_written_to_and_the_operator_sees_it()
    {
        var office = await Strict();
        var person = await Person.Make(office.Host, twoStep: false);
        await Disable(office, person.EmailAddress);

        await using var session = office.Host.Store.QuerySession("default");
        (await session.Events.FetchStreamAsync(person.Id, token: TestContext.Current.CancellationToken)).Select(e => e.Data).OfType<AuthenticatorDisabled>().ShouldBe([new(Auth.Domain.SignIns.Authenticator.Password, null)]);
        ((string)(await person.LatestMail(office.Host))["subject"]!).ShouldContain("switched off");
        await Eventually.Of(async () => (await new Operator(office.Host).Get($"/v1/users/{person.UserId}/mfa_status")).Json["failing"]?.AsArray().FirstOrDefault(failing => (bool)failing!["disabled"]!));
        (await new Operator(office.Host).Post($"/v1/users/{person.UserId}/verify_password", new { password = person.Password })).ShouldBe(403, "factor_disabled");
    }

    [Fact]
    public async Task a_forgotten_password_binds_it_again_R19_R59()
    {
        var office = await Strict();
        var person = await Person.Make(office.Host, twoStep: false);
        await Disable(office, person.EmailAddress);

        (await ForgottenPassword.Reset(office.Host, person, NewPassword)).Status.ShouldBe(200);

        (await new Visit(office.Host, person).Create(NewPassword)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task the_operator_unlocks_it()
    {
        var office = await Strict();
        var person = await Person.Make(office.Host);
        await Disable(office, person.EmailAddress);

        (await new Operator(office.Host).Post($"/v1/users/{person.UserId}/unlock", new { })).Status.ShouldBe(200);

        (await new Visit(office.Host, person).Create()).Status.ShouldBe(200);
    }

    [Fact]
    public async Task another_factor_goes_on_and_new_backup_codes_bind_them_again()
    {
        var office = await Strict();
        var account = await Account.New(office.Host, twoStep: true);
        await account.MakeBackupCodes();
        for (var sign = 0; sign < 2; sign++)
        {
            var visit = new Visit(office.Host, account.Person);
            (await visit.Create()).Status.ShouldBe(200);
            for (var guess = 0; guess < 5; guess++)
            {
                (await Backup(visit, "22-22222-22222")).ShouldBe(422, "form_code_incorrect");
                StoryClock.Advance(TimeSpan.FromSeconds(31));
            }
        }

        var other = new Visit(office.Host, account.Person);
        (await other.Create()).Status.ShouldBe(200);
        (await Backup(other, "22-22222-22222")).ShouldBe(403, "factor_disabled");
        (await other.Prepare()).Status.ShouldBe(200);

        var made = await account.MakeBackupCodes();
        var again = new Visit(office.Host, account.Person);
        (await again.Create()).Status.ShouldBe(200);
        (await Backup(again, made[0])).Status.ShouldBe(200);
    }

    private static Task<Reply> Backup(Visit visit, string code) => visit.Browser.Post($"/v1/client/sign_ins/{visit.SignIn}/attempt_second_factor", ("strategy", "backup_code"), ("code", code));

    private static async Task Disable(Office office, params string[] identifiers)
    {
        for (var guess = 0; guess < 10; guess++)
        {
            foreach (var identifier in identifiers)
                (await new Browser(office.Host).Post("/v1/client/sign_ins", ("identifier", identifier), ("password", WrongPassword))).ShouldBe(422, "form_password_or_identifier_incorrect");
            StoryClock.Advance(TimeSpan.FromSeconds(31));
        }
    }

    /// <summary>Ten failures disable, and only the ninth makes anybody wait.</summary>
    private async Task<Office> Strict()
    {
        var office = await desk.Open();
        (await office.Stage(new { dials = new { fail_wait_from = 9, fail_hard = 10, fail_wait_first = 30 } })).Status.ShouldBe(200);
        (await office.Apply(office.Tag())).Status.ShouldBe(200);
        return office;
    }
}
