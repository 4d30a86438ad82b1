using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Auth.Specs.Sms;

/// <summary>What a person, a spec and a thief see of the texts.</summary>
public class FakeInboxSpecs(SmsDatabase database)
{
    [Fact]
    public async Task the_latest_text_has_four_members()
    {
        await using var story = await Story.Of(database, "+12015550140");
        await story.Receipt();
        var latest = (await story.Host.Http.GetFromJsonAsync<JsonObject>("/_sinch/inbox/+12015550140/latest", TestContext.Current.CancellationToken))!;
        latest.Select(member => member.Key).ShouldBe(["to", "body", "client_reference", "at"]);
        ((string)latest["to"]!).ShouldBe("+12015550140");
        ((string)latest["body"]!).ShouldBe(story.Text.Body);
        ((string)latest["client_reference"]!).ShouldBe(story.Text.Reference);
        ((string)latest["at"]!).ShouldMatch(@"^2026-03-02T09:\d\d:\d\d\.\d{3}Z$");
    }

    [Fact]
    public async Task the_list_has_the_newest_first()
    {
        await using var story = await Story.Of(database, "+12015550141");
        var second = Sending.Text("+12015550141", "111111");
        await story.Receipt();
        await story.Client.Send(second);
        (await story.Host.Inbox("+12015550141")).Select(text => (string)text["client_reference"]!).ShouldBe([second.Reference, story.Text.Reference]);
    }

    [Fact]
    public async Task a_number_is_found_with_or_without_plus_and_nobody_elses_texts_are()
    {
        await using var story = await Story.Of(database, "+12015550142");
        await story.Receipt();
        (await story.Host.Inbox("12015550142")).ShouldHaveSingleItem();
        (await story.Host.Inbox("+12015550143")).ShouldBeEmpty();
        (await story.Host.Http.GetAsync("/_sinch/inbox/+12015550143/latest", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task every_host_shows_the_same()
    {
        await using var story = await Story.Of(database, "+12015550144");
        await using var other = await FakeHost.Start(database, FakeHost.PlanSettings);
        await story.Receipt();
        (await other.Inbox("+12015550144", story.Text.Reference)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task the_page_shows_texts_as_text_and_says_that_none_leaves()
    {
        await using var story = await Story.Of(database, "+12015550145");
        await story.Client.Send(story.Text with { Body = "<script>alert(1)</script> & you" });
        var page = await story.Host.Http.GetStringAsync("/_sinch/inbox?to=%2B12015550145", TestContext.Current.CancellationToken);
        page.ShouldContain("&lt;script&gt;alert(1)&lt;/script&gt; &amp; you");
        page.ShouldNotContain("<script>alert");
        page.ShouldContain("No text leaves this machine");
    }

    [Fact]
    public async Task the_page_is_told_of_a_new_text()
    {
        await using var story = await Story.Of(database, "+12015550146");
        using var events = new StreamReader(await story.Host.Http.GetStreamAsync("/_sinch/inbox/events", TestContext.Current.CancellationToken));
        await story.Receipt();
        (await events.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldBe("event: texts");
    }

    [Fact]
    public async Task R85_the_database_holds_neither_number_nor_text_nor_code()
    {
        await using var story = await Story.Of(database, "+12015550147");
        await story.Client.Send(Sending.Text("+12015550147", "739184"));
        var rows = await database.Everything();
        rows.ShouldContain("per_recipient_final");
        rows.ShouldNotContain("2015550147");
        rows.ShouldNotContain("739184");
        rows.ShouldNotContain("Acme");
    }
}
