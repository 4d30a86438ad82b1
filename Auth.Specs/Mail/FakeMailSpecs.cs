using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Auth.Host.Delivery.Mail;
using Auth.Host.Delivery.Sms;
using Auth.Specs.Sms;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.Specs.Mail;

/// <summary>What a person, a spec and a thief see of mail in Development.</summary>
public class FakeMailSpecs(SmsDatabase database)
{
    [Fact]
    public async Task the_latest_mail_has_five_members()
    {
        await using var host = await FakeHost.Start(database);
        await Send(host, "latest@example.com", "ver_1");
        var latest = (await host.Http.GetFromJsonAsync<JsonObject>("/_mail/inbox/latest@example.com/latest", TestContext.Current.CancellationToken))!;
        latest.Select(member => member.Key).ShouldBe(["to", "subject", "body", "reference", "at"]);
        ((string)latest["to"]!).ShouldBe("latest@example.com");
        ((string)latest["subject"]!).ShouldBe(Posting.Letter.Subject);
        ((string)latest["body"]!).ShouldBe(Posting.Letter.Text);
        ((string)latest["reference"]!).ShouldBe("ver_1");
        ((string)latest["at"]!).ShouldMatch(@"^2026-03-02T09:\d\d:\d\d\.\d{3}Z$");
    }

    [Fact]
    public async Task the_newest_is_first_and_nobody_elses_is_there()
    {
        await using var host = await FakeHost.Start(database);
        await Send(host, "list@example.com", "ver_1");
        await Send(host, "list@example.com", "ver_2");
        (await Inbox(host, "LIST@example.com")).ShouldBe(["ver_2", "ver_1"]);
        (await Inbox(host, "nobody@example.com")).ShouldBeEmpty();
        (await host.Http.GetAsync("/_mail/inbox/nobody@example.com/latest", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task every_host_shows_the_same()
    {
        await using var one = await FakeHost.Start(database);
        await using var other = await FakeHost.Start(database);
        await Send(one, "hosts@example.com", "ver_1");
        (await Inbox(other, "hosts@example.com")).ShouldBe(["ver_1"]);
    }

    [Fact]
    public async Task the_page_shows_mail_beside_texts_newest_first()
    {
        await using var story = await Story.Of(database, "+12015550170");
        await Send(story.Host, "page@example.com", "ver_1", subject: "<script>alert(1)</script> page");
        story.Host.Clock.Advance(TimeSpan.FromSeconds(1));
        await story.Client.Send(story.Text with { Body = "page, a text" });
        story.Host.Clock.Advance(TimeSpan.FromSeconds(1));
        await Send(story.Host, "page@example.com", "ver_2", subject: "page, the last");

        var page = await story.Host.Http.GetStringAsync("/_sinch/inbox", TestContext.Current.CancellationToken);

        int[] places = [.. new[] { "page, the last", "page, a text", "&lt;script&gt;alert(1)&lt;/script&gt; page" }.Select(words => page.IndexOf(words, StringComparison.Ordinal))];
        places.ShouldAllBe(place => place > 0);
        places.ShouldBeInOrder();
        page.ShouldNotContain("<script>alert");
        var mail = await story.Host.Http.GetStringAsync("/_sinch/inbox?to=page@example.com", TestContext.Current.CancellationToken);
        mail.ShouldContain("page, the last");
        mail.ShouldNotContain("page, a text");
    }

    [Fact]
    public async Task the_page_is_told_of_new_mail()
    {
        await using var host = await FakeHost.Start(database);
        using var events = new StreamReader(await host.Http.GetStreamAsync("/_sinch/inbox/events", TestContext.Current.CancellationToken));
        await Told();
        await Send(host, "news@example.com", "ver_1");
        await Told();

        async Task Told()
        {
            (await events.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldBe("event: texts");
            while (await events.ReadLineAsync(TestContext.Current.CancellationToken) is { Length: > 0 }) { }
        }
    }

    [Fact]
    public async Task a_dead_or_malformed_mail_is_refused_as_the_real_client_does()
    {
        await using var host = await FakeHost.Start(database);
        var sender = host.Services.GetRequiredService<IMailSender>();
        (await sender.SendAsync(Posting.Letter, TestContext.Current.CancellationToken)).ShouldBe(new MailReceipt.Refused("expired", Permanent: true));
        (await sender.SendAsync(Posting.Letter with { ExpiresAt = null, Subject = "a\r\nb" }, TestContext.Current.CancellationToken)).ShouldBe(new MailReceipt.Refused("malformed", Permanent: true));
        (await Inbox(host, Posting.Letter.To)).ShouldBeEmpty();
    }

    [Fact]
    public async Task R85_the_database_holds_neither_address_nor_mail_nor_code()
    {
        await using var host = await FakeHost.Start(database);
        await Send(host, "wombat8264@example.com", "ver_8264", subject: "739185 is your Zebra code");
        var rows = await database.Everything();
        rows.ShouldContain("ver_8264");
        rows.ShouldNotContain("wombat8264");
        rows.ShouldNotContain("739185");
        rows.ShouldNotContain("482916");
        rows.ShouldNotContain("Zebra");
    }

    private static async Task Send(FakeHost host, string to, string reference, string? subject = null) =>
        (await host.Services.GetRequiredService<IMailSender>().SendAsync(Posting.Letter with { To = to, Reference = reference, Subject = subject ?? Posting.Letter.Subject, ExpiresAt = null }, TestContext.Current.CancellationToken))
            .ShouldBeOfType<MailReceipt.Accepted>();

    private static async Task<IEnumerable<string>> Inbox(FakeHost host, string address) =>
        [.. (await host.Http.GetFromJsonAsync<JsonArray>($"/_mail/inbox/{address}", TestContext.Current.CancellationToken))!.Select(mail => (string)mail!["reference"]!)];
}
