using System.Text.Json;
using Auth.Specs.Given;
using Npgsql;

namespace Auth.Specs.Promises;

/// <summary>The same where a handler fails at its last step (R85): every write of a host of its own is made to fail, every route is asked with secrets, and neither answer nor log holds one.</summary>
public class NothingInClearOnFailureSpecs
{
    private static readonly Dictionary<string, string> Secrets = new()
    {
        ["identifier"] = "quokka8462@example.com",
        ["email_address"] = "quokka8462@example.com",
        ["phone_number"] = "+15005558462",
        ["password"] = "Vexillology-Right-8462",
        ["new_password"] = "Vexillology-New-8462",
        ["current_password"] = "Vexillology-Old-8462",
        ["first_name"] = "Wombatina",
        ["code"] = "846284",
        ["ticket"] = "tkt_Kookaburra8462",
        ["token"] = "Kookaburra8462",
        ["nonce"] = "Kookaburra8462",
        ["reason"] = "A reason.",
    };

    private static readonly string[] Canaries = ["quokka8462", "5005558462", "Vexillology", "Wombatina", "846284", "Kookaburra8462"];

    [Fact]
    public async Task a_handler_that_fails_tells_no_secret()
    {
        await using var host = new RunningHost { Name = "failing" };
        await host.InitializeAsync();
        var person = await Person.Make(host, password: Secrets["password"]);
        var visit = new Visit(host, person);
        var session = await visit.Through();
        var half = new Visit(host, person);
        await half.UpToCode();
        await Fail(host);

        var failed = new List<string>();
        foreach (var (method, path) in Routes.Of(host, word => word switch { "users" => person.UserId, "sessions" => session, "sign_ins" => half.SignIn, "versions" => "0", _ => "x" }))
            foreach (var key in new[] { null, RunningHost.SecretKey })
                foreach (var strategy in new[] { "password", "phone_code", "email_code" })
                {
                    if (strategy != "password" && !path.Contains("factor", StringComparison.Ordinal) && !path.EndsWith("sign_ins", StringComparison.Ordinal)) continue;
                    var reply = await (path.Contains(half.SignIn, StringComparison.Ordinal) ? half : visit).Browser.Send(Request(method, path, key, strategy));
                    if (reply.Status >= 500) failed.Add($"{method} {path}");
                    Canaries.Where(canary => reply.Text.Contains(canary, StringComparison.OrdinalIgnoreCase)).Select(canary => $"{method} {path} told {canary[..4]}").ShouldBeEmpty();
                }

        failed.Distinct().Count().ShouldBeGreaterThan(12, string.Join('\n', failed.Distinct()));
        var log = host.Log.Text;
        log.ShouldContain("forced");
        Canaries.Where(canary => log.Contains(canary, StringComparison.OrdinalIgnoreCase)).Select(canary => log[Math.Max(0, log.IndexOf(canary, StringComparison.OrdinalIgnoreCase) - 300)..][..320]).ShouldBeEmpty();
    }

    private static HttpRequestMessage Request(string method, string path, string? key, string strategy)
    {
        var request = new HttpRequestMessage(new(method), path);
        if (key is not null) request.Headers.Authorization = new("Bearer", key);
        if (method is not "GET") request.Content = new StringContent(JsonSerializer.Serialize(Secrets.Append(new("strategy", strategy)).ToDictionary()), System.Text.Encoding.UTF8, "application/json");
        return request;
    }

    /// <summary>From here on nothing can be written.</summary>
    private static async Task Fail(RunningHost host)
    {
        await using var source = NpgsqlDataSource.Create(host.ConnectionString);
        await using var command = source.CreateCommand("""
            create function public.forced() returns trigger language plpgsql as 'begin raise exception ''forced''; end';
            do $$ declare t text; begin
                for t in select format('%I.%I', table_schema, table_name) from information_schema.tables where table_schema = 'auth' and table_type = 'BASE TABLE' and (table_name like 'mt_doc_%' or table_name = 'mt_events') loop
                    execute 'create trigger forced before insert or update or delete on ' || t || ' for each row execute function public.forced()';
                end loop;
            end $$
            """);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
