using System.Text;
using Auth.Host.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Auth.Specs.Http;

/// <summary>R78, R21, R01: what a body may be, and what it means.</summary>
public class FieldsSpecs(FieldsSpecs.Echo echo) : IClassFixture<FieldsSpecs.Echo>
{
    private const string Json = "application/json", Form = "application/x-www-form-urlencoded";

    [Theory]
    [InlineData(Json, """{"identifier":"ann@example.com","password":"x"}""", "ann@example.com")]
    [InlineData("application/json; charset=UTF-8", """ {"identifier":"ann"} """, "ann")]
    [InlineData(Json, """{"identifier":"é\u00e9😀\ud83d\ude00"}""", "éé😀😀")]
    [InlineData(Json, """{"locale":"en-US","identifier":"ann","status":"complete","user_id":"user_x"}""", "ann")]
    [InlineData(Form, "locale=en-US&identifier=ann%40example.com&password=a+b", "ann@example.com")]
    [InlineData(Form, "identifier=%C3%A9+%2B", "é +")]
    [InlineData(Form, "&identifier=ann&", "ann")]
    [InlineData(Json, """{"a":{"b":{"c":{"d":{"e":{"f":{"g":{}}}}}}},"identifier":"ann"}""", "ann")]
    public async Task is_read_the_same_from_json_and_from_a_form(string type, string body, string identifier) =>
        (await echo.Post("/v1/identifier", type, body)).Text.ShouldBe(identifier);

    [Theory]
    [InlineData("", "")]
    [InlineData(Json, "")]
    [InlineData(Form, "")]
    [InlineData("text/plain", "")]
    public async Task may_be_empty(string type, string body) =>
        (await echo.Post("/v1/names", type, body)).ShouldSatisfyAllConditions(a => a.Status.ShouldBe(200), a => a.Text.ShouldBe(""));

    [Theory]
    [InlineData(Json, """{"identifier":"ann","identifier":"bob"}""")]
    [InlineData(Json, """{"identifier":"ann","\u0069dentifier":"bob"}""")]
    [InlineData(Json, """{"a":{"b":1,"b":2}}""")]
    [InlineData(Json, """{"identifier":"ann"} x""")]
    [InlineData(Json, """{"identifier":"ann"}{}""")]
    [InlineData(Json, """{"identifier":"ann",}""")]
    [InlineData(Json, """{"identifier":"a\u0000b"}""")]
    [InlineData(Json, """{"a\u0000b":1}""")]
    [InlineData(Json, """{"a":["\u0000"]}""")]
    [InlineData(Json, """{"identifier":"\ud800"}""")]
    [InlineData(Json, """{"a":{"\udc00":1}}""")]
    [InlineData(Json, """{"a":{"b":{"c":{"d":{"e":{"f":{"g":{"h":{}}}}}}}}}""")]
    [InlineData(Json, """{"a":[[[[[[[[]]]]]]]]}""")]
    [InlineData(Json, """["identifier"]""")]
    [InlineData(Json, "\"identifier\"")]
    [InlineData(Json, "null")]
    [InlineData(Json, "\uFEFF{}")]
    [InlineData(Json, "{")]
    [InlineData(Json, "// nothing\n{}")]
    [InlineData(Json, "identifier=ann")]
    [InlineData(Form, "identifier=ann&identifier=bob")]
    [InlineData(Form, "identifier=ann&%69dentifier=bob")]
    [InlineData(Form, "identifier=%")]
    [InlineData(Form, "identifier=%4")]
    [InlineData(Form, "identifier=%zz")]
    [InlineData(Form, "identifier=%00")]
    [InlineData(Form, "identifier=%ff")]
    [InlineData(Form, "identifier=%ed%a0%80")]
    public async Task is_refused_when_two_readers_could_differ(string type, string body) =>
        (await echo.Post("/v1/identifier", type, body)).ShouldSatisfyAllConditions(a => a.Status.ShouldBe(400), a => a.Code.ShouldBe("malformed_request_parameters"));

    [Fact]
    public async Task is_utf8()
    {
        (await echo.Post("/v1/identifier", Json, [.. "{\"identifier\":\""u8, 0xff, .. "\"}"u8])).Code.ShouldBe("malformed_request_parameters");
        (await echo.Post("/v1/identifier", Form, [.. "identifier="u8, 0xc3, 0x28])).Code.ShouldBe("malformed_request_parameters");
    }

