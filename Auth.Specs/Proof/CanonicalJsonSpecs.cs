using System.Text;
using System.Text.Json;
using Auth.Projections.Proof;

namespace Auth.Specs.Proof;

/// <summary>One spelling for each JSON value, by the examples of RFC 8785.</summary>
public class CanonicalJsonSpecs
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("-0.0", "0")]
    [InlineData("1E30", "1e+30")]
    [InlineData("4.50", "4.5")]
    [InlineData("2e-3", "0.002")]
    [InlineData("0.000000000000000000000000001", "1e-27")]
    [InlineData("5e-324", "5e-324")]
    [InlineData("1.7976931348623157e308", "1.7976931348623157e+308")]
    [InlineData("9007199254740992", "9007199254740992")]
    [InlineData("-9007199254740992", "-9007199254740992")]
    [InlineData("295147905179352830000", "295147905179352830000")]
    [InlineData("999999999999999900000", "999999999999999900000")]
    [InlineData("1e21", "1e+21")]
    [InlineData("0.000001", "0.000001")]
    [InlineData("0.0000001", "1e-7")]
    [InlineData("-1234.5e2", "-123450")]
    public void numbers_are_written_as_browsers_write_them(string written, string canonical) =>
        Of(written).ShouldBe(canonical);

    /// <summary>The RFC would round these and so take two for one; here they stay apart.</summary>
    [Theory]
    [InlineData("9007199254740993")]
    [InlineData("333333333.33333329")]
    [InlineData("0.10000000000000000555")]
    [InlineData("12345678901234567890123")]
    public void a_number_that_a_double_does_not_hold_is_not_rounded(string number) => Of(number).ShouldBe(number);

    [Fact]
    public void names_are_sorted_by_utf_16_and_texts_escaped_as_little_as_can_be() =>
        Of("""{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew","1":"One","\ud83d\ude00":"Emoji","\u0080":"Control","\u00f6":"o"}""")
            .ShouldBe("{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"\u00f6\":\"o\",\"\u20ac\":\"Euro Sign\",\"\ud83d\ude00\":\"Emoji\",\"\ufb33\":\"Hebrew\"}");

    [Fact]
    public void the_example_of_the_rfc() =>
        Of("""{"numbers": [1E30, 4.50, 2e-3], "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false]}""")
            .ShouldBe("{\"literals\":[null,true,false],\"numbers\":[1e+30,4.5,0.002],\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");

    private static string Of(string json)
    {
        using var parsed = JsonDocument.Parse(json);
        return Encoding.UTF8.GetString(CanonicalJson.Of(parsed.RootElement));
    }
}
