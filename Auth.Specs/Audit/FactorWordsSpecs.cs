using Auth.Domain.Instances;
using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Host.Http;
using Auth.Host.Keys;
using Auth.Projections;
using Auth.Specs.Reading;
using static Auth.Specs.Reading.Histories;

namespace Auth.Specs.Audit;

/// <summary>What an auditor reads of codes that were mailed, of passwords that were forgotten, of apps and of backup codes.</summary>
public class FactorWordsSpecs : AuditSpec
{
    private static readonly Guid Mailbox = Id(6), App = Id(7);
    private static readonly Authenticator ByMail = new(Strategy.EmailCode, Mailbox), ToReset = new(Strategy.ResetPasswordEmailCode, Mailbox), ByApp = new(Strategy.Totp, App);

    [Fact]
    public async Task a_mailed_code_and_then_the_app()
    {
        var (histories, key) = await GivenAnnWithAnApp();
        await using var _ = histories;
        await Begins(histories, key, Attempt, Mailed(ByMail), new TextHandedOver(Text, "m1"), new FirstFactorRejected(ByMail), Proved(ByMail), new SecondFactorRejected(ByApp), new SecondFactorVerified(ByApp), ASession);

        (await Words(histories)).ShouldBe(
        [
            "Identified as a•••@e•••", "First factor prepared: mail 1 to a•••@e•••, code 1", "Mail 1 handed to the provider", "First factor rejected: wrong code to a•••@e•••",
            "First factor verified: code to a•••@e•••; second one due by 09:10:00", "Second factor rejected: wrong code of the authenticator app",
            "Second factor verified: code of the authenticator app", $"Converted into {new SessionId(Session)}",
        ]);
    }

    [Fact]
    public async Task a_mailed_code_as_second_factor()
    {
        var (histories, key) = await GivenAnnWithAnApp();
        await using var _ = histories;
        await Begins(histories, key, Attempt, Proved(Authenticator.Password), Texted() with { Authenticator = ByMail }, new SecondFactorRejected(ByMail), new SecondFactorVerified(ByMail), ASession);

        (await Words(histories))[2..].ShouldBe(
        [
            "Second factor prepared: mail 1 to a•••@e•••, code 1", "Second factor rejected: wrong code to a•••@e•••", "Second factor verified: code to a•••@e•••", $"Converted into {new SessionId(Session)}",
        ]);
    }

    [Fact]
    public async Task a_forgotten_password()
    {
        var (histories, key) = await GivenAnnWithAnApp();
        await using var _ = histories;
        await Begins(histories, key, Attempt, Mailed(ToReset), Proved(ToReset), new PasswordReset(Demand.SecondFactor, 2, NineOClock.AddMinutes(12)));

        var told = (await Asked(histories, "replay", TheSignIn)).Data;
        told.ShouldContain("First factor prepared: mail 1 to a•••@e•••, reset code 1");
        told.ShouldContain("→ waiting for the first factor; a code was sent");
        told.ShouldContain("First factor verified: reset code to a•••@e•••; a new password is awaited");
        told.ShouldContain("→ waiting for a new password");
        told.ShouldContain("Password reset: there is a new one; second factor due by 09:12:00");
        told.ShouldContain("ends at 09:15:00 → 09:12:00");
    }

    [Fact]
    public async Task a_code_for_nobody()
    {
        var (histories, key) = await GivenAnn();
        await using var _ = histories;
        await histories.Happened(Attempt, [Identified(user: null, key.Seal("nobody@example.com")), Mailed(new(Strategy.EmailCode)), new FirstFactorRejected(new(Strategy.EmailCode))]);

        (await Words(histories)).ShouldBe(
        [
            "Identified as n•••@e•••, whom nobody here is", "First factor prepared: mail 1 to n•••@e•••, code 1; nothing leaves, nobody has it", "First factor rejected: wrong code to n•••@e•••",
        ]);
    }

    [Fact]
    public async Task a_session_that_waits_for_a_second_factor()
    {
        var (histories, key) = await GivenAnn();
        await using var _ = histories;
        await Begins(histories, key, Attempt, new FirstFactorVerified(Authenticator.Password, Demand.Nothing, 1, null), ASession with { Task = SessionTask.SetupMfa });

        (await Words(histories))[^1].ShouldBe($"Converted into {new SessionId(Session)}, which waits until a second factor is enrolled");
    }

