using Auth.Specs.Given;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Auth.Specs.Clients;

/// <summary>Clerk's pre-built sign-up, mounted in an app's page, makes somebody an account by what they type; and its sign-in takes a ticket out of a link.</summary>
[Collection<AtTheDesk>]
public class SignUpComponentSpecs(Desk desk)
{
    [Theory]
    [InlineData(5, false)]
    [InlineData(6, true)]
    public async Task takes_somebody_from_an_address_to_a_session_with_the_mailed_code(int client, bool elsewhere)
    {
        var address = $"cleo.{Guid.NewGuid():n}@example.com";
        await using var app = await desk.Open(client, elsewhere);
        var (page, boxes) = (app.Page, app.Page.Locator("input[autocomplete=one-time-code]"));

        await app.Ask("() => Clerk.mountSignUp(document.getElementById('sign-in'), { forceRedirectUrl: location.href })");
        await page.Locator("input[name=emailAddress]").FillAsync(address);
        await page.Locator("input[name=password]:visible").FillAsync("a brand new battery staple");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue", Exact = true }).ClickAsync();

        await boxes.WaitForAsync();
        var code = await desk.Host.MailedCodeTo(address);
        await boxes.PressSequentiallyAsync(code == "000000" ? "000001" : "000000");
        await Expect(page.GetByTestId("form-feedback-error")).ToBeVisibleAsync();
        await Expect(boxes).ToHaveValueAsync("");
        await boxes.PressSequentiallyAsync(code);

        await app.Shows(address);
        (await app.Ask("() => `${Clerk.session.status} ${Clerk.user.primaryEmailAddress.verification.status}`")).ShouldBe("active verified");
        app.Failures.ShouldBeEmpty();
        app.Strangers.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public async Task asks_no_password_where_the_operator_switched_it_off(int client)
    {
        await Apply(new { first_factors = new[] { "email_code" } });
        try
        {
            var address = $"cleo.{Guid.NewGuid():n}@example.com";
            await using var app = await desk.Open(client, elsewhere: false);
            var (page, boxes) = (app.Page, app.Page.Locator("input[autocomplete=one-time-code]"));

            await app.Ask("() => Clerk.mountSignUp(document.getElementById('sign-in'), { forceRedirectUrl: location.href })");
            await page.Locator("input[name=emailAddress]").FillAsync(address);
            (await page.Locator("input[name=password]:visible").CountAsync()).ShouldBe(0);
            await page.GetByRole(AriaRole.Button, new() { Name = "Continue", Exact = true }).ClickAsync();

            await boxes.WaitForAsync();
            await boxes.PressSequentiallyAsync(await desk.Host.MailedCodeTo(address));
            await app.Shows(address);
            app.Failures.ShouldBeEmpty();
        }
        finally
        {
            await Apply(new { first_factors = (string[]?)null });
        }
    }

    private async Task Apply(object change)
    {
        (await Office.Send(desk.Host, HttpMethod.Patch, Office.Path, change)).Status.ShouldBe(200);
        var version = (string)(await Office.Send(desk.Host, HttpMethod.Get, Office.Path)).Headers["ETag"];
        (await Office.Send(desk.Host, HttpMethod.Post, $"{Office.Path}/apply", new { }, version)).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public async Task a_taken_address_is_told_after_the_code(int client)
    {
        var person = await Person.Make(desk.Host);
        await using var app = await desk.Open(client, elsewhere: false);

        await app.Ask("async argument => { await Clerk.client.signUp.create({ emailAddress: argument, password: 'a brand new battery staple' }); await Clerk.client.signUp.prepareEmailAddressVerification({ strategy: 'email_code' }); return 'sent'; }", person.EmailAddress);

        var code = await desk.Host.MailedCodeTo(person.EmailAddress);
        (await app.Refusal("code => Clerk.client.signUp.attemptEmailAddressVerification({ code })", code)).ShouldBe("form_identifier_exists");
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public async Task a_ticket_begins_a_sign_in_that_still_wants_the_second_factor(int client)
    {
        var ticket = await desk.Host.TicketFor(await Person.Make(desk.Host));
        await using var app = await desk.Open(client, elsewhere: true);

        (await app.Ask("async ticket => (await Clerk.client.signIn.create({ strategy: 'ticket', ticket })).status", ticket)).ShouldBe("needs_second_factor");
        (await app.Refusal("ticket => Clerk.client.signIn.create({ strategy: 'ticket', ticket })", ticket)).ShouldBe("ticket_invalid");
    }
}
