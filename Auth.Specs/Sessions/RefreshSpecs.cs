using System.Text.Json.Nodes;
using Auth.Domain.Sessions;
using Auth.Host.Sessions.Refreshing;
using Auth.Specs.Given;
using Marten;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Auth.Specs.Sessions;

/// <summary>Refresh values: one session, one family, one use each; a stolen one ends what it was stolen from (R67, R69, R72, R83).</summary>
public class RefreshSpecs(RunningHost host)
{
    [Fact]
    public async Task a_handshake_tells_the_backend_who_sits_there_and_gives_it_a_value()
    {
        var (account, backend) = await Shaken();

        var payload = new JsonWebToken(backend.Token);
        (payload.GetClaim("sid").Value, payload.GetClaim("azp").Value).ShouldBe((account.Session, AppsBackend.Origin));
        backend.Refresh.ShouldStartWith("rfr_");
        backend.Refresh.Length.ShouldBe("rfr_".Length + 43, "256 bits");
        backend.Cookies["__client_uat"].ShouldNotBe("0");
    }

    [Fact]
    public async Task each_use_gives_a_token_and_another_value_R72()
    {
        var (account, backend) = await Shaken();
        var values = new List<string> { backend.Refresh };
        for (var i = 0; i < 3; i++)
        {
            StoryClock.Advance(TimeSpan.FromSeconds(61));
            var before = backend.Token;
            (await backend.Renew(account.Session)).Status.ShouldBe(200);
            backend.Token.ShouldNotBe(before);
            values.Add(backend.Refresh);
        }

        values.ShouldBeUnique();
        (await account.Get("")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task a_stolen_value_ends_the_session_whoever_uses_it_second_R72()
    {
        foreach (var thiefFirst in (bool[])[true, false])
        {
            var (account, backend) = await Shaken();
            var (stolen, token) = (backend.Refresh, backend.Token);
            StoryClock.Advance(TimeSpan.FromSeconds(61));
            var first = await backend.Renew(account.Session, stolen, token);
            first.Status.ShouldBe(200, first.Text);
            if (!thiefFirst) (await backend.Renew(account.Session, AppsBackend.Set(first)["__refresh"], token)).Status.ShouldBe(200, "the honest one goes on for a while");

            StoryClock.Advance(TimeSpan.FromSeconds(10));
            (await backend.Renew(account.Session, stolen, token)).ShouldBe(401, "authentication_invalid");

            (await SessionFacts.Of(host, account.Session)).ShouldBe([new Ended(EndReason.RefreshReused) { User = account.Person.Id }]);
            (await account.Get("")).ShouldBe(401, "authentication_invalid");
            (await backend.Renew(account.Session, AppsBackend.Set(first)["__refresh"], token)).ShouldBe(401, "authentication_invalid");
            ((string)(await new Operator(host).Get($"/v1/sessions/{account.Session}")).Json["status"]!).ShouldBe("revoked");
        }
    }

    [Fact]
    public async Task the_honest_clients_own_parallel_refresh_ends_nothing_and_doubles_no_value_R72()
    {
        var (account, backend) = await Shaken();
        var (value, token) = (backend.Refresh, backend.Token);
        var first = await backend.Renew(account.Session, value, token);
        StoryClock.Advance(TimeSpan.FromSeconds(9.9));
        var second = await backend.Renew(account.Session, value, token);

        second.Status.ShouldBe(200, second.Text);
        AppsBackend.Set(second).Keys.ShouldBe(["__session", "__client_uat"]);
        (await SessionFacts.Of(host, account.Session)).ShouldBeEmpty();
        (await backend.Renew(account.Session, AppsBackend.Set(first)["__refresh"], token)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task families_are_apart_and_both_end_with_their_session()
    {
        var (account, backend) = await Shaken();
        var other = new AppsBackend(host);
        await other.Handshake(account.Browser);

        (await backend.Renew(account.Session)).Status.ShouldBe(200);
        (await other.Renew(account.Session)).Status.ShouldBe(200);
        await account.Browser.Post($"/v1/client/sessions/{account.Session}/end");
        foreach (var each in (AppsBackend[])[backend, other]) (await each.Renew(account.Session)).ShouldBe(401, "authentication_invalid");
    }

    [Fact]
    public async Task a_step_up_leaves_the_old_values_behind_R67()
    {
        var (account, backend) = await Shaken();
        StoryClock.Advance(TimeSpan.FromSeconds(1));
        await account.StepUp("", ("level", "first_factor"));
        (await account.StepUp("/attempt_first_factor", ("strategy", "password"), ("password", account.Person.Password))).Status.ShouldBe(200);

        (await backend.Renew(account.Session)).ShouldBe(401, "authentication_invalid");
        (await account.Get("")).Status.ShouldBe(200, "an old value is no theft");
        await backend.Handshake(account.Browser);
        (await backend.Renew(account.Session)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task what_does_not_fit_together_is_refused_and_uses_nothing_up()
    {
        var (account, backend) = await Shaken();
        var (other, others) = await Shaken();
        var (session, value, token) = (account.Session, backend.Refresh, backend.Token);

        (await backend.Renew(other.Session, value, others.Token)).ShouldBe(401, "authentication_invalid");
        (await backend.Renew(session, value, others.Token)).ShouldBe(401, "authentication_invalid");
        (await backend.Renew(session, others.Refresh, token)).ShouldBe(401, "authentication_invalid");
        (await backend.Renew(session, value, token, origin: "https://evil.example")).ShouldBe(401, "authentication_invalid");
        (await backend.Renew(session, value, token, format: null)).ShouldBe(401, "authentication_invalid");
        (await backend.Renew(session, value, token, format: "token")).ShouldBe(401, "authentication_invalid");
        (await backend.Renew(session, value, token, format: "xml")).ShouldBe(422, "form_param_value_invalid");
        (await backend.Renew(session, $"{value[..^1]}_", $"{token}x")).ShouldBe(401, "authentication_invalid");
        (await new Operator(host).Post($"/v1/sessions/{session}/refresh", new { refresh_token = value, request_origin = AppsBackend.Origin })).ShouldBe(422, "form_param_missing");
        (await new Browser(host).PostJson($"/v1/sessions/{session}/refresh", new { expired_token = token, refresh_token = value, request_origin = AppsBackend.Origin, format = "cookie" })).Status.ShouldBe(401);

        var good = await backend.Renew(session, value, token);
        AppsBackend.Set(good).ShouldContainKey("__refresh");
    }

    [Fact]
    public async Task no_credential_stands_for_a_refresh_value_nor_the_other_way_round_R69()
    {
        var (account, backend) = await Shaken();
        var word = await AppsBackend.Word(account.Browser);
        var secret = account.Browser.Cookie["__client=".Length..];

        foreach (var credential in (string[])[backend.Token, secret, word, RunningHost.SecretKey, account.Session, $"rfr_{word[4..]}", $"rfr_{secret[^43..]}"])
            (await backend.Renew(account.Session, credential, backend.Token)).ShouldBe(401, "authentication_invalid");
        foreach (var credential in (string[])[backend.Refresh, secret, word, RunningHost.SecretKey])
            (await backend.Renew(account.Session, backend.Refresh, credential)).ShouldBe(401, "authentication_invalid");
        foreach (var credential in (string[])[backend.Refresh, backend.Token, secret, $"hsk_{backend.Refresh[4..]}"])
            (await backend.Payload(credential)).ShouldBe(404, "resource_not_found");
        foreach (var credential in (string[])[backend.Refresh, word])
        {
            (await Bearing(credential, "/v1/me?_is_native=1")).Status.ShouldBe(401);
            (await Bearing(credential, "/v1/users")).Status.ShouldBe(401);
        }

        (await backend.Renew(account.Session)).Status.ShouldBe(200);
        (await backend.Payload(word)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task a_word_is_good_once_and_for_a_minute()
    {
        var (account, backend) = await Shaken();
        var (once, late) = (await AppsBackend.Word(account.Browser), await AppsBackend.Word(account.Browser));

        var replies = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => backend.Payload(once)));
        replies.Count(reply => reply.Status == 200).ShouldBe(1);
        StoryClock.Advance(TimeSpan.FromMinutes(1));
        (await backend.Payload(late)).ShouldBe(404, "resource_not_found");
        (await new Browser(host).Get($"/v1/clients/handshake_payload?nonce={late}")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task in_an_address_goes_no_refresh_value_and_no_session_token()
    {
        var account = await Account.New(host);

        var reply = await account.Browser.Get($"/v1/client/handshake?redirect_url={Uri.EscapeDataString($"{AppsBackend.Origin}/home")}");

        reply.Status.ShouldBe(307, reply.Text);
        var sent = new JsonWebToken(reply.Headers["Location"].Split("__clerk_handshake=")[1]);
        (sent.Typ, sent.Audiences.Single()).ShouldBe(("handshake+jwt", AppsBackend.Origin));
        var cookies = JsonNode.Parse(Microsoft.IdentityModel.Tokens.Base64UrlEncoder.Decode(sent.EncodedPayload))!["handshake"]!.AsArray().Select(one => (string)one!).ToList();
        cookies.Select(one => one.Split('=')[0]).ShouldBe(["__session", "__client_uat"]);
        var backend = new AppsBackend(host);
        await backend.Handshake(account.Browser);
        (await backend.Renew(account.Session, backend.Refresh, sent.EncodedToken)).ShouldBe(401, "authentication_invalid");
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("http://localhost:3000@evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("//evil.example")]
    [InlineData("/home")]
    [InlineData("")]
    public async Task a_handshake_goes_back_to_registered_places_only_R83(string to)
    {
        var account = await Account.New(host);
        var reply = await account.Browser.Get($"/v1/client/handshake?format=nonce&redirect_url={Uri.EscapeDataString(to)}");
        reply.Status.ShouldBeInRange(400, 422);
        reply.Headers.ShouldNotContainKey("Location");
    }

    [Fact]
    public async Task nobody_at_the_browser_takes_the_cookies_away()
    {
        var backend = new AppsBackend(host);
        await backend.Handshake(new Browser(host));
        backend.Cookies.ShouldBe(new Dictionary<string, string> { ["__session"] = "", ["__refresh"] = "", ["__client_uat"] = "0" }, ignoreOrder: true);
    }

    [Fact]
    public async Task the_database_knows_no_value_R67()
    {
        var (account, backend) = await Shaken();
        Auth.Host.Http.SessionId.TryParse(account.Session, out var id).ShouldBeTrue();
        await using var session = host.Store.QuerySession("default");
        var row = (await session.Query<RefreshValue>().Where(x => x.Session == id.Value).ToListAsync(TestContext.Current.CancellationToken)).ShouldHaveSingleItem();
        row.ToString().ShouldNotContain(backend.Refresh[4..]);
        Convert.FromBase64String(row.Id).Length.ShouldBe(32);
    }

    private async Task<(Account Account, AppsBackend Backend)> Shaken()
    {
        var (account, backend) = (await Account.New(host), new AppsBackend(host));
        await backend.Handshake(account.Browser);
        return (account, backend);
    }

    private Task<Reply> Bearing(string credential, string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {credential}");
        return new Browser(host).Send(request);
    }
}
