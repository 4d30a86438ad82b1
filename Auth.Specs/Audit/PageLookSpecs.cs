using Auth.Host.Audit.Pictures;
using Auth.Specs.Given;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Auth.Specs.Audit;

/// <summary>Pages of pictures in a browser: for everybody, by day and by night, on a phone and on paper.</summary>
public class PageLookSpecs
{
    private static readonly string[] Pages = [SignInPage.Written(Pictured.WithEverything(new())), MonthPage.Written(MonthStory.Busy)];

    [Theory]
    [InlineData(ColorScheme.Light, 1200)]
    [InlineData(ColorScheme.Dark, 360)]
    public async Task nobody_is_kept_out_and_nothing_is_cut_off_or_blocked(ColorScheme scheme, int width)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var chromium = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium.Program, Headless = true, Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"] });
        foreach (var text in Pages)
        {
            await using var profile = await chromium.NewContextAsync(new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 800 } });
            var (page, said) = (await profile.NewPageAsync(), new List<string>());
            page.Console += (_, message) => said.Add(message.Text);
            await page.SetContentAsync(text);

            said.ShouldBeEmpty();
            (await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor")).ShouldBe(scheme is ColorScheme.Dark ? "rgb(13, 17, 23)" : "rgb(255, 255, 255)");
            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
            (await page.RunAxe()).Violations.Select(violation => $"{violation.Id}: {violation.Help} {string.Join(' ', violation.Nodes.Select(node => node.Html[..Math.Min(node.Html.Length, 120)]))}").ShouldBeEmpty();
        }
    }

    [Fact]
    public void every_colour_that_says_something_stands_out_on_its_paper_by_day_and_by_night()
    {
        foreach (var ink in new[] { Ink.Plain, Ink.Faint, Ink.Asked, Ink.Sent, Ink.Right, Ink.Wrong, Ink.Refused })
            foreach (var paper in new[] { Ink.Paper, Ink.Band })
                Math.Min(Contrast(ink.Day, paper.Day), Contrast(ink.Night, paper.Night)).ShouldBeGreaterThanOrEqualTo(4.5, $"{ink.Name} on {paper.Name}");
    }

    // WCAG 2.2, relative luminance.
    private static double Contrast(string one, string other) =>
        (Math.Max(Light(one), Light(other)) + 0.05) / (Math.Min(Light(one), Light(other)) + 0.05);

    private static double Light(string colour) => new[] { (1, 0.2126), (3, 0.7152), (5, 0.0722) }
        .Sum(part => part.Item2 * (Convert.ToInt32(colour[part.Item1..(part.Item1 + 2)], 16) / 255.0 is var c && c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4)));
}
