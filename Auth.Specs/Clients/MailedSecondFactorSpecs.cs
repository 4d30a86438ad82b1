using Auth.Specs.Given;

namespace Auth.Specs.Clients;

/// <summary>Clerk's published client is offered a mailed code beside the number where the operator allows it, has it sent and signs in with it.</summary>
[Collection<AtTheDesk>]
public class MailedSecondFactorSpecs(Desk desk)
{
    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public async Task stands_in_for_the_number_where_it_is_allowed(int client)
    {
        await Apply(["phone_code", "totp", "backup_code", "passkey", "email_code"]);
        try
        {
            var person = await Person.Make(desk.Host);
            await using var app = await desk.Open(client, elsewhere: true);

            (await app.Ask(
                $$"""
                async argument => {
                  const begun = await Clerk.client.signIn.create({ identifier: argument, password: '{{person.Password}}' });
                  const mail = begun.supportedSecondFactors.find(factor => factor.strategy === 'email_code');
                  const sent = await begun.prepareSecondFactor({ strategy: 'email_code', emailAddressId: mail.emailAddressId });
                  return `${begun.status} ${mail.safeIdentifier} ${sent.secondFactorVerification.strategy}`;
                }
                """, person.EmailAddress)).ShouldBe("needs_second_factor a***@example.com email_code");
            var code = await desk.Host.MailedCodeTo(person.EmailAddress);
            (await app.Ask("async code => (await Clerk.client.signIn.attemptSecondFactor({ strategy: 'email_code', code })).status", code)).ShouldBe("complete");
            app.Strangers.ShouldBeEmpty();
        }
        finally
        {
            await Apply(null);
        }
    }

    private async Task Apply(string[]? seconds)
    {
        (await Office.Send(desk.Host, HttpMethod.Patch, Office.Path, new { second_factors = seconds })).Status.ShouldBe(200);
        var version = (string)(await Office.Send(desk.Host, HttpMethod.Get, Office.Path)).Headers["ETag"];
        (await Office.Send(desk.Host, HttpMethod.Post, $"{Office.Path}/apply", new { }, version)).Status.ShouldBe(200);
    }
}
