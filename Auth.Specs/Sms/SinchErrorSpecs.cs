using System.Text;
using Auth.Host.Delivery.Sms;

namespace Auth.Specs.Sms;

/// <summary>Unhappy answers come in many shapes; none of them may hurt.</summary>
public class SinchErrorSpecs
{
    [Theory]
    [InlineData("""{"code":"syntax_invalid_json","text":"No JSON."}""", "syntax_invalid_json", "No JSON.")]
    [InlineData("""{"code":400,"text":"Bad."}""", "400", "Bad.")]
    [InlineData("""{"code":"blocked_account","message":"Blocked."}""", "blocked_account", "Blocked.")]
    [InlineData("""{"error":{"code":400,"message":"Bad.","status":"INVALID_ARGUMENT","details":[{}]}}""", "INVALID_ARGUMENT", "Bad.")]
    [InlineData("""{"error":{"code":"x"}}""", "x", null)]
    [InlineData("""{"error":"invalid_client","error_description":"Who?"}""", "invalid_client", "Who?")]
    [InlineData("""{"type":"about:blank","title":"Too fast","detail":"Slow down."}""", "about:blank", "Too fast: Slow down.")]
    [InlineData("""{"status":"404 Not Found","errorCode":40400,"message":"None."}""", "40400", "None.")]
    [InlineData("""{"code":null,"text":{"a":1}}""", null, null)]
    [InlineData("""["a"]""", null, null)]
    [InlineData("<html>busy</html>", null, null)]
    [InlineData("""{"code":"cut""", null, null)]
    [InlineData("", null, null)]
    public void every_shape_is_read(string body, string? code, string? text) =>
        SinchError.Parse(Encoding.UTF8.GetBytes(body)).ShouldBe(new SinchError(code, text));

    [Theory]
    [InlineData("+12015550113 is not a number")]
    [InlineData("1 (201) 555-0113 is not a number")]
    [InlineData("482916 is not a body")]
    public void numbers_and_codes_in_it_are_hidden(string text) =>
        SinchError.Parse(Encoding.UTF8.GetBytes($$"""{"code":"a","text":"{{text}}"}""")).Text!.Any(char.IsDigit).ShouldBeFalse();
}
