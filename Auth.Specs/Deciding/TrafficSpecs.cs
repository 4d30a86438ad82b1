using Auth.Domain.Instances;
using Auth.Domain.SignIns;
using Auth.Domain.Verifications;
using Auth.Specs.Given;

namespace Auth.Specs.Deciding;

/// <summary>Texts go to open countries only, and to everybody together no more than a day's; what looks like fraud is noted, or kept (R56, R57).</summary>
public class TrafficSpecs : SignInSpec
{
    private static readonly Settings Enforced = Settings.Shipped with { SmsFraud = SmsFraudRule.Enforce };
    private static readonly DateTimeOffset Midnight = new(2026, 1, 6, 0, 0, 0, TimeSpan.Zero);
    private static readonly Traffic AtHome = new("SE", "SE", 0, 0, false);

    private static Story Asking(Traffic traffic, Settings? settings = null) =>
        Given(Identified, FirstFactorVerified).Sent(Sendings.None with { Traffic = traffic }).Under(settings ?? Settings.Shipped).When(AskForCode());

    private static SecondFactorRefused Kept(RefusalReason reason, string? country = "SE") => new(AnnsPhone, reason, reason is RefusalReason.Country ? null : Midnight, country);

    [Fact]
    public void a_text_at_home_leaves_and_says_where() => Asking(AtHome).Then(SecondFactorPrepared with { Country = "SE" });

    [Fact]
    public void a_closed_country_gets_none_R57() => Asking(AtHome with { Country = "NO" }).ThenRefused(Refusal.CountryClosed, Kept(RefusalReason.Country, "NO"));

    [Fact]
    public void an_open_one_does() => Asking(AtHome with { Country = "NO" }, Settings.Shipped with { SmsCountries = ["NO"] }).Then(SecondFactorPrepared with { Country = "NO" });

    [Fact]
    public void no_country_gets_none() => Asking(AtHome with { Country = null }).ThenRefused(Refusal.CountryClosed, Kept(RefusalReason.Country, null));

    [Fact]
    public void without_a_home_only_listed_countries_are_open() => Asking(AtHome with { Home = null }).ThenRefused(Refusal.CountryClosed, Kept(RefusalReason.Country));

    [Fact]
    public void when_the_day_is_used_up_none_leaves_before_midnight_R56()
    {
        Asking(AtHome with { InAll = 4999 }).Then(SecondFactorPrepared with { Country = "SE" });
        Asking(AtHome with { InAll = 5000 }).ThenRefusedUntil(Midnight, Refusal.SendLimit, Kept(RefusalReason.Budget));
    }

    [Fact]
    public void a_full_block_of_numbers_is_noted_and_kept_only_where_that_is_enforced_R56()
    {
        Asking(AtHome with { PrefixFull = true }).Then(SecondFactorPrepared with { Country = "SE", Noted = RefusalReason.Prefix });
        Asking(AtHome with { PrefixFull = true }, Enforced).ThenRefusedUntil(Midnight, Refusal.SendLimit, Kept(RefusalReason.Prefix));
    }

    [Fact]
    public void so_is_a_country_that_got_too_many_but_never_the_own_one_R56()
    {
        var (abroad, open) = (AtHome with { Country = "NO", ToCountry = 500 }, Settings.Shipped with { SmsCountries = ["NO"] });

        Asking(abroad, open).Then(SecondFactorPrepared with { Country = "NO", Noted = RefusalReason.CountryLimit });
        Asking(abroad, open with { SmsFraud = SmsFraudRule.Enforce }).ThenRefusedUntil(Midnight, Refusal.SendLimit, Kept(RefusalReason.CountryLimit, "NO"));
        Asking(AtHome with { ToCountry = 4000 }, Enforced).Then(SecondFactorPrepared with { Country = "SE" });
    }

    [Fact]
    public void a_first_factor_and_a_verification_are_kept_by_the_same_rules()
    {
        var closed = Sendings.None with { Traffic = AtHome with { Country = "NO" } };
        var (number, here) = (new Authenticator(Strategy.PhoneCode, People.AnnsPhone), People.Id(0x5E));

        Given(Identified with { Kind = IdentifierKind.PhoneNumber }).Sent(closed).When(AskForFirstCode(by: Strategy.PhoneCode, to: People.AnnsPhone))
            .ThenRefused(Refusal.CountryClosed, new FirstFactorRefused(number, RefusalReason.Country, null, "NO"));
        Given(StrangerIdentified with { Kind = IdentifierKind.PhoneNumber }).About(Stranger).Sent(closed).When(StrangerAsks(Strategy.PhoneCode))
            .ThenRefused(Refusal.CountryClosed, new FirstFactorRefused(new(Strategy.PhoneCode), RefusalReason.Country, null, "NO"));
        new VerificationStory([new VerificationBegun(Purpose.NewIdentifier, People.AnnsId, null, null)]).Sent(closed).When(new PrepareVerification(number, here, Text(1), Nonce(1), CodeKey))
            .ThenRefused(Refusal.CountryClosed, new VerificationRefused(number, RefusalReason.Country, null, "NO"));
    }

    [Fact]
    public void a_mail_knows_no_country() => Given(Identified).When(AskForFirstCode()).Then(FirstFactorPrepared);
}