    [Theory]
    [InlineData("")]
    [InlineData("text/plain")]
    [InlineData("text/json")]
    [InlineData("application/jsonp")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/json; charset=utf-16")]
    public async Task has_a_content_type_that_is_known(string type) =>
        (await echo.Post("/v1/identifier", type, "{}")).ShouldSatisfyAllConditions(a => a.Status.ShouldBe(400), a => a.Code.ShouldBe("unsupported_content_type"));

    [Theory]
    [InlineData(16 * 1024, 200)]
    [InlineData(16 * 1024 + 1, 413)]
    [InlineData(200_000, 413)]
    public async Task has_at_most_sixteen_kibibytes(int size, int status) =>
        (await echo.Post("/v1/names", Form, "a=" + new string('x', size - 2))).Status.ShouldBe(status);

    [Fact]
    public async Task is_measured_even_when_nobody_says_how_long_it_is()
    {
        var body = new StreamContent(new Endless(100_000));
        body.Headers.ContentType = new(Form);
        (await echo.Host.Send(HttpMethod.Post, "/v1/names", body, ("Transfer-Encoding", "chunked"))).Code.ShouldBe("request_body_too_large");
    }

    [Fact]
    public async Task is_measured_by_ourselves_where_the_server_does_not()
    {
        var http = new DefaultHttpContext { Request = { Method = "POST", Path = "/v1/names", Body = new Endless(BodyReading.LargestBody + 1) } };

        (await Should.ThrowAsync<Refused>(() => BodyReading.Read(http, _ => Task.CompletedTask))).Answer.Problem.ShouldBe(Problems.BodyTooLarge);
    }

    [Theory]
    [InlineData("""{}""", "form_param_missing")]
    [InlineData("""{"identifier":null}""", "form_param_nil")]
    [InlineData("""{"identifier":""}""", "form_param_nil")]
    [InlineData("""{"identifier":1}""", "form_param_format_invalid")]
    [InlineData("""{"identifier":true}""", "form_param_format_invalid")]
    [InlineData("""{"identifier":["ann"]}""", "form_param_format_invalid")]
    [InlineData("""{"identifier":{"a":1}}""", "form_param_format_invalid")]
    public async Task a_text_that_must_be_there_is_a_text(string body, string code)
    {
        var answer = await echo.Post("/v1/identifier", Json, body);

        answer.Status.ShouldBe(422);
        answer.Code.ShouldBe(code);
        ((string?)answer.Json["errors"]![0]!["meta"]!["param_name"]).ShouldBe("identifier");
    }

    [Fact]
    public async Task a_text_has_its_longest() =>
        (await echo.Post("/v1/identifier", Form, "identifier=" + new string('x', 1025))).Code.ShouldBe("form_param_max_length_exceeded");

    [Theory]
    [InlineData("""{"code":123456}""")]
    [InlineData("""{"code":["123456"]}""")]
    [InlineData("""{"code":null}""")]
    [InlineData("""{"code":{"value":"123456"}}""")]
    [InlineData("""{"code":true}""")]
    [InlineData("""{"code":""}""")]
    [InlineData("""{"code":"+12345"}""")]
    [InlineData("""{"code":"-12345"}""")]
    [InlineData("""{"code":" 123456"}""")]
    [InlineData("""{"code":"123456\n"}""")]
    [InlineData("""{"code":"123 56"}""")]
    [InlineData("""{"code":"１２３４５６"}""")]
    [InlineData("""{"code":"٠١٢٣٤٥"}""")]
    [InlineData("""{"code":"12345"}""")]
    [InlineData("""{"code":"1234567"}""")]
    [InlineData("""{"code":"12345a"}""")]
    [InlineData("""{"code":"12345\u0000"}""")]
    [InlineData("""{"code":"123456\u0000"}""")]
    [InlineData("""{"code":"\u0000"}""")]
    [InlineData("""{"code":"12345\u0001"}""")]
    [InlineData("""{"code":"12345\u007f"}""")]
    [InlineData("""{"code":"12345\u0085"}""")]
    [InlineData("""{"code":"12345\t"}""")]
    [InlineData("""{"code":"123\u200b456"}""")]
    [InlineData("""{"code":"\u202e123456"}""")]
    public async Task a_code_is_six_ascii_digits_or_malformed_in_one_way(string body)
    {
        var answer = await echo.Post("/v1/code", Json, body);

        answer.Status.ShouldBe(422);
        answer.Code.ShouldBe("form_param_format_invalid");
        ((string?)answer.Json["errors"]![0]!["meta"]!["param_name"]).ShouldBe("code");
    }

    [Theory]
    [InlineData("code=12345%00")]
    [InlineData("code=%00")]
    [InlineData("code=12345%0a")]
    [InlineData("code=12345%7f")]
    public async Task a_malformed_code_in_a_form_is_malformed_in_the_same_way(string form) => (await echo.Post("/v1/code", Form, form)).Code.ShouldBe("form_param_format_invalid");

    [Theory]
    [InlineData("""{"code":["12345\u0000"]}""")]
    [InlineData("""{"code":{"code":"12345\u0000"}}""")]
    public async Task a_nul_within_what_is_no_text_cannot_be_read(string body) => (await echo.Post("/v1/code", Json, body)).Code.ShouldBe("malformed_request_parameters");

    [Fact]
    public async Task a_code_keeps_its_leading_zeros() => (await echo.Post("/v1/code", Form, "code=000042")).Text.ShouldBe("000042");

    [Theory]
    [InlineData(Json, """{"on":true}""", "True")]
    [InlineData(Json, """{"on":false}""", "False")]
    [InlineData(Json, """{"on":null}""", "")]
    [InlineData(Json, """{}""", "")]
    [InlineData(Form, "on=true", "True")]
    [InlineData(Form, "on=false", "False")]
    [InlineData(Form, "on=", "")]
    public async Task a_flag_is_true_or_false_or_not_there(string type, string body, string read) =>
        (await echo.Post("/v1/flag", type, body)).Text.ShouldBe(read);

    [Theory]
    [InlineData(Json, """{"on":1}""")]
    [InlineData(Json, """{"on":"yes"}""")]
    [InlineData(Form, "on=True")]
    [InlineData(Form, "on=1")]
    public async Task a_flag_is_nothing_else(string type, string body) =>
        (await echo.Post("/v1/flag", type, body)).Code.ShouldBe("form_param_format_invalid");

    [Theory]
    [InlineData("""{"list":["a","b"]}""", "a|b")]
    [InlineData("""{"list":"a"}""", "a")]
    [InlineData("""{"list":[]}""", "")]
    [InlineData("""{}""", "")]
    public async Task a_list_may_be_one_text(string body, string read) => (await echo.Post("/v1/list", Json, body)).Text.ShouldBe(read);

    [Theory]
    [InlineData("""{"list":[1]}""", "form_param_format_invalid")]
    [InlineData("""{"list":[null]}""", "form_param_format_invalid")]
    [InlineData("""{"list":{"a":1}}""", "form_param_format_invalid")]
    [InlineData("""{"list":[""]}""", "form_param_nil")]
    public async Task a_list_holds_texts(string body, string code) => (await echo.Post("/v1/list", Json, body)).Code.ShouldBe(code);

    [Fact]
    public async Task a_request_record_is_an_endpoints_argument()
    {
        (await echo.Post("/v1/request", Form, "identifier=ann")).Text.ShouldBe("ann");
        (await echo.Post("/v1/request", Form, "")).Code.ShouldBe("form_param_missing");
    }

    [Theory]
    [InlineData("/v1/verb?_method=PATCH", "", "PATCH")]
    [InlineData("/v1/verb?_method=PUT", "", "PUT")]
    [InlineData("/v1/verb?_method=DELETE&x=1", "", "DELETE")]
    [InlineData("/v1/verb?_method=POST", "", "POST")]
    [InlineData("/v1/verb", "_method=PATCH", "PATCH")]
    [InlineData("/v1/verb", "a=1", "POST")]
    [InlineData("/__clerk/v1/verb?_method=DELETE", "", "DELETE")]
    public async Task a_post_may_mean_another_method(string path, string body, string method) =>
        (await echo.Post(path, Form, body)).Text.ShouldBe(method);

    [Theory]
    [InlineData("/v1/gone?_method=DELETE")]
    [InlineData("/__clerk/v1/gone?_method=DELETE")]
    public async Task a_post_may_mean_a_method_where_no_post_is(string path) => (await echo.Post(path, Form, "")).Text.ShouldBe("gone");

    [Theory]
    [InlineData("/v1/verb?_method=GET")]
    [InlineData("/v1/verb?_method=CONNECT")]
    [InlineData("/v1/verb?_method=patch")]
    [InlineData("/v1/verb?_method=PUT&_method=PATCH")]
    public async Task a_post_means_no_method_that_only_reads(string path) =>
        (await echo.Post(path, Form, "")).ShouldSatisfyAllConditions(a => a.Status.ShouldBe(405), a => a.Code.ShouldBe("method_not_allowed"));

    [Fact]
    public async Task only_a_post_may_mean_another_method() =>
        (await echo.Host.Send(HttpMethod.Get, "/v1/verb?_method=DELETE")).Text.ShouldBe("GET");

    [Fact]
    public void what_was_sent_is_never_printed()
    {
        var fields = BodyFormats.Json("""{"password":"correct horse"}"""u8.ToArray());
        $"{fields} {fields["password"]}".ShouldNotContain("horse");
    }

    public sealed record Named(string Identifier) : IFromFields<Named>
    {
        public static Named From(Fields fields) => new(fields["identifier"].Given());
    }

    public sealed class Echo : IAsyncLifetime
    {
        public TinyHost Host { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Host = await TinyHost.Start(app =>
        {
            app.MapPost("/v1/identifier", (Fields fields) => fields["identifier"].Given());
            app.MapPost("/v1/code", (Fields fields) => fields.Code());
            app.MapPost("/v1/flag", (Fields fields) => $"{fields.Flag("on")}");
            app.MapPost("/v1/list", (Fields fields) => string.Join('|', fields["list"].Texts));
            app.MapPost("/v1/names", (Fields fields) => fields.Names.Contains("a") ? "a" : "");
            app.MapPost("/v1/request", (Named request) => request.Identifier);
            app.MapMethods("/v1/verb", ["GET", "POST", "PUT", "PATCH", "DELETE"], (HttpContext http) => http.Request.Method);
            app.MapDelete("/v1/gone", () => "gone");
        });

        public Task<TinyAnswer> Post(string path, string type, string body) => Post(path, type, Encoding.UTF8.GetBytes(body));

        public Task<TinyAnswer> Post(string path, string type, byte[] body) => Host.Send(HttpMethod.Post, path, TinyHost.Body(type, body));

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }

    private sealed class Endless(int length) : MemoryStream(new byte[length])
    {
        public override bool CanSeek => false;
    }
}
