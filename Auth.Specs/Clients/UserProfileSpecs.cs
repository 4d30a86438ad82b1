using Auth.Specs.Given;
using Microsoft.Playwright;
using OtpNet;
using static Microsoft.Playwright.Assertions;

namespace Auth.Specs.Clients;

/// <summary>Clerk's pre-built profile, mounted in an app's page, lets a person add a second factor by what they type.</summary>
[Collection<AtTheDesk>]
public class UserProfileSpecs(Desk desk)
{
    private const string Mount = """
        () => {
          location.hash = '#/security';
          Clerk.mountUserProfile(document.getElementById('sign-in'), { routing: 'hash' });
        }
        """;

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public async Task shows_and_adds_an_authenticator_app(int client)
    {
        var person = await Person.Make(desk.Host, twoStep: false);
        await using var app = await desk.Open(client, elsewhere: false);
        await app.Ask(AccountSpecs.SignIn, new { identifier = person.EmailAddress, password = person.Password });
        await app.Ask(Mount);

        await Choose(app.Page);
        await Expect(app.Page.Locator("#sign-in svg").Last).ToBeVisibleAsync();
        var seed = await ShownSeed(app.Page);
        await Continue(app.Page);
        await Boxes(app.Page).PressSequentiallyAsync(Account.Not(Account.CodeOf(seed)));
        await Expect(app.Page.GetByTestId("form-feedback-error")).ToBeVisibleAsync();
        await Expect(Boxes(app.Page)).ToHaveValueAsync("");
        await Boxes(app.Page).PressSequentiallyAsync(Account.CodeOf(seed));
        await app.Page.GetByRole(AriaRole.Button, new() { Name = "Finish" }).ClickAsync();

        await Expect(app.Page.GetByText("Authenticator application", new() { Exact = true })).ToBeVisibleAsync();
        (await app.Ask("() => `${Clerk.user.totpEnabled} ${Clerk.user.twoFactorEnabled}`")).ShouldBe("true true");
        app.Failures.ShouldBeEmpty();
        app.Strangers.ShouldBeEmpty();
    }

    /// <summary>R60: the component understands the refusal, has a text sent by itself, and goes on where the person was.</summary>
    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public async Task asks_for_the_second_factor_again_in_an_old_session(int client)
    {
        var person = await Person.Make(desk.Host);
        await using var app = await desk.Open(client, elsewhere: false);
        await app.Ask(AccountSpecs.SignIn, new { identifier = person.EmailAddress, password = person.Password });
        await app.Ask(AccountSpecs.Prepare);
        await app.Ask(AccountSpecs.Attempt, new { strategy = "phone_code", code = await person.LatestCode(desk.Host) });
        await desk.Host.LetProofsAge(person);
        await app.Ask(Mount);

        await Choose(app.Page);
        await Expect(app.Page.GetByText("Verification required")).ToBeVisibleAsync();
        await Boxes(app.Page).PressSequentiallyAsync(await person.LatestCode(desk.Host, texts: 2));

        (await ShownSeed(app.Page)).Length.ShouldBe(20);
        app.Failures.ShouldBeEmpty();
    }

    private static async Task Choose(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Add two-step verification" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Authenticator application" }).ClickAsync();
    }

    private static async Task<byte[]> ShownSeed(IPage page)
    {
        await page.GetByText("scan QR code?", new() { Exact = false }).ClickAsync();
        return Base32Encoding.ToBytes(await page.Locator("#sign-in input").First.InputValueAsync());
    }

    private static ILocator Boxes(IPage page) => page.Locator("input[autocomplete=one-time-code]:visible").Last;

    private static Task Continue(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Continue", Exact = true }).ClickAsync();
}
