using System.Diagnostics;
using Auth.Specs.Given;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Auth.Specs.Clients;

/// <summary>The sample of <c>docs/moving-in.md</c>, run as it is: a table of ASP.NET Identity moves in, and its people sign in.</summary>
public sealed class ImportSampleSpecs : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("auth-import-").FullName;
    private LiveHost _host = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await LiveHost.Start();

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task a_file_moves_in_and_its_people_sign_in_with_the_passwords_they_had()
    {
        var people = Path.Combine(_folder, "people.csv");
        await File.WriteAllLinesAsync(people,
        [
            "Id,UserName,Email,EmailConfirmed,PasswordHash,PhoneNumber,PhoneNumberConfirmed,TwoFactorEnabled",
            $"1,grace,grace@example.com,True,{Hash("Hopper1!", PasswordHasherCompatibilityMode.IdentityV3)},+12014000001,True,True",
            $"2,\"Turing, Alan\",\"alan@example.com\",1,{Hash("Enigma1!", PasswordHasherCompatibilityMode.IdentityV2)},NULL,0,0",
            $"3,eve,eve@example.com,False,{Hash("Mallory1!", PasswordHasherCompatibilityMode.IdentityV3)},,False,False",
            "4,bob,bob@example.com,True,plain text,,False,False",
        ], Ct);

        var (exit, told, words) = await Import("--from", people);
        (exit, told).ShouldBe((1, "2 moved in, 2 stayed outside, 0 were in already"), words);
        words.ShouldContain("3 stays outside: nothing_confirmed");
        words.ShouldContain("4 stays outside: form_param_format_invalid");
        (await Import("--from", people)).Told.ShouldBe("0 moved in, 2 stayed outside, 2 were in already");

        (await SignIn("alan@example.com", "enigma1!")).ShouldBe(422, "form_password_or_identifier_incorrect");
        ((string)(await SignIn("alan@example.com", "Enigma1!")).Response["status"]!).ShouldBe("complete");
        ((string)(await SignIn("grace@example.com", "Hopper1!")).Response["status"]!).ShouldBe("needs_second_factor");
    }

    [Fact]
    public async Task a_table_moves_in_also_where_an_answer_was_lost_before()
    {
        var database = await ThrowAwayCluster.CreateDatabase($"identity_{Guid.NewGuid():n}");
        await using var source = NpgsqlDataSource.Create(database);
        await using var table = source.CreateCommand("""
            create table "AspNetUsers" ("Id" text primary key, "Email" text, "EmailConfirmed" boolean not null, "PhoneNumber" text, "PhoneNumberConfirmed" boolean not null, "TwoFactorEnabled" boolean not null, "PasswordHash" text)
            """);
        await table.ExecuteNonQueryAsync(Ct);
        await using var row = source.CreateCommand("""insert into "AspNetUsers" values ('a', 'grace@example.com', true, null, false, false, $1), ('b', 'alan@example.com', true, null, false, false, null)""");
        row.Parameters.Add(new() { Value = Hash("Hopper1!", PasswordHasherCompatibilityMode.IdentityV3) });
        await row.ExecuteNonQueryAsync(Ct);
        await new Operator(_host).Post("/v1/users", new { email_address = new[] { "alan@example.com" } });
        await File.WriteAllTextAsync(Path.Combine(_folder, "import.journal"), "begun b\n", Ct);

        var (exit, told, words) = await Import("--from", database);

        (exit, told).ShouldBe((0, "2 moved in, 0 stayed outside, 0 were in already"), words);
        ((string)(await SignIn("grace@example.com", "Hopper1!")).Response["status"]!).ShouldBe("complete");
    }

    [Fact]
    public async Task an_address_that_somebody_has_already_stays_outside()
    {
        await new Operator(_host).Post("/v1/users", new { email_address = new[] { "grace@example.com" } });
        var people = Path.Combine(_folder, "people.csv");
        await File.WriteAllLinesAsync(people, ["Id,Email,EmailConfirmed", "1,grace@example.com,t"], Ct);

        var (exit, _, words) = await Import("--from", people);

        exit.ShouldBe(1);
        words.ShouldContain("1 stays outside: form_identifier_exists");
    }

    private static string Hash(string password, PasswordHasherCompatibilityMode mode) =>
        new PasswordHasher<object>(Options.Create(new PasswordHasherOptions { CompatibilityMode = mode })).HashPassword(new(), password);

    private Task<Reply> SignIn(string email, string password) => new Browser(_host).Post("/v1/client/sign_ins", ("identifier", email), ("password", password));

    private async Task<(int Exit, string Told, string Words)> Import(params string[] words)
    {
        var start = new ProcessStartInfo(HostProcess.Dotnet, ["run", Checkout.File("docs", "samples", "import-identity", "import.cs"), "--", "--to", _host.Address.ToString(), .. words])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["AUTH_SECRET_KEY"] = RunningHost.SecretKey;
        // A build server would outlive the run and hold its outputs open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["UseSharedCompilation"] = "false";
        using var import = Process.Start(start)!;
        var (told, said) = (import.StandardOutput.ReadToEndAsync(Ct), import.StandardError.ReadToEndAsync(Ct));
        await import.WaitForExitAsync(Ct);
        return (import.ExitCode, (await told).Split('\n').Last(line => line.Length > 0).Split(", ") is { Length: > 3 } counts ? string.Join(", ", counts[..3]) : await told, await said + await told);
    }
}
