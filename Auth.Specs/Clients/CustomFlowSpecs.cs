using Auth.Specs.Given;

namespace Auth.Specs.Clients;

/// <summary>The guide's custom flow, in its own words, through Clerk's published browser client, unmodified.</summary>
[Collection<AtTheDesk>]
public class CustomFlowSpecs(Desk desk)
{
    private const string Create = """
        async ({ identifier, password }) => {
          const { client } = window.Clerk;
          const signIn = await client.signIn.create({ identifier, password });
          return signIn.status;
        }
        """;

    private const string Prepare = "async () => (await Clerk.client.signIn.prepareSecondFactor({ strategy: 'phone_code' })).secondFactorVerification.status";

    private const string Attempt = """
        async code => {
          const { status, createdSessionId } = await Clerk.client.signIn.attemptSecondFactor({ strategy: 'phone_code', code });
          if (status === 'complete') await Clerk.setActive({ session: createdSessionId });
          return status;
        }
        """;

    private const string WhoseToken = """
        async () => {
          const token = await Clerk.session.getToken({ skipCache: true });
          return JSON.parse(atob(token.split('.')[1])).sid === Clerk.session.id ? 'of this session' : 'of another';
        }
        """;

    [Theory]
    [InlineData(5, false)]
    [InlineData(5, true)]
    [InlineData(6, true)]
    public async Task takes_a_person_from_password_to_session_and_out_again(int client, bool elsewhere)
    {
        var person = await Person.Make(desk.Host);
        await using var app = await desk.Open(client, elsewhere);

        (await app.Ask(Create, new { identifier = person.EmailAddress, password = person.Password })).ShouldBe("needs_second_factor");
        (await app.Ask(Prepare)).ShouldBe("unverified");
        var code = await person.LatestCode(desk.Host);
        (await app.Refusal(Attempt, Account.Not(code))).ShouldBe("form_code_incorrect");
        (await app.Ask("() => `${Clerk.session} ${Clerk.client.sessions.length}`")).ShouldBe("null 0");
        (await app.Ask(Attempt, code)).ShouldBe("complete");

        await app.Shows(person.EmailAddress);
        (await app.Ask(WhoseToken)).ShouldBe("of this session");
        await app.Page.ReloadAsync();
        await app.Shows(person.EmailAddress);

        await app.Ask("() => Clerk.signOut({ redirectUrl: location.href })");
        await app.Shows("nobody");
        (await app.Ask("() => `${Clerk.session} ${Clerk.client.sessions.length}`")).ShouldBe("null 0");
        app.Failures.ShouldBeEmpty();
        app.Strangers.ShouldBeEmpty();
    }
}
