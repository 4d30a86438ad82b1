using System.Text;
using System.Text.RegularExpressions;
using Auth.Specs.Given;
using Npgsql;

namespace Auth.Specs.Promises;

/// <summary>No password, code, secret, token or key, and no identifier, number or name is in clear in the database or in a log (R85).</summary>
public class NothingInClearSpecs(RunningHost host)
{
    private const string Wrong = "Vexillology-Wrong-7391", Agent = "Quokkascope/7391";

    [Fact]
    public async Task a_dump_of_everything_and_all_logs_hold_nothing_of_a_person()
    {
        var person = await Person.Make(host, password: "Vexillology-Right-7391 ü");
        var visit = new Visit(host, person);
        (await visit.Create(Wrong)).Status.ShouldBe(422);
        var secret = visit.Browser.Cookie.Split('.')[^1];
        var code = await visit.UpToCode();
        (await visit.Attempt(code == "000000" ? "000001" : "000000")).Status.ShouldBe(422);
        var reply = await visit.Attempt(code);
        var token = (string)(await visit.Browser.Post($"/v1/client/sessions/{(string)reply.Response["created_session_id"]!}/tokens")).Json["jwt"]!;
        var odd = new HttpRequestMessage(HttpMethod.Post, "/v1/client/sign_ins") { Content = new StringContent($"{{\"identifier\":\"quokka7391@example.com\",\"password\":\"{Wrong}\"}}", Encoding.UTF8, "application/json") };
        odd.Headers.UserAgent.ParseAdd(Agent);
        (await visit.Browser.Send(odd)).Status.ShouldBe(422);

        await person.LatestMail(host);

        var everything = await Dump() + host.Log.Text;

        everything.Length.ShouldBeGreaterThan(10_000);
        string[] canaries =
        [
            person.Password, "Vexillology", Wrong, person.EmailAddress, "quokka7391", person.PhoneNumber, person.PhoneNumber[1..], "Lovelace", Agent, "Quokkascope",
            secret, visit.Browser.Cookie.Split('.')[^1], token, token.Split('.')[2], RunningHost.SecretKey, RunningHost.AuditKey, RunningHost.OtherAuditKey,
        ];
        canaries.Where(canary => everything.Contains(canary, StringComparison.OrdinalIgnoreCase)).Select(canary => canary[..4]).ShouldBeEmpty();
        Standing(code).IsMatch(everything).ShouldBeFalse("a code stands somewhere by itself");
    }

    [Fact]
    public async Task nothing_is_written_for_no_instance() =>
        (await Ask("select count(*) from auth.mt_events where tenant_id <> 'default' union all select count(*) from auth.mt_doc_user where tenant_id <> 'default'")).ShouldBe("0\n0\n");

    // Six digits that are not part of a longer number, a fraction of a second, or an encoding.
    private static Regex Standing(string code) => new($@"(?<![0-9A-Za-z+/=.\-]){code}(?![0-9A-Za-z+/=\-])", RegexOptions.None, TimeSpan.FromSeconds(10));

    private async Task<string> Dump()
    {
        var everything = new StringBuilder();
        var tables = (await Ask("select format('%I.%I', table_schema, table_name) from information_schema.tables where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        tables.ShouldContain("auth.mt_events");
        foreach (var table in tables) everything.Append(await Ask($"select t::text from {table} t"));
        var bytes = (await Ask("select format('%I.%I|%I', table_schema, table_name, column_name) from information_schema.columns where data_type = 'bytea' and table_schema in ('auth', 'auth_bus')"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('|'));
        foreach (var column in bytes) everything.Append(await Ask($"select encode({column[1]}, 'escape') from {column[0]}"));
        return everything.ToString();
    }

    private async Task<string> Ask(string sql)
    {
        await using var connection = new NpgsqlConnection(host.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var lines = new StringBuilder();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken)) lines.Append(reader.IsDBNull(0) ? "" : Convert.ToString(reader.GetValue(0), System.Globalization.CultureInfo.InvariantCulture)).Append('\n');
        return lines.ToString();
    }
}
