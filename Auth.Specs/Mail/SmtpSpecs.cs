using Auth.Host.Delivery.Mail;
using Auth.Host.Users;
using Auth.Specs.Given;

namespace Auth.Specs.Mail;

/// <summary>A mail over a real connection: what arrives, what a refusal means, and what nobody gets to see.</summary>
public class SmtpSpecs
{
    [Fact]
    public async Task a_mail_arrives_as_it_was_meant()
    {
        await using var office = new PostOffice().Open();
        await using var posting = Posting.To(office, ("Auth:Mail:From", "Auth <noreply@example.com>"));

        (await posting.Send()).ShouldBe(new MailReceipt.Accepted("queued as 1"));

        var (from, to, letter) = office.Letters.ShouldHaveSingleItem();
        (from, to.ShouldHaveSingleItem()).ShouldBe(("noreply@example.com", "quokka7391@example.com"));
        letter.From.ToString().ShouldBe("\"Auth\" <noreply@example.com>");
        letter.To.ToString().ShouldBe("quokka7391@example.com");
        letter.Subject.ShouldBe("482916 is your Acme code");
        letter.Date.ShouldBe(People.NineOClock);
        letter.MessageId.ShouldBe("ver_7391@example.com");
        letter.Headers["Auto-Submitted"].ShouldBe("auto-generated");
        letter.TextBody!.TrimEnd().ReplaceLineEndings("\n").ShouldBe(Posting.Letter.Text);
        letter.HtmlBody!.TrimEnd().ShouldBe(Posting.Letter.Html);
        letter.Headers.Select(header => header.Field).ShouldBe(["From", "Date", "Subject", "Message-Id", "To", "Auto-Submitted", "MIME-Version"], ignoreOrder: true);
    }

    [Fact]
    public async Task a_sender_may_be_called_anything()
    {
        await using var office = new PostOffice().Open();
        await using var posting = Posting.To(office, ("Auth:Mail:From", "Jürgen Groß, Søren & 会社 <noreply@example.com>"));

        await posting.Send();

        var sender = office.Letters.ShouldHaveSingleItem().Letter.From.Mailboxes.ShouldHaveSingleItem();
        (sender.Name, sender.Address).ShouldBe(("Jürgen Groß, Søren & 会社", "noreply@example.com"));
    }

    [Fact]
    public async Task a_sender_without_a_name_is_called_as_the_instance()
    {
        await using var office = new PostOffice().Open();
        await using var posting = Posting.To(office);

        await posting.Send();

        office.Letters.ShouldHaveSingleItem().Letter.From.ToString().ShouldBe("\"Auth\" <noreply@example.com>");
    }

    [Theory]
    [InlineData("RCPT", "550 5.1.1 no such person", "550", true, false)]
    [InlineData("RCPT", "450 4.2.1 come back later", "450", false, false)]
    [InlineData(".", "554 5.7.1 not wanted", "554", true, false)]
    [InlineData(".", "452 4.3.1 no room", "452", false, false)]
    [InlineData("MAIL", "550 5.7.1 not your address", "550", false, true)]
    [InlineData("MAIL", "451 4.3.0 something is wrong", "451", false, false)]
    [InlineData("MAIL", "530 5.7.0 who are you", "530", false, true)]
    [InlineData("RCPT", "530 5.7.0 who are you", "530", false, true)]
    [InlineData("", "554 no mail here", "554", false, true)]
    [InlineData("", "421 too many", "421", false, false)]
    [InlineData("MAIL", PostOffice.HangUp, "not_reached", false, false)]
    [InlineData("", PostOffice.HangUp, "not_reached", false, false)]
    public async Task a_refusal_is_permanent_where_the_mail_is_wrong_and_alarming_where_we_are(string at, string answer, string code, bool permanent, bool alarming)
    {
        await using var office = new PostOffice(line => line.Split(' ')[0] == at ? answer : null).Open();
        await using var posting = Posting.To(office);

        (await posting.Send()).ShouldBe(new MailReceipt.Refused(code, permanent));

        posting.Alarmed.ShouldBe(alarming);
        office.Letters.ShouldBeEmpty();
        posting.Log.ShouldContain("ver_7391");
        NothingIn(posting.Log);
    }

    [Fact]
    public async Task a_server_that_is_not_there_has_nothing()
    {
        var closed = new PostOffice().Open();
        var posting = Posting.To(closed);
        await closed.DisposeAsync();

        (await posting.Send()).ShouldBe(new MailReceipt.Refused("not_reached", Permanent: false));
    }

    [Fact]
    public async Task a_connection_that_breaks_after_the_mail_leaves_it_unknown()
    {
        await using var office = new PostOffice(line => line == "." ? PostOffice.HangUp : null).Open();
        await using var posting = Posting.To(office);

        (await posting.Send()).ShouldBeOfType<MailReceipt.Unknown>();
    }

