using Auth.Host.Delivery.Mail;
using Auth.Host.Factors;
using Auth.Host.Http;
using Auth.Host.Instances;
using Auth.Specs.Given;
using Microsoft.Extensions.Options;

namespace Auth.Specs.Mail;

/// <summary>What mails say: fixed words, the instance's name, and nothing that anybody wrote (R26).</summary>
public class MailWordsSpecs
{
    private static readonly InstanceName Acme = Instances.At("https://auth.example.com", name: "Acme").Name;

    [Theory]
    [InlineData(MailedCode.SignIn, "123456 is your Acme code to sign in.")]
    [InlineData(MailedCode.VerifyAddress, "123456 is your Acme code to verify this address.")]
    [InlineData(MailedCode.ResetPassword, "123456 is your Acme code to reset your password.")]
    public void a_code_comes_first_says_what_for_and_is_bound_to_our_host(MailedCode purpose, string first)
    {
        var mail = CodeMail.Of("ada@example.com", new OfferedCode("123456"), purpose, Acme, "ver_1", People.NineOClock);

        mail.Subject.ShouldBe("123456 is your Acme code");
        mail.Text.Split('\n')[0].ShouldBe(first);
        mail.Text.Split('\n')[^1].ShouldBe("@auth.example.com #123456");
        (mail.To, mail.Reference, mail.ExpiresAt).ShouldBe(("ada@example.com", "ver_1", People.NineOClock));
        HasNoLink(mail);
    }

    public static TheoryData<NoticeKind> Kinds => [.. Enum.GetValues<NoticeKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void a_notice_says_what_when_and_what_to_do(NoticeKind kind)
    {
        var mail = NoticeMail.Of("ada@example.com", kind, People.NineOClock, Acme, "ntc_1");

        mail.Subject.ShouldStartWith("Acme: ");
        mail.Text.ShouldContain(mail.Subject["Acme: ".Length..]);
        mail.Text.ShouldContain("When: 5 January 2026, 09:00 UTC");
        mail.Text.ShouldContain("If this was not you");
        HasNoLink(mail);
    }

    [Fact]
    public void every_notice_has_words_of_its_own() =>
        Enum.GetValues<NoticeKind>().Select(kind => NoticeMail.Of("ada@example.com", kind, People.NineOClock, Acme, "ntc_1").Subject).ShouldBeUnique();

    private static void HasNoLink(MailMessage mail)
    {
        foreach (var body in (string[])[mail.Subject, mail.Text, mail.Html!])
        {
            body.ShouldNotContain("://");
            body.ShouldNotContain("href");
            body.ShouldNotContain("src=");
        }
    }
}
