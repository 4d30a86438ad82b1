using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Auth.Domain.SignIns;
using Auth.Host.Audit.Pictures;
using Auth.Host.Audit.Telling;
using Auth.Projections;
using Auth.Specs.Given;

namespace Auth.Specs.Audit;

/// <summary>A sign-in as a picture: nothing left out, nothing told twice, and whatever somebody typed stays text.</summary>
public class PictureSpecs
{
    private const string Hostile = "</text><script>alert(1)</script>\u0001\u202e\"'&lt;\ud800/1";
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void every_fact_is_drawn_once_and_in_order()
    {
        foreach (var one in new[] { Pictured.WithEverything(new()), Pictured.OnATrustedDevice })
            Drawn(one).Descendants(Svg + "g").Select(row => (string?)row.Attribute("data-type")).OfType<string>().ShouldBe(one.History.SignIn.Select(e => e.EventTypeName));
    }

    [Fact]
    public void no_kind_of_fact_goes_undrawn() =>
        new[] { Pictured.WithEverything(new()), Pictured.OnATrustedDevice }.SelectMany(one => one.History.SignIn).Select(e => e.EventType).Distinct().ShouldBe(EventNames.All.Keys.Where(type => type.IsSubclassOf(typeof(SignInEvent))), ignoreOrder: true);

    [Fact]
    public void only_who_took_part_has_a_lane() =>
        (Lanes(Pictured.OnATrustedDevice), Lanes(Pictured.WithATextedCode), Lanes(Pictured.WithEverything(new()))).ShouldBe(("person Auth", "person Auth Sinch phone", "person Auth Sinch phone mail provider mailbox"));

    [Fact]
    public void each_row_says_when_and_what_and_why()
    {
        var told = Drawn(Pictured.WithWrongGuessesAndAWait).ToString();
        foreach (var words in (string[])["09:00:24.220", "+11.7 s", "nothing for 5.0 min", "Second factor refused unseen", "because its code was good until 09:05:00:", "to •••12"]) told.ShouldContain(words);
    }

