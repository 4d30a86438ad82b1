using System.Net.Http.Json;
using Auth.Host.Http;
using Auth.Specs.Given;
using Npgsql;

namespace Auth.Specs.Http;

/// <summary>Without a full session nobody makes us text a number, but for a verified second factor of the person whose first factor was passed (R58).</summary>
public class TextedNumberSpecs
{
    private const string Nobodys = "+12025550199", Begin = "/v1/client/sign_ins";

    [Fact]
    public async Task no_route_texts_any_other_number()
    {
        await using var host = new RunningHost { Name = "texted_numbers" };
        await host.InitializeAsync();
        var ((ada, spare), eve) = (await WithASpareNumber(host), await Person.Make(host));
        var (nobody, typed, wrong, passed) = (new Visit(host, ada), new Visit(host, ada), new Visit(host, ada), new Visit(host, ada));
        (await typed.Identify(Nobodys)).Status.ShouldBe(200);
        (await wrong.Create("a wrong horse battery staple")).Status.ShouldBe(422);
        (await passed.Create()).Status.ShouldBe(200);

        foreach (var asker in (Visit[])[nobody, typed, wrong, passed])
        {
            foreach (var number in (string[])[eve.PhoneNumberId, spare, Nobodys])
            {
                foreach (var id in (string[])[asker.SignIn.Length > 0 ? asker.SignIn : passed.SignIn, number])
                {
                    foreach (var (method, path) in Routes.Of(host, Uri.EscapeDataString(id)))
                        (await (path.TrimEnd('/') == Begin ? new(host) : asker.Browser.Twin()).Send(Asking(method, path, number))).Status.ShouldBeLessThan(500, $"{method} {path}");
                }
            }
        }

        // Her own second factor's turn comes after all that was queued before.
        (await passed.Prepare()).Status.ShouldBe(200);
        (await passed.Attempt(await ada.LatestCode(host))).Status.ShouldBe(200);
        await Eventually.Of(async () => await Count(host, "auth_bus.wolverine_incoming_envelopes where status <> 'Handled'") == 0 ? "done" : null);
        (await ada.Texts(host)).ShouldBe(1);
        (await Count(host, "auth.mt_doc_fake_text")).ShouldBe(1);
        (await Count(host, "auth.mt_events where type = 'sign_in.second_factor_prepared'")).ShouldBe(1);
    }

    /// <summary>Everything at once that a route could take for the number to text.</summary>
    private static HttpRequestMessage Asking(string method, string path, string number)
    {
        var request = new HttpRequestMessage(new(method), $"{path}?phone_number_id={Uri.EscapeDataString(number)}&phone_number={Uri.EscapeDataString(number)}");
        if (method is not "GET")
            request.Content = JsonContent.Create(new { strategy = "phone_code", phone_number_id = number, phone_number = number, identifier = number, to = number, code = "123456", reserved_for_second_factor = true });
        return request;
    }

    /// <summary>Two verified numbers, of which one is a second factor; and the id of the other one.</summary>
    private static async Task<(Person Person, string Spare)> WithASpareNumber(RunningHost host)
    {
        string[] numbers = ["+12055550101", "+12055550102"];
        var (operators, email, password) = (new Operator(host), $"{Guid.NewGuid():n}@example.com", "correct horse battery staple");
        var user = await operators.Post("/v1/users", new { email_address = new[] { email }, phone_number = numbers, password });
        string IdOf(string number) => (string)user.Json["phone_numbers"]!.AsArray().Single(phone => (string)phone!["phone_number"]! == number)!["id"]!;
        (await operators.Patch($"/v1/phone_numbers/{IdOf(numbers[0])}", new { reserved_for_second_factor = true })).Status.ShouldBe(200);
        return (new(Guid.Empty, email, numbers[0], IdOf(numbers[0]), password), IdOf(numbers[1]));
    }

    private static async Task<long> Count(RunningHost host, string rows)
    {
        await using var database = NpgsqlDataSource.Create(host.ConnectionString);
        await using var command = database.CreateCommand($"select count(*) from {rows}");
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
