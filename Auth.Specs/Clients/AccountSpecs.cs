using Auth.Specs.Given;
using OtpNet;

namespace Auth.Specs.Clients;

/// <summary>What Clerk's published client does under <c>user.…</c> and <c>session.…</c>, unmodified: enrols every second factor, signs in with each, steps up.</summary>
[Collection<AtTheDesk>]
public class AccountSpecs(Desk desk)
{
    private static int _numbers = 4_000_000;

    internal const string SignIn = """
        async ({ identifier, password }) => {
          const signIn = await Clerk.client.signIn.create({ identifier, password });
          if (signIn.status === 'complete') await Clerk.setActive({ session: signIn.createdSessionId });
          return signIn.status === 'complete' ? signIn.status : signIn.supportedSecondFactors.map(factor => factor.strategy).join(' ');
        }
        """;

    internal const string Attempt = """
        async ({ strategy, code }) => {
          const { status, createdSessionId } = await Clerk.client.signIn.attemptSecondFactor({ strategy, code });
          await Clerk.setActive({ session: createdSessionId });
          return `${status} ${Clerk.session.factorVerificationAge}`;
        }
        """;

    internal const string Prepare = "async () => (await Clerk.client.signIn.prepareSecondFactor({ strategy: 'phone_code' })).status";

    private const string AddNumber = """
        async phoneNumber => {
          window.number = await Clerk.user.createPhoneNumber({ phoneNumber });
          return (await number.prepareVerification()).verification.status;
        }
        """;

    private const string VerifyNumber = """
        async code => {
          await number.attemptVerification({ code });
          await number.setReservedForSecondFactor({ reserved: true });
          const { verification, reservedForSecondFactor, defaultSecondFactor } = await number.makeDefaultSecondFactor();
          await Clerk.user.reload();
          return `${verification.status} ${reservedForSecondFactor} ${defaultSecondFactor} ${Clerk.user.twoFactorEnabled}`;
        }
        """;

    private const string AddApp = "async () => (await Clerk.user.createTOTP()).secret";

    private const string VerifyApp = """
        async ({ before, now }) => {
          const { verified } = await Clerk.user.verifyTOTP({ code: before }).catch(() => Clerk.user.verifyTOTP({ code: now }));
          return `${verified} ${Clerk.user.totpEnabled}`;
        }
        """;

    private const string MakeCodes = "async () => (await Clerk.user.createBackupCode()).codes.join(' ')";

    private const string SignOut = "() => Clerk.signOut({ redirectUrl: location.href })";

    [Theory]
    [InlineData(5, false)]
    [InlineData(6, true)]
    public async Task enrols_a_number_an_app_and_backup_codes_and_signs_in_with_each(int client, bool elsewhere)
    {
        var person = await Person.Make(desk.Host, twoStep: false);
        var phone = person with { PhoneNumber = $"+1201{Interlocked.Increment(ref _numbers)}" };
        await using var app = await desk.Open(client, elsewhere);
        var credentials = new { identifier = person.EmailAddress, password = person.Password };
        (await app.Ask(SignIn, credentials)).ShouldBe("complete");

        (await app.Ask(AddNumber, phone.PhoneNumber)).ShouldBe("unverified");
        (await app.Ask(VerifyNumber, await phone.LatestCode(desk.Host))).ShouldBe("verified true true true");
        var seed = Base32Encoding.ToBytes(await app.Ask(AddApp));
        (await app.Ask(VerifyApp, new { before = Account.CodeOf(seed, -1), now = Account.CodeOf(seed) })).ShouldBe("true true");
        var codes = (await app.Ask(MakeCodes)).Split(' ');
        codes.Length.ShouldBe(10);
        (await app.Ask("() => `${Clerk.user.backupCodeEnabled}`")).ShouldBe("true");

        foreach (var (strategy, code) in (IEnumerable<(string, Func<Task<string>>)>)
        [
            ("totp",        () => Task.FromResult(Account.CodeOf(seed))),
            ("backup_code", () => Task.FromResult(codes[0])),
            ("phone_code",  () => phone.LatestCode(desk.Host, texts: 2)),
        ])
        {
            await app.Ask(SignOut);
            await app.Shows("nobody");
            (await app.Ask(SignIn, credentials)).ShouldBe("phone_code totp backup_code");
            if (strategy == "phone_code") await app.Ask(Prepare);
            (await app.Ask(Attempt, new { strategy, code = await code() })).ShouldBe("complete 0,0");
            await app.Shows(person.EmailAddress);
        }

        app.Failures.ShouldBeEmpty();
        app.Strangers.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public async Task steps_up_with_a_second_factor_before_an_old_session_changes_anything(int client)
    {
        var person = await Person.Make(desk.Host);
        await using var app = await desk.Open(client, elsewhere: false);
        await app.Ask(SignIn, new { identifier = person.EmailAddress, password = person.Password });
        await app.Ask(Prepare);
        await app.Ask(Attempt, new { strategy = "phone_code", code = await person.LatestCode(desk.Host) });
        await desk.Host.LetProofsAge(person);

        (await app.Refusal("() => Clerk.user.createBackupCode()")).ShouldBe("session_reverification_required");
        (await app.Ask("""
            async () => {
              const { status, supportedSecondFactors: [{ phoneNumberId }] } = await Clerk.session.startVerification({ level: 'second_factor' });
              await Clerk.session.prepareSecondFactorVerification({ strategy: 'phone_code', phoneNumberId });
              return status;
            }
            """)).ShouldBe("needs_second_factor");
        (await app.Ask("async code => (await Clerk.session.attemptSecondFactorVerification({ strategy: 'phone_code', code })).status", await person.LatestCode(desk.Host, texts: 2))).ShouldBe("complete");
        (await app.Ask(MakeCodes)).Split(' ').Length.ShouldBe(10);
        app.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task adds_and_removes_an_address_changes_the_password_and_takes_the_app_off_again()
    {
        var person = await Person.Make(desk.Host, twoStep: false);
        var address = person with { EmailAddress = $"other-{person.EmailAddress}" };
        await using var app = await desk.Open(5, elsewhere: false);
        await app.Ask(SignIn, new { identifier = person.EmailAddress, password = person.Password });

        await app.Ask("async email => { window.address = await Clerk.user.createEmailAddress({ email }); await address.prepareVerification({ strategy: 'email_code' }); return ''; }", address.EmailAddress);
        (await app.Ask("async code => (await address.attemptVerification({ code })).verification.status", await address.MailedCode(desk.Host))).ShouldBe("verified");
        (await app.Ask("async () => { await address.destroy(); await Clerk.user.reload(); return `${Clerk.user.emailAddresses.length}`; }")).ShouldBe("1");

        var seed = Base32Encoding.ToBytes(await app.Ask(AddApp));
        await app.Ask(VerifyApp, new { before = Account.CodeOf(seed, -1), now = Account.CodeOf(seed) });
        (await app.Ask("async () => { const { deleted } = await Clerk.user.disableTOTP(); return `${deleted} ${Clerk.user.totpEnabled}`; }")).ShouldBe("true false");

        await app.Ask("async currentPassword => { await Clerk.user.updatePassword({ currentPassword, newPassword: 'another horse battery staple' }); return ''; }", person.Password);
        await app.Ask(SignOut);
        await app.Shows("nobody");
        (await app.Refusal(SignIn, new { identifier = person.EmailAddress, password = person.Password })).ShouldBe("form_password_or_identifier_incorrect");
        (await app.Ask(SignIn, new { identifier = person.EmailAddress, password = "another horse battery staple" })).ShouldBe("complete");
        app.Failures.ShouldBeEmpty();
    }
}