    [Theory]
    [InlineData(".", true)]
    [InlineData("RCPT", false)]
    public async Task a_server_that_says_nothing_is_not_waited_for(string at, bool unknown)
    {
        await using var office = new PostOffice(line => line.Split(' ')[0] == at ? PostOffice.Silence : null).Open();
        await using var posting = Posting.To(office);

        var sending = posting.Send();
        await office.Silent;
        posting.Clock.Advance(TimeSpan.FromSeconds(31));

        (await sending is MailReceipt.Unknown).ShouldBe(unknown);
    }

    [Theory]
    [InlineData(PostOffice.HangUp)]
    [InlineData("500 what")]
    public async Task a_mail_that_is_taken_is_taken_whatever_the_goodbye(string goodbye)
    {
        await using var office = new PostOffice(line => line == "QUIT" ? goodbye : null).Open();
        await using var posting = Posting.To(office);

        (await posting.Send()).ShouldBeOfType<MailReceipt.Accepted>();
    }

    [Fact]
    public async Task nobody_waits_for_a_goodbye()
    {
        await using var office = new PostOffice(line => line == "QUIT" ? PostOffice.Silence : null).Open();
        await using var posting = Posting.To(office);

        var sending = posting.Send();
        await office.Silent;
        posting.Clock.Advance(TimeSpan.FromSeconds(3));

        (await sending).ShouldBeOfType<MailReceipt.Accepted>();
    }

    /// <summary>R79.</summary>
    [Fact]
    public async Task an_international_address_is_written_to_as_it_is_stored()
    {
        await using var office = new PostOffice().Open();
        await using var posting = Posting.To(office);

        (await posting.Send(Posting.Letter with { To = CanonicalIdentifier.OfEmailAddress("Ada@Bücher.example")!.Value })).ShouldBeOfType<MailReceipt.Accepted>();

        office.Letters.ShouldHaveSingleItem().To.ShouldBe(["ada@xn--bcher-kva.example"]);
    }

    [Fact]
    public async Task a_dead_code_is_not_mailed()
    {
        await using var office = new PostOffice().Open();
        await using var posting = Posting.To(office);
        posting.Clock.Advance(TimeSpan.FromMinutes(5));

        (await posting.Send()).ShouldBe(new MailReceipt.Refused("expired", Permanent: true));

        office.Lines.ShouldBeEmpty();
    }

    /// <summary>R26.</summary>
    [Theory]
    [InlineData("ada@example.com\r\nBcc: eve@example.com", "a", "ver_1")]
    [InlineData("\"ada\r\nRCPT TO:<eve@example.com>\"@example.com", "a", "ver_1")]
    [InlineData("ada@example.com, eve@example.com", "a", "ver_1")]
    [InlineData("Ada <ada@example.com>", "a", "ver_1")]
    [InlineData("Ada@Example.com", "a", "ver_1")]
    [InlineData("ada@example.com", "a\r\nBcc: eve@example.com", "ver_1")]
    [InlineData("ada@example.com", "a\nb", "ver_1")]
    [InlineData("ada@example.com", "a", "ver_1>\r\nBcc: eve@example.com")]
    [InlineData("ada@example.com", "a", "")]
    public async Task nobody_writes_headers(string to, string subject, string reference)
    {
        await using var office = new PostOffice().Open();
        await using var posting = Posting.To(office);

        (await posting.Send(new(to, subject, "text", null, reference))).ShouldBe(new MailReceipt.Refused("malformed", Permanent: true));

        office.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task a_mail_is_from_whoever_it_says_and_says_no_header()
    {
        await using var office = new PostOffice().Open();
        await using var posting = Posting.To(office);

        (await posting.Send(Posting.Letter with { From = "Acme\r\nBcc: eve@example.com" })).ShouldBe(new MailReceipt.Refused("malformed", Permanent: true));
        await posting.Send(Posting.Letter with { From = "Acme 24" });

        office.Letters.ShouldHaveSingleItem().Letter.From.Mailboxes.ShouldHaveSingleItem().Name.ShouldBe("Acme 24");
    }

    [Fact]
    public async Task a_line_of_one_dot_ends_nothing()
    {
        await using var office = new PostOffice().Open();
        await using var posting = Posting.To(office);

        await posting.Send(Posting.Letter with { Text = "one\n.\nRCPT TO:<eve@example.com>\n", Html = null });

        office.Letters.ShouldHaveSingleItem().Letter.TextBody!.ReplaceLineEndings("\n").ShouldBe("one\n.\nRCPT TO:<eve@example.com>\n");
        office.Lines.ShouldNotContain(line => line.Contains("eve"));
    }

    [Fact]
    public void a_mail_is_never_printed() => NothingIn($"{Posting.Letter} {new MailOptions { Password = "482916", UserName = "quokka7391" }}");

    private static void NothingIn(string text)
    {
        text.ShouldNotContain("482916");
        text.ShouldNotContain("quokka7391");
        text.ShouldNotContain("Acme");
    }
}
