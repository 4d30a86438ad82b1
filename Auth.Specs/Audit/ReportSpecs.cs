using System.Xml.Linq;
using Auth.Domain.SignIns;
using Auth.Host.Audit;
using Auth.Host.Audit.Pictures;
using Auth.Host.Audit.Reports;
using Auth.Specs.Given;
using static Auth.Specs.Audit.MonthStory;

namespace Auth.Specs.Audit;

/// <summary>A month in counts, at a terminal and as a page.</summary>
public class ReportSpecs(RunningHost host)
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 5, 12, 0, 0, TimeSpan.Zero);
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void texts_are_counted_by_how_long_they_took_and_mails_are_not() =>
        Counted([.. Text(Noon, 1, 0.5), .. Text(Noon.AddDays(1), 2, 4), .. Text(Noon.AddDays(2), 3, 4.9), .. Text(Noon.AddDays(3), 4, 70), .. Text(Noon.AddDays(4), 5, 400), .. Text(Noon.AddDays(5), 6, -1), .. Mailed(Noon.AddDays(6), 7)])
            .ShouldBe(["under 2 s 1", "2 to 5 s 2", "1 to 5 min 1", "later, or never told 1", "undeliverable 1"]);

    [Fact]
    public void a_text_of_which_nothing_is_heard_is_later_and_one_that_just_left_is_on_its_way() =>
        Counted([.. Text(Noon, 1, 1).Take(2), .. Text(Noon.AddHours(2), 2, 1).Take(2), .. Text(Noon.AddHours(2), 3, 1).Take(1)]).ShouldBe(["later, or never told 1", "on their way at the end 1"]);

    [Fact]
    public void a_text_told_of_again_is_one_text() =>
        Counted([.. Text(Noon, 1, 9).Take(2), .. Text(Noon.AddSeconds(3), 1, 5).Take(1), .. Text(Noon, 1, 9).Skip(2)]).ShouldBe(["5 to 10 s 1"]);

    [Fact]
    public void only_the_texts_of_the_last_hour_are_kept_in_mind()
    {
        var deliveries = new Deliveries();
        foreach (var e in Enumerable.Range(0, 2000).SelectMany(n => Text(Noon.AddMinutes(n), n, n % 2 == 0 ? 2 : 5000).Take(n % 2 == 0 ? 3 : 2))) deliveries.Count(e);
        deliveries.Held.ShouldBeLessThan(65);
    }

    [Fact]
    public void sign_ins_are_counted_on_their_days()
    {
        var days = MonthReport.Of(new(2026, 3, 1), new object[] { new Converted(Guid.Empty, Noon), new Converted(Guid.Empty, Noon), new Expired(), new Superseded(Guid.Empty), new Invalidated(1) }.Select(fact => Told(fact, Noon)), 9).Days;
        (days.Count, days[4].Id, days[4].Started, days[4].Converted, days[4].Failed, days.Sum(day => day.Converted)).ShouldBe((31, "2026-03-05", 0, 2, 3, 2));
    }

    [Fact]
    public void the_page_has_every_count_of_the_report_in_a_table()
    {
        var report = Busy;
        var cells = Page(report).Descendants("tr").Select(row => string.Join(' ', row.Elements().Select(cell => cell.Value))).ToHashSet();

        report.Rows.Where(row => !cells.Contains($"{row.What} {Plot.Number(row.Count)}")).ShouldBeEmpty();
        report.Days.Where(day => !cells.Contains($"{day.Id} {Plot.Number(day.Started)} {Plot.Number(day.Converted)} {Plot.Number(day.Failed)}")).ShouldBeEmpty();
        cells.ShouldContain("2026-03-10 00:00:00Z aud_0a1b2c3d revealed sign in Asked by the court, <4711>");
    }

    [Fact]
    public void it_has_four_plots_each_told_to_whoever_cannot_see_it()
    {
        var plots = Page(Busy).Descendants(Svg + "svg").ToList();
        plots.Select(plot => plot.Element(Svg + "title")!.Value).ShouldBe(["Sign-ins by day", "Wrong guesses by factor", "Texts by time from the provider's hands to the phone", "Texts asked for by country"]);
        plots[1].Element(Svg + "desc")!.Value.ShouldStartWith("password: ");
        plots[3].Descendants(Svg + "text").Select(text => text.Value).ShouldContain("3 more");
    }

    [Fact]
    public void a_month_of_nothing_is_a_page_too() => Page(MonthReport.Of(new(2026, 2, 1), [], 0)).Descendants("p").Count(part => part.Value == "None.").ShouldBe(7);

    [Theory]
    [InlineData(0, 4)]
    [InlineData(5, 8)]
    [InlineData(81, 200)]
    [InlineData(4001, 8000)]
    public void the_axis_ends_at_a_number_that_divides_by_four(long most, long end) => Plot.Ceiling(most).ShouldBe(end);

    [Fact]
    public async Task the_command_writes_the_page_and_tells_the_same_counts_at_the_terminal()
    {
        await new Visit(host, await Person.Make(host)).Through();
        var month = $"{new StoryClock().GetUtcNow():yyyy-MM}";
        var auditor = new Auditor(host);

        XDocument.Parse((await auditor.Ask("report", "--month", month, "--html", "-")).Data).Descendants(Svg + "title").First().Value.ShouldBe("Sign-ins by day");
        (await auditor.Ask("report", "--month", month)).Data.ShouldContain("ended otherwise");
        (await auditor.Ask("report", "--month", month, "--csv")).Data.ShouldContain("\"sign-ins converted by day\",");
    }

    private static XDocument Page(MonthReport report) => XDocument.Parse(MonthPage.Written(report));

    private static IEnumerable<string> Counted(IEnumerable<JasperFx.Events.IEvent> events) => MonthReport.Of(new(2026, 3, 1), events, 9).Deliveries.Counts.Select(row => $"{row.Key} {row.Value}");
}
