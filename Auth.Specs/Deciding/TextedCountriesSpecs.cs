using Auth.Domain.Instances;
using Auth.Domain.SignIns;

namespace Auth.Specs.Deciding;

/// <summary>Texts that are asked for and can go nowhere: an operator is told, rather than every person who waits for one (R57).</summary>
public class TextedCountriesSpecs
{
    private static readonly Settings Shipped = Settings.Shipped;
    private static readonly Settings Untexted = Shipped with { FirstFactors = [Strategy.Password, Strategy.EmailCode], SecondFactors = [Strategy.Totp] };

    [Fact]
    public void without_a_country_nobody_is_texted() => Shipped.TextsNobody(home: null).ShouldBeTrue();

    [Fact]
    public void the_operators_own_country_or_one_that_the_settings_open_is_enough()
    {
        Shipped.TextsNobody(home: "SE").ShouldBeFalse();
        (Shipped with { SmsCountries = ["NO"] }).TextsNobody(home: null).ShouldBeFalse();
    }

    [Theory]
    [InlineData(Strategy.PhoneCode)]
    [InlineData(Strategy.ResetPasswordPhoneCode)]
    public void where_no_strategy_texts_nothing_is_missing(Strategy texts)
    {
        Untexted.TextsNobody(home: null).ShouldBeFalse();
        (Untexted with { FirstFactors = [Strategy.Password, texts] }).TextsNobody(home: null).ShouldBeTrue();
    }

    [Fact]
    public void a_texted_second_factor_alone_misses_one() => (Untexted with { SecondFactors = [Strategy.PhoneCode] }).TextsNobody(home: null).ShouldBeTrue();
}
