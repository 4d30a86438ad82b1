using Auth.Domain.SignIns;
using Auth.Host.Users;
using PhoneNumbers;

namespace Auth.Specs.Users;

/// <summary>Whoever types it, and however: an identifier has one form, and what could be mistaken for somebody else's has none (R79).</summary>
public class CanonicalIdentifierSpecs
{
    [Theory]
    [InlineData("Ann@Example.COM", "ann@example.com")]
    [InlineData("ann+news@example.com", "ann+news@example.com")]
    [InlineData("I@example.com", "i@example.com")]                     // not the dotless one of a Turkish host
    [InlineData("ann@bücher.example", "ann@xn--bcher-kva.example")]
    [InlineData("ann@BÜCHER.example", "ann@xn--bcher-kva.example")]
    [InlineData("ann@bu\u0308cher.example", "ann@xn--bcher-kva.example")]
    [InlineData("ann@XN--BCHER-KVA.example", "ann@xn--bcher-kva.example")]
    [InlineData("ann@пример.рф", "ann@xn--e1afmkfd.xn--p1ai")]
    public void an_address_has_one_form(string typed, string form) => CanonicalIdentifier.Of(typed).ShouldBe(new(IdentifierKind.EmailAddress, form));

    [Theory]
    [InlineData("änn@example.com")]
    [InlineData("a\u0430nn@example.com")]        // Cyrillic a
    [InlineData("\u0131@example.com")]           // dotless i
    [InlineData("\uFF41nn@example.com")]         // full width a
    [InlineData("\u212Ate@example.com")]         // Kelvin sign
    [InlineData("a\u200Bnn@example.com")]        // nothing to see
    [InlineData("ann@exa\u200Bmple.com")]
    [InlineData("ann@\uFF45xample.com")]
    [InlineData("ann@example\u3002com")]         // a full stop of another script
    [InlineData("ann@\u0130.example")]           // has no one small letter
    [InlineData("ann@exam_ple.com")]
    [InlineData("ann@-example.com")]
    [InlineData("ann@example")]
    [InlineData("ann@example.com.")]
    [InlineData(" ann@example.com")]
    [InlineData("ann@example.com\0")]
    [InlineData("ann@evil.example\n@example.com")]
    [InlineData("\"ann\"@example.com")]
    [InlineData("a..nn@example.com")]
    [InlineData("@example.com")]
    [InlineData("ann@")]
    public void what_could_be_taken_for_another_address_is_none(string typed) => CanonicalIdentifier.Of(typed).ShouldBeNull();

    [Theory]
    [InlineData("+12015550100", "+12015550100")]
    [InlineData("+1 (201) 555-0100", "+12015550100")]
    [InlineData(" +1.201.555.0100 ", "+12015550100")]
    [InlineData("+44 7400 123456", "+447400123456")]
    public void a_number_has_one_form(string typed, string form) => CanonicalIdentifier.Of(typed).ShouldBe(new(IdentifierKind.PhoneNumber, form));

    [Theory]
    [InlineData("+46701234567", "SE")]
    [InlineData("+447400123456", "GB")]
    [InlineData("+12015550100", "US")]           // lines and mobiles share the plan
    [InlineData("+14165550100", "CA")]
    [InlineData("+4915112345678", "DE")]
    public void a_mobile_has_a_country_R57(string number, string country) =>
        (CanonicalIdentifier.OfPhoneNumber(number)?.Value, TextableNumber.CountryOf(number)).ShouldBe((number, country));

    [Theory]
    [InlineData("+19002345678")]                 // premium
    [InlineData("+448712345678")]                // premium
    [InlineData("+448431234567")]                // shared cost
    [InlineData("+445612345678")]                // over the internet
    [InlineData("+447012345678")]                // personal
    [InlineData("+15002345678")]                 // personal
    [InlineData("+445512345678")]                // of a company
    [InlineData("+447640123456")]                // pager
    [InlineData("+18002345678")]                 // free of charge
    [InlineData("+4687123456")]                  // a line
    [InlineData("+870773111632")]                // ships
    [InlineData("+881612345678")]                // satellites
    [InlineData("+882161234567")]                // networks of no country
    [InlineData("+883510012345")]
    [InlineData("+979123456789")]                // premium all over the world
    [InlineData("+80012345678")]
    public void what_no_mobile_can_have_is_no_number_R57(string typed)
    {
        PhoneNumberUtil.GetInstance().IsValidNumber(PhoneNumberUtil.GetInstance().Parse(typed, null)).ShouldBeTrue("It would be refused for nothing.");
        CanonicalIdentifier.Of(typed).ShouldBeNull();
    }

    [Theory]
    [InlineData("2015550100")]
    [InlineData("0012015550100")]
    [InlineData("+1")]
    [InlineData("+1201555010000000000000000000000000000000")]
    [InlineData("")]
    [InlineData("ann")]
    public void what_is_no_international_number_is_none(string typed) => CanonicalIdentifier.Of(typed).ShouldBeNull();
}
