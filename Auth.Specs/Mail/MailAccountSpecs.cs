using Auth.Host.Delivery.Mail;

namespace Auth.Specs.Mail;

/// <summary>Who the server is and who we are: shown before a word of a mail is said.</summary>
public class MailAccountSpecs
{
    private static readonly (string, string?)[] Account = [("Auth:Mail:UserName", PostOffice.UserName), ("Auth:Mail:Password", PostOffice.Password)];

    [Theory]
    [InlineData("StartTls", false)]
    [InlineData("Tls", true)]
    public async Task a_mail_travels_under_tls_and_our_account(string security, bool tlsFirst)
    {
        using var certificate = PostOffice.Certificate();
        await using var office = new PostOffice(certificate: certificate, tlsFirst: tlsFirst).Open();
        await using var posting = Posting.To(office, certificate, [("Auth:Mail:Security", security), .. Account]);

        (await posting.Send()).ShouldBeOfType<MailReceipt.Accepted>();

        office.Lines.ShouldContain(line => line.StartsWith("AUTH PLAIN"));
        office.Lines.Contains("STARTTLS").ShouldBe(!tlsFirst);
    }

    [Theory]
    [InlineData("StartTls", false)]
    [InlineData("Tls", true)]
    public async Task a_server_that_cannot_show_who_it_is_gets_nothing(string security, bool tlsFirst)
    {
        using var certificate = PostOffice.Certificate();
        await using var office = new PostOffice(certificate: certificate, tlsFirst: tlsFirst).Open();
        await using var posting = Posting.To(office, [("Auth:Mail:Security", security), .. Account]);

        (await posting.Send()).ShouldBe(new MailReceipt.Refused("tls", Permanent: false));

        posting.Alarmed.ShouldBeTrue();
        office.Lines.ShouldNotContain(line => line.StartsWith("AUTH") || line.StartsWith("MAIL"));
    }

    [Fact]
    public async Task a_server_without_tls_gets_nothing()
    {
        await using var office = new PostOffice().Open();
        await using var posting = Posting.To(office, [("Auth:Mail:Security", "StartTls"), .. Account]);

        (await posting.Send()).ShouldBe(new MailReceipt.Refused("not_supported", Permanent: false));

        posting.Alarmed.ShouldBeTrue();
        office.Lines.ShouldNotContain(line => line.StartsWith("AUTH") || line.StartsWith("MAIL"));
    }

    [Fact]
    public async Task a_wrong_password_calls_the_operator_and_is_not_told()
    {
        await using var office = new PostOffice().Open();
        await using var posting = Posting.To(office, ("Auth:Mail:UserName", PostOffice.UserName), ("Auth:Mail:Password", "wrong-secret"));

        (await posting.Send()).ShouldBe(new MailReceipt.Refused("535", Permanent: false));

        posting.Alarmed.ShouldBeTrue();
        posting.Log.ShouldNotContain("wrong-secret");
    }
}
