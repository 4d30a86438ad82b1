using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Auth.Specs.Clients;

/// <summary>Clerk's pre-built sign-in, mounted in an app's page, takes a person through by what they type.</summary>
[Collection<AtTheDesk>]
public class SignInComponentSpecs(Desk desk)
{
    [Theory]
    [InlineData(5, false)]
    [InlineData(5, true)]
    [InlineData(6, true)]
    public async Task takes_a_person_from_identifier_to_session_with_the_texted_code(int client, bool elsewhere)
    {
        var person = await desk.Host.NewPerson();
        await using var app = await desk.Open(client, elsewhere);
        var page = app.Page;
        var (password, boxes, alert) = (page.Locator("input[name=password]:visible"), page.Locator("input[autocomplete=one-time-code]"), page.GetByTestId("form-feedback-error"));

        await app.Ask("() => Clerk.mountSignIn(document.getElementById('sign-in'), { forceRedirectUrl: location.href })");
        await page.Locator("input[name=identifier]").FillAsync(person.EmailAddress);
        await Continue(page);
        await password.FillAsync("not their password, but long");
        await Continue(page);
        await Expect(page.GetByText("Password or identifier is incorrect", new() { Exact = false })).ToBeVisibleAsync();
        await password.FillAsync(person.Password);
        await Continue(page);

        await boxes.WaitForAsync();
        var code = await desk.Host.CodeOf(person);
        await boxes.PressSequentiallyAsync(code == "000000" ? "000001" : "000000");
        await Expect(alert).ToBeVisibleAsync();
        await Expect(boxes).ToHaveValueAsync("");
        await boxes.PressSequentiallyAsync(code);

        await app.Shows(person.EmailAddress);
        (await app.Ask("() => `${Clerk.session.status} ${Clerk.user.twoFactorEnabled}`")).ShouldBe("active true");
        app.Failures.ShouldBeEmpty();
        app.Strangers.ShouldBeEmpty();
    }

    private static Task Continue(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Continue", Exact = true }).ClickAsync();
}