    [Fact]
    public async Task backup_codes_that_were_closed_by_the_settings_of_that_day()
    {
        var (histories, key) = await GivenAnnWithAnApp();
        await using var _ = histories;
        await Applied(histories, new() { Dials = Dials.Shipped with { Tries = 2 } });
        SecondFactorRejected wrong = new(Authenticator.BackupCode);
        await Begins(histories, key, Attempt, Proved(Authenticator.Password), wrong, wrong, new SecondFactorRefused(Authenticator.BackupCode, RefusalReason.Closed, null));

        var told = (await Asked(histories, "replay", TheSignIn)).Data;
        told.ShouldContain("Second factor rejected: wrong backup code");
        told.ShouldContain("wrong guesses at the backup codes 1 → 2 of 2");
        told.ShouldContain("Second factor refused unseen: backup code, closed for this sign-in");
        told.ShouldContain("because 2 of 2 wrong guesses: events 3, 4");
        told.ShouldContain("waiting, with the backup codes closed by wrong guesses");
    }

    [Fact]
    public async Task a_list_with_all_of_it_in_one_line()
    {
        var (histories, key) = await GivenAnnWithAnApp();
        await using var _ = histories;
        await Begins(histories, key, Attempt, Mailed(ByMail), new FirstFactorRejected(ByMail), Proved(ByMail), new SecondFactorVerified(Authenticator.BackupCode), ASession);

        (await Asked(histories, "list")).Data.ShouldContain("converted  email, backup, 1 wrong");
    }

    [Fact]
    public async Task mails_that_used_up_the_limit()
    {
        var (histories, key) = await GivenAnnWithAnApp();
        await using var _ = histories;
        await Begins(histories, key, Id(11), [.. Enumerable.Range(1, 5).Select(number => Mailed(number % 2 == 0 ? ByMail : ToReset, number))]);
        await Begins(histories, key, Attempt, new FirstFactorRefused(ByMail, RefusalReason.SendLimit, NineOClock.AddHours(1)));

        var told = (await Asked(histories, "replay", TheSignIn)).Data;
        told.ShouldContain("no message before 10:00:00");
        told.ShouldContain("because 5 of 5 mails to this address in an hour");
        told.ShouldContain("events 2, 3, 4, 5, 6");
    }

    [Theory]
    [InlineData("app")]
    [InlineData("address")]
    [InlineData("backup codes")]
    public async Task whatever_voided_the_first_proof_is_named(string what)
    {
        var (histories, key) = await GivenAnnWithAnApp();
        await using var _ = histories;
        await Begins(histories, key, Attempt, Proved(Authenticator.Password));
        await histories.Account(Ann,
        [
            what switch { "app" => new AuthenticatorAppRemoved(App), "address" => new EmailAddressRemoved(Mailbox), _ => new BackupCodesMade(Id(9), 10) }, new NamesChanged(null, null),
        ]);
        await histories.Happened(Attempt, [new Invalidated(2)]);

        (await Asked(histories, "replay", TheSignIn)).Data.ShouldContain("event 11", Case.Sensitive, customMessage: what);
    }

    private static async Task<string[]> Words(Histories histories) =>
        [.. (await Asked(histories, "show", TheSignIn, "--json")).Json.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("words").GetString()!)];

    private static FirstFactorPrepared Mailed(Authenticator to, int number = 1) =>
        new(to, Id(19 + number), number, new OneTimeCode(CodeKey, "00ff", 1, NineOClock.AddMinutes(5)), NineOClock.AddSeconds(30));

    private static FirstFactorVerified Proved(Authenticator authenticator) => Password with { Authenticator = authenticator };

    private static async Task<(Histories Histories, Key Key)> GivenAnnWithAnApp()
    {
        var (histories, key) = await GivenAnn();
        await histories.Account(Ann,
        [
            new EmailAddressAdded(Mailbox, key.Seal("ann@example.com")), new EmailAddressVerified(Mailbox, Vouching.Code), new AuthenticatorAppAdded(App), new BackupCodesMade(Id(8), 10),
        ]);
        return (histories, key);
    }

    // Beside every event of these specs stands that it was decided under version 1.
    private static async Task Applied(Histories histories, Settings settings)
    {
        await using var session = histories.Store.LightweightSession("default");
        session.Events.StartStream<Instance>(Instance.TheOne, new SettingsApplied(1, settings, "key_00000000", null, null));
        await session.SaveChangesAsync(TestContext.Current.CancellationToken);
    }
}
