using System.Text;
using Auth.Specs.Given;

namespace Auth.Specs.Http;

/// <summary>Every route there is, asked by nobody with nonsense: a problem each time, small, and never our fault (R61, R78, R80, R81).</summary>
public class RouteSpecs(RunningHost host)
{
    private static readonly string[] Payloads =
    [
        "'; drop table auth.people; --", "\" or 1=1 --", "' || pg_sleep(9) || '", "{{7*7}}", "%s%n", "../../etc/passwd", "<script>", "\\", "\u202e", "🦊", new('a', 3000),
    ];

    private static readonly (string Type, string Body)[] Bodies =
    [
        ("application/json", "{"), ("application/json", "[]"), ("application/json", "null"), ("application/json", """{"identifier":1,"strategy":[],"code":{},"password":false}"""),
        ("application/json", """{"identifier":"a","identifier":"b"}"""), ("application/json", "{} x"), ("application/json", """{"identifier":"\u0000","strategy":"\u0000","code":"\u0000"}"""),
        ("application/json", """{"strategy":"no_such"}"""), ("application/json", string.Concat(Enumerable.Repeat("""{"a":""", 80))), ("application/x-www-form-urlencoded", "identifier=%ff%fe&strategy=%00&code=%"),
        ("application/x-www-form-urlencoded", "identifier=a&identifier=b"), ("text/plain", "x"), ("multipart/form-data; boundary=x", "--x--"), ("nonsense", "x"),
    ];

    public static TheoryData<string, string> InputTable => new()
    {
        { """{"identifier":"a@example.com","identifier":"b@example.com"}""", "malformed_request_parameters" },
        { """{"identifier":"a@example.com"} x""", "malformed_request_parameters" },
        { """{"identifier":"a@example.com\u0000"}""", "malformed_request_parameters" },
        { "{", "malformed_request_parameters" },
        { "[]", "malformed_request_parameters" },
        { """{"identifier":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":1}}}}}}}}}}""", "malformed_request_parameters" },
    };

    [Theory]
    [MemberData(nameof(InputTable))]
    public async Task what_cannot_be_read_is_400(string body, string code) => (await Send("POST", "/v1/client/sign_ins", "application/json", Encoding.UTF8.GetBytes(body))).ShouldBe(400, code);

    [Fact]
    public async Task bytes_that_are_no_text_are_400() =>
        (await Send("POST", "/v1/client/sign_ins", "application/json", [.. "{\"identifier\":\""u8, 0xff, 0xfe, .. "\"}"u8])).ShouldBe(400, "malformed_request_parameters");

    [Fact]
    public async Task a_body_too_large_is_413_before_any_work()
    {
        using var work = HashWork.Begin();
        (await Send("POST", "/v1/client/sign_ins", "application/json", Encoding.UTF8.GetBytes($$"""{"identifier":"a@example.com","password":"{{new string('a', 17_000)}}"}"""))).ShouldBe(413, "request_body_too_large");
        work.Hashes.ShouldBe(0);
    }

    [Fact]
    public async Task nobody_with_nonsense_gets_a_small_problem_from_every_route()
    {
        foreach (var (method, path) in Routes.Of(host, "x"))
            foreach (var (type, body) in method == "GET" ? [("", "")] : Bodies)
                Fine($"{method} {path} {type} {body}", await Send(method, path, type, Encoding.UTF8.GetBytes(body)));
    }

    [Fact]
    public async Task quotes_and_worse_are_only_text_to_every_route()
    {
        var visit = new Visit(host, await Person.Make(host));
        await visit.Create();
        foreach (var payload in Payloads)
        {
            foreach (var (method, path) in Routes.Of(host, Uri.EscapeDataString(payload)))
            {
                var query = $"?email_address={Uri.EscapeDataString(payload)}&user_id={Uri.EscapeDataString(payload)}&_clerk_session_id={Uri.EscapeDataString(payload)}";
                var request = new HttpRequestMessage(new(method), path + query);
                if (method != "GET") request.Content = new FormUrlEncodedContent(new[] { "identifier", "password", "strategy", "code", "phone_number_id", "email_address", "first_name" }.Select(name => KeyValuePair.Create(name, payload)));
                if (path.StartsWith("/v1/users", StringComparison.Ordinal) || path.StartsWith("/v1/phone", StringComparison.Ordinal)) request.Headers.Authorization = new("Bearer", RunningHost.SecretKey);
                Fine($"{method} {path}", await visit.Browser.Twin().Send(request));
            }
        }
    }

    private static void Fine(string asked, Reply reply)
    {
        reply.Status.ShouldBeLessThan(500, $"{asked}: {reply.Text}");
        if (reply.Status < 400) return;
        reply.Headers["Content-Type"].ShouldStartWith("application/problem+json", Case.Sensitive, asked);
        Encoding.UTF8.GetByteCount(reply.Text).ShouldBeLessThanOrEqualTo(2048, asked);
        foreach (var word in (string[])["   at ", "Exception", "mt_", "Npgsql", "select "]) reply.Text.ShouldNotContain(word, Case.Sensitive, asked);
    }

    private Task<Reply> Send(string method, string path, string type, byte[] body)
    {
        var request = new HttpRequestMessage(new(method), path);
        if (type.Length > 0)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        return new Browser(host).Send(request);
    }
}
