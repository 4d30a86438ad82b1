using Auth.Specs.Given;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Auth.Specs.Clients;

/// <summary>Clerk's pre-built sign-in, mounted in an app's page, takes a person through by what they type.</summary>
[Collection<AtTheDesk>]
public class SignInComponentSpecs(Desk desk)
{
    private const string Mount = "() => Clerk.mountSignIn(document.getElementById('sign-in'), { forceRedirectUrl: location.href })";

    [Theory]
    [InlineData(5, false)]
    [InlineData(5, true)]
    [InlineData(6, true)]
    public async Task takes_a_person_from_identifier_to_session_with_the_texted_code(int client, bool elsewhere)
    {
        var person = await Person.Make(desk.Host);
        await using var app = await Mounted(client, elsewhere, person);
        var page = app.Page;

        await Password(page).FillAsync("not their password, but long");
        await Continue(page);
        await Expect(page.GetByText("Password or identifier is incorrect", new() { Exact = false })).ToBeVisibleAsync();
        await Password(page).FillAsync(person.Password);
        await Continue(page);

        await Boxes(page).WaitForAsync();
        var code = await person.LatestCode(desk.Host);
        await Boxes(page).PressSequentiallyAsync(Account.Not(code));
        await Expect(page.GetByTestId("form-feedback-error")).ToBeVisibleAsync();
        await Expect(Boxes(page)).ToHaveValueAsync("");
        await Boxes(page).PressSequentiallyAsync(code);

        await In(app, person);
        (await app.Ask("() => `${Clerk.session.status} ${Clerk.user.twoFactorEnabled}`")).ShouldBe("active true");
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public async Task asks_for_the_code_of_the_authenticator_app_before_all_others(int client)
    {
        var account = await Account.New(desk.Host, twoStep: true);
        var seed = await account.AddAppEarlier();
        await using var app = await Mounted(client, elsewhere: false, account.Person);

        await Password(app.Page).FillAsync(account.Person.Password);
        await Continue(app.Page);
        await Expect(app.Page.GetByText("authenticator app", new() { Exact = false })).ToBeVisibleAsync();
        await Boxes(app.Page).PressSequentiallyAsync(Account.CodeOf(seed));
        await In(app, account.Person);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public async Task takes_a_backup_code_instead(int client)
    {
        var account = await Account.New(desk.Host, twoStep: true);
        var codes = await account.MakeBackupCodes();
        await using var app = await Mounted(client, elsewhere: false, account.Person);

        await Password(app.Page).FillAsync(account.Person.Password);
        await Continue(app.Page);
        await Boxes(app.Page).WaitForAsync();
        await app.Page.GetByText("Use another method").ClickAsync();
        await app.Page.GetByRole(AriaRole.Button, new() { Name = "backup code" }).ClickAsync();
        await app.Page.Locator("input[name=code]").FillAsync("AA-AAAAA-AAAAA");
        await Continue(app.Page);
        await Expect(app.Page.GetByTestId("form-feedback-error")).ToBeVisibleAsync();
        await app.Page.Locator("input[name=code]").FillAsync(codes[0]);
        await Continue(app.Page);
        await In(app, account.Person);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public async Task takes_a_mailed_code_instead_of_the_password(int client)
    {
        var person = await Person.Make(desk.Host, twoStep: false);
        await using var app = await Mounted(client, elsewhere: false, person);

        await app.Page.GetByText("Use another method").ClickAsync();
        await app.Page.GetByRole(AriaRole.Button, new() { Name = "Email code" }).ClickAsync();
        await Boxes(app.Page).PressSequentiallyAsync(await person.MailedCode(desk.Host));
        await In(app, person);
    }

    /// <summary>R50: a new password, and then the second factor like anybody. The first mail told them that 2-step verification was enabled.</summary>
    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public async Task lets_a_person_choose_a_new_password_by_mail_and_still_asks_for_the_second_factor(int client)
    {
        var person = await Person.Make(desk.Host);
        await using var app = await Mounted(client, elsewhere: false, person);
        var page = app.Page;

        await page.GetByText("Forgot password?").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Reset your password" }).ClickAsync();
        await Boxes(page).PressSequentiallyAsync(await person.MailedCode(desk.Host, mails: 2));
        await page.Locator("input[name=password]:visible").FillAsync("a wholly new password");
        await page.Locator("input[name=confirmPassword]").FillAsync("a wholly new password");
        await page.GetByRole(AriaRole.Button, new() { Name = "Reset Password" }).ClickAsync();

        await Boxes(page).PressSequentiallyAsync(await person.LatestCode(desk.Host));
        await In(app, person);
    }

    private async Task<AppPage> Mounted(int client, bool elsewhere, Person person)
    {
        var app = await desk.Open(client, elsewhere);
        await app.Ask(Mount);
        await app.Page.Locator("input[name=identifier]").FillAsync(person.EmailAddress);
        await Continue(app.Page);
        await Password(app.Page).WaitForAsync();
        return app;
    }

    private static async Task In(AppPage app, Person person)
    {
        await app.Shows(person.EmailAddress);
        app.Failures.ShouldBeEmpty();
        app.Strangers.ShouldBeEmpty();
    }

    private static ILocator Password(IPage page) => page.Locator("input[name=password]:visible");

    private static ILocator Boxes(IPage page) => page.Locator("input[autocomplete=one-time-code]");

    private static Task Continue(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Continue", Exact = true }).ClickAsync();
}