    [Fact]
    public void who_cannot_see_it_is_told_the_story()
    {
        var picture = Drawn(Pictured.WithATextedCode);
        ((string)picture.Attribute("aria-labelledby")!, (string)picture.Attribute("aria-describedby")!).ShouldBe(((string)picture.Element(Svg + "title")!.Attribute("id")!, (string)picture.Element(Svg + "desc")!.Attribute("id")!));
        picture.Element(Svg + "title")!.Value.ShouldEndWith("converted after 16.7 s");
        var story = picture.Element(Svg + "desc")!.Value;
        story.ShouldStartWith("The sign-in converted after 16.7 s. 09:00:00: Somebody typed a•••@e•••.");
        story.ShouldContain("09:00:02: The provider says that it arrived.");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void what_somebody_typed_stays_text_R84(bool reveal)
    {
        var one = Pictured.WithEverything(new(Hostile, Hostile, Hostile, reveal));
        foreach (var text in new[] { SignInPicture.Written(one), SignInPage.Written(one), SignInPicture.Written(Pictured.Of(new(), (0, Pictured.Identified()), (1, new TextUndeliverable(Guid.Empty, Hostile, Hostile)))) })
        {
            XDocument.Parse(text).Descendants().Where(element => element.Name.LocalName is "script" or "foreignObject" or "image" or "use" or "a").ShouldBeEmpty();
            text.ShouldNotContain("<script");
            text.ShouldNotContain("\u202e");
        }
    }

    [Theory]
    [InlineData(false, "a•••@e•••", "ann@example.com")]
    [InlineData(true, "ann@example.com", "a•••@e•••")]
    public void values_of_people_are_masked_unless_they_are_revealed(bool reveal, string shown, string hidden)
    {
        foreach (var text in new[] { SignInPicture.Written(Pictured.WithEverything(new(Reveal: reveal))), SignInPage.Written(Pictured.WithEverything(new(Reveal: reveal))) })
        {
            text.ShouldContain(shown);
            text.ShouldNotContain(hidden);
        }
    }

    [Fact]
    public void the_same_events_give_the_same_bytes_whoever_looks_and_when()
    {
        var (one, later) = (Pictured.WithWrongGuessesAndAWait, Pictured.WithWrongGuessesAndAWait with { Now = Pictured.Begun.AddYears(1) });
        SignInPicture.Written(later).ShouldBe(SignInPicture.Written(one));
        SignInPage.Written(later).ShouldBe(SignInPage.Written(one));
    }

    [Fact]
    public void on_a_page_it_stands_in_parts_that_fit_a_sheet_and_hold_every_fact_once()
    {
        var one = Pictured.WithEverything(new());
        var parts = XDocument.Parse(SignInPage.Written(one)).Descendants(Svg + "svg").ToList();
        parts.Count.ShouldBeGreaterThan(2);
        parts.ShouldAllBe(part => (double)part.Attribute("height")! <= 700);
        parts.SelectMany(part => part.Descendants(Svg + "g")).Select(row => (int)row.Attribute("data-event")!).ShouldBe(Enumerable.Range(1, one.History.SignIn.Count));
        parts.Select(part => (string)part.Element(Svg + "title")!.Attribute("id")!).ShouldBeUnique();
    }

    [Fact]
    public void nothing_is_loaded_and_only_its_own_styles_are_applied()
    {
        var text = SignInPage.Written(Pictured.WithATextedCode);
        var page = XDocument.Parse(text);
        var policy = (string)page.Descendants("meta").Single(meta => (string?)meta.Attribute("http-equiv") == "Content-Security-Policy").Attribute("content")!;
        policy.ShouldStartWith("default-src 'none'; ");
        foreach (var style in text.Split("<style>").Skip(1).Select(rest => rest.Split("</style>")[0]))
            policy.ShouldContain(Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style))));
        page.Descendants().Attributes().Where(attribute => attribute.Name.LocalName is "href" or "src" or "style" || attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void the_page_has_every_event_with_its_facts_and_where_it_stood_after_it()
    {
        var rows = XDocument.Parse(SignInPage.Written(Pictured.WithATextedCode)).Descendants("tbody").Single().Elements("tr").ToList();
        rows.Count.ShouldBe(8);
        rows[2].Value.ShouldContain("sign_in.second_factor_prepared");
        rows[2].Value.ShouldContain("authenticator.strategy: phone_code");
        rows[2].Value.ShouldEndWith("waiting for the code");
        rows[2].Value.ShouldNotContain("00ff");
    }

    [Theory]
    [InlineData("a b", 3, "a b")]
    [InlineData("one two", 5, "one|two")]
    [InlineData("abcdefgh", 3, "abc|def|gh")]
    [InlineData("王王王", 4, "王王|王")]
    public void long_words_are_broken_where_the_line_ends(string text, int columns, string lines) => string.Join('|', Wrapping.Lines(text, columns)).ShouldBe(lines);

    /// <summary>The pictures in the docs are drawn by the same hand.</summary>
    [Theory]
    [InlineData("texted-code.svg")]
    [InlineData("wrong-guesses.svg")]
    public void the_pictures_in_the_docs_are_what_is_drawn(string name)
    {
        var (path, drawn) = (Checkout.File("docs", "pictures", name), SignInPicture.Written(name is "texted-code.svg" ? Pictured.WithATextedCode : Pictured.WithWrongGuessesAndAWait));
        if (Environment.GetEnvironmentVariable("AUTH_DRAW") is { Length: > 0 }) File.WriteAllText(path, drawn);
        (File.Exists(path) ? File.ReadAllText(path) : "").ShouldBe(drawn, "draw them anew: AUTH_DRAW=1 Auth.Specs --filter-class '*PictureSpecs'");
    }

    [Fact]
    public void what_took_no_time_came_out_at_once() => Scene.Of(Pictured.OnATrustedDevice).Outcome.ShouldBe("converted at once");

    private static string Lanes(OneSignIn one) => string.Join(' ', Scene.Of(one).Lanes.Select(lane => lane.Words()));

    private static XElement Drawn(OneSignIn one) => XDocument.Parse(SignInPicture.Written(one)).Root!;
}
