using Auth.Specs.Given;

namespace Auth.Specs.Clients;

/// <summary>Clerk's published client makes a passkey, names it, signs in with it alone and as second factor, steps up with it and takes it off, unmodified in a real browser (R43).</summary>
[Collection<AtTheDesk>]
public sealed class PasskeyClientSpecs(Desk desk) : IAsyncLifetime
{
    private LiveHost _host = null!;

    private const string Make = "async () => { window.passkey = await Clerk.user.createPasskey(); return `${passkey.verification.status} ${Clerk.user.passkeys.length}`; }";

    private const string SignInWithIt = """
        async () => {
          const { status, createdSessionId } = await Clerk.client.signIn.authenticateWithPasskey({ flow: 'discoverable' });
          await Clerk.setActive({ session: createdSessionId });
          return `${status} ${Clerk.session.factorVerificationAge}`;
        }
        """;

    private const string SignOut = "() => Clerk.signOut({ redirectUrl: location.href })";

    /// <inheritdoc />
    public async ValueTask InitializeAsync() => _host = await LiveHost.Start(("Auth:PublicUrl", "http://localhost:5080"));

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public async Task makes_one_names_it_signs_in_with_it_alone_and_takes_it_off(int client)
    {
        var person = await Person.Make(_host, twoStep: false);
        await using var app = await desk.OpenWithAuthenticator(_host, client);
        (await app.Ask(AccountSpecs.SignIn, new { identifier = person.EmailAddress, password = person.Password })).ShouldBe("complete");
        (await app.Ask(Make)).ShouldBe("verified 1");
        (await app.Ask("async () => (await passkey.update({ name: 'My laptop' })).name")).ShouldBe("My laptop");

        await app.Ask(SignOut);
        await app.Shows("nobody");
        (await app.Ask(SignInWithIt)).ShouldBe("complete 0,0");
        await app.Shows(person.EmailAddress);

        (await app.Ask("async () => { await Clerk.user.passkeys[0].delete(); await Clerk.user.reload(); return `${Clerk.user.passkeys.length}`; }")).ShouldBe("0");
        app.Failures.ShouldBeEmpty();
        app.Strangers.ShouldBeEmpty();
    }

    [Fact]
    public async Task steps_an_old_session_up_with_it()
    {
        var person = await Person.Make(_host, twoStep: false);
        await using var app = await desk.OpenWithAuthenticator(_host, 5);
        await app.Ask(AccountSpecs.SignIn, new { identifier = person.EmailAddress, password = person.Password });
        await app.Ask(Make);
        await _host.LetProofsAge(person);
        (await app.Refusal("() => Clerk.user.createBackupCode()")).ShouldBe("session_reverification_required");
        (await app.Ask("async () => { await Clerk.session.startVerification({ level: 'first_factor' }); return (await Clerk.session.verifyWithPasskey()).status; }")).ShouldBe("complete");
        (await app.Ask("async () => `${(await Clerk.user.createBackupCode()).codes.length}`")).ShouldBe("10");
        app.Failures.ShouldBeEmpty();
    }
}
