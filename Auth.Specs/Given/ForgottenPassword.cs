namespace Auth.Specs.Given;

/// <summary>Somebody who forgot their password.</summary>
public static class ForgottenPassword
{
    /// <summary>Has a code mailed, enters it, and chooses another password.</summary>
    public static async Task<Reply> Reset(IReachable host, Person person, string password)
    {
        var visit = new Visit(host, person);
        (await visit.Identify()).Status.ShouldBe(200);
        (await visit.Browser.Post($"/v1/client/sign_ins/{visit.SignIn}/prepare_first_factor", ("strategy", "reset_password_email_code"))).Status.ShouldBe(200);
        var code = await Eventually.Of(async () => (await new Browser(host).Get($"/_mail/inbox/{person.EmailAddress}")).Json.AsArray().Select(mail => (string)mail!["subject"]!).FirstOrDefault(subject => char.IsAsciiDigit(subject[0])));
        (await visit.Browser.Post($"/v1/client/sign_ins/{visit.SignIn}/attempt_first_factor", ("strategy", "reset_password_email_code"), ("code", code[..6]))).Status.ShouldBe(200);
        return await visit.Browser.Post($"/v1/client/sign_ins/{visit.SignIn}/reset_password", ("password", password));
    }
}
