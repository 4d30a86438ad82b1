using System.Globalization;
using Auth.Domain.Instances;
using Auth.Domain.SignIns;
using Auth.Host.Limits;
using Auth.Specs.Given;

namespace Auth.Specs.Promises;

/// <summary><c>docs/limits.md</c> says the limits that we ship, and the odds that they leave, as the code computes them.</summary>
public class LimitsPageSpecs
{
    private static readonly string Page = File.ReadAllText(Checkout.File("docs", "limits.md"));
    private static readonly Authenticator Text = new(Strategy.PhoneCode, Guid.AllBitsSet), App = new(Strategy.Totp, Guid.AllBitsSet), Mail = new(Strategy.EmailCode, Guid.AllBitsSet);

    [Fact]
    public void the_odds_are_those_of_the_shipped_dials()
    {
        string[] rows = [Row([Text]), Row([Mail, Mail with { Strategy = Strategy.ResetPasswordEmailCode }], guesses: 50), Row([App])];
        rows.Where(row => !Page.Contains(row, StringComparison.Ordinal)).ShouldBeEmpty();
        Page.ShouldContain($"| 39 each | {Written(GuessOdds.InADay(Dials.Shipped, [Text, App, Authenticator.BackupCode]))} |");
        Page.ShouldContain($"{GuessOdds.GuessesInADay(Dials.Shipped, completed: 3)} guesses pass at an app ({Written(GuessOdds.InADay(Dials.Shipped, [App], completed: 3))})");
        Page.ShouldContain($"{GuessOdds.GuessesInADay(Dials.Shipped with { WaitFrom = 20 })} guesses and {Written(GuessOdds.InADay(Dials.Shipped with { WaitFrom = 20 }, [Text]))} a day");
    }

    [Fact]
    public void every_dial_is_told_of() =>
        Bounds.All.Select(bound => bound.Field).Where(field => field.StartsWith("dials.", StringComparison.Ordinal) && !Page.Contains($"`{field}`", StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void the_limits_per_address_are_those_we_ship()
    {
        AddressDials shipped = new();
        Page.ShouldContain($"| sign-ins created | {shipped.CreatesAMinute} a minute, {shipped.CreatesAnHour} an hour |");
        Page.ShouldContain($"| {shipped.AttemptsAMinute} a minute, {shipped.AttemptsAnHour} an hour | the same |");
        Page.ShouldContain($"| messages caused | {shipped.TextsAnHour} an hour |");
    }

    private static string Row(Authenticator[] authenticators, int? guesses = null)
    {
        var odds = GuessOdds.InADay(Dials.Shipped, authenticators);
        return $"| {guesses ?? GuessOdds.GuessesInADay(Dials.Shipped)} | {Written(odds)} | {Math.Floor((1 / odds) + 1e-6).ToString("N0", CultureInfo.InvariantCulture)} |";
    }

    private static string Written(double odds) => odds.ToString("0.000000", CultureInfo.InvariantCulture);
}
