using Microsoft.Playwright;

namespace Auth.Specs.Clients;

/// <summary>Passkeys through Clerk's published browser client, unmodified, in a browser with an authenticator of its own.</summary>
[Collection<AtTheDesk>]
public class PasskeyFlowSpecs(Desk desk)
{
    private const string Create = "async ({ identifier, password }) => (await Clerk.client.signIn.create({ identifier, password })).status";

    private const string Prepare = "async () => (await Clerk.client.signIn.prepareSecondFactor({ strategy: 'phone_code' })).secondFactorVerification.status";

    private const string Attempt = """
        async code => {
          const { status, createdSessionId } = await Clerk.client.signIn.attemptSecondFactor({ strategy: 'phone_code', code });
          await Clerk.setActive({ session: createdSessionId });
          return status;
        }
        """;

    private const string Enrol = """
        async () => {
          const passkey = await Clerk.user.createPasskey();
          await Clerk.user.reload();
          return `${passkey.verification.status} ${Clerk.user.passkeys.map(mine => mine.id === passkey.id)}`;
        }
        """;

    private const string WithPasskey = """
        async flow => {
          const { status, createdSessionId } = await Clerk.client.signIn.authenticateWithPasskey({ flow });
          await Clerk.setActive({ session: createdSessionId });
          return `${status} ${Clerk.session.factorVerificationAge}`;
        }
        """;

    private const string Named = """
        async identifier => {
          const signIn = await Clerk.client.signIn.create({ identifier });
          const { status, createdSessionId } = await signIn.authenticateWithPasskey();
          await Clerk.setActive({ session: createdSessionId });
          return status;
        }
        """;

    private const string RenameAndRemove = """
        async () => {
          const named = await Clerk.user.passkeys[0].update({ name: 'My laptop' });
          await named.delete();
          await Clerk.user.reload();
          return `${named.name} ${Clerk.user.passkeys.length}`;
        }
        """;

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public async Task a_passkey_is_made_signs_in_and_goes_again(int client)
    {
        var person = await desk.Host.NewPerson();
        await using var app = await desk.OpenByName(client);
        await Authenticator(app.Page);
        (await app.Ask(Create, new { identifier = person.EmailAddress, password = person.Password })).ShouldBe("needs_second_factor");
        await app.Ask(Prepare);
        (await app.Ask(Attempt, await desk.Host.CodeOf(person))).ShouldBe("complete");
        await app.Shows(person.EmailAddress);

        (await app.Ask(Enrol)).ShouldBe("verified true");
        await SignOut(app);

        (await app.Ask(WithPasskey, "discoverable")).ShouldBe("complete 0,0");
        await app.Shows(person.EmailAddress);
        await SignOut(app);

        (await app.Ask(Named, person.EmailAddress)).ShouldBe("complete");
        await app.Shows(person.EmailAddress);
        (await app.Ask(RenameAndRemove)).ShouldBe("My laptop 0");
        app.Failures.ShouldBeEmpty();
        app.Strangers.ShouldBeEmpty();
    }

    private static async Task SignOut(AppPage app)
    {
        await app.Ask("() => Clerk.signOut({ redirectUrl: location.href })");
        await app.Shows("nobody");
    }

    private static async Task Authenticator(IPage page)
    {
        var tools = await page.Context.NewCDPSessionAsync(page);
        await tools.SendAsync("WebAuthn.enable");
        await tools.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true,
            },
        });
    }
}
