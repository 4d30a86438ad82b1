#:package Npgsql@9.0.5
#:property PublishAot=false

// Moves the people of an ASP.NET Identity table in, with their passwords.
//
//   export AUTH_SECRET_KEY=sk_…
//   dotnet run import.cs -- --to https://auth.example.com --from people.csv
//   dotnet run import.cs -- --to https://auth.example.com --from "Host=…;Database=…;Username=…"
//
// docs/moving-in.md tells what comes along and what does not. Run it again after a failure: who is in already is not touched.
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Npgsql;

var words = args.Chunk(2).ToDictionary(pair => pair[0], pair => pair.Length == 2 ? pair[1] : throw new ArgumentException($"{pair[0]} needs a value."));
string Word(string name, string? otherwise = null) => words.GetValueOrDefault(name) ?? otherwise ?? throw new ArgumentException($"{name} is missing.");

var source = Word("--from");
using var journal = new Journal(Word("--journal", "import.journal"));
using var auth = new Auth(new Uri(Word("--to")), Environment.GetEnvironmentVariable("AUTH_SECRET_KEY") ?? throw new ArgumentException("AUTH_SECRET_KEY is not set."));
var trustUnconfirmed = Word("--unconfirmed", "leave out") switch { "leave out" => false, "trust" => true, var other => throw new ArgumentException($"--unconfirmed is \"leave out\" or \"trust\", not {other}.") };
var (rate, atOnce) = (double.Parse(Word("--rate", "50")), int.Parse(Word("--at-once", "4")));

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) => { pressed.Cancel = true; stop.Cancel(); };
var progress = new Progress();
try
{
    var rows = File.Exists(source) ? Csv.Read(source) : Table.Read(source, stop.Token);
    await Parallel.ForEachAsync(Paced(rows), new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = stop.Token }, async (row, ct) =>
    {
        var outcome = await MoveIn(row, ct);
        journal.Write(outcome.Problem is null ? "done" : "failed", row.Id, outcome.Problem ?? outcome.User!);
        progress.Tell(row.Id, outcome.Problem);
    });
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Stopped. Run it again to go on.");
}

progress.End(journal.Skipped);
return progress.Failed > 0 || stop.IsCancellationRequested ? 1 : 0;

// Those who are not in yet, no faster than asked for.
async IAsyncEnumerable<Row> Paced(IAsyncEnumerable<Row> rows)
{
    using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1 / rate));
    await foreach (var row in rows)
    {
        if (journal.Skips(row.Id)) continue;
        await pace.WaitForNextTickAsync(stop.Token);
        yield return row;
    }
}

async Task<Outcome> MoveIn(Row row, CancellationToken ct)
{
    var email = row.Email is not null && (row.EmailConfirmed || trustUnconfirmed) ? row.Email : null;
    var phone = row.PhoneNumber?.StartsWith('+') == true && row.PhoneNumberConfirmed ? row.PhoneNumber : null;
    if (email is null && phone is null) return new(null, "nothing_confirmed");

    // Identity marks its two forms with the first byte.
    var hasher = row.PasswordHash is null ? null : row.PasswordHash.StartsWith("AQ", StringComparison.Ordinal) ? "pbkdf2_identity_v3" : "pbkdf2_identity_v2";
    var begunBefore = journal.Begins(row.Id);
    var reply = await auth.Send(HttpMethod.Post, "v1/users", new JsonObject
    {
        ["email_address"] = new JsonArray(email is null ? [] : [email]),
        ["phone_number"] = new JsonArray(phone is null ? [] : [phone]),
        ["password_digest"] = row.PasswordHash,
        ["password_hasher"] = hasher,
        ["skip_password_requirement"] = true,
    }, ct);

    // An answer that was lost, in this run or the one before: they are in already, and it was us.
    var user = reply.Body;
    if (reply.Problem == "form_identifier_exists" && (begunBefore || reply.Repeated))
        user = (await auth.Send(HttpMethod.Get, email is null ? $"v1/users?phone_number={Uri.EscapeDataString(phone!)}" : $"v1/users?email_address={Uri.EscapeDataString(email)}", null, ct)).Body?.AsArray().FirstOrDefault();
    else if (reply.Problem is { } problem) return new(null, problem);
    journal.Write("in", row.Id, "");

    if (row.TwoFactorEnabled && (string?)user?["primary_phone_number_id"] is { } number)
    {
        var reserved = await auth.Send(HttpMethod.Patch, $"v1/phone_numbers/{number}", new JsonObject { ["reserved_for_second_factor"] = true }, ct);
        if (reserved.Problem is not null) return new(null, reserved.Problem);
    }

    return new((string?)user?["id"] ?? "?", null);
}

/// <summary>One line of AspNetUsers.</summary>
sealed record Row(string Id, string? Email, bool EmailConfirmed, string? PhoneNumber, bool PhoneNumberConfirmed, bool TwoFactorEnabled, string? PasswordHash);

/// <summary>Who they are now, or why not.</summary>
sealed record Outcome(string? User, string? Problem);

/// <summary>What the service said; <paramref name="Repeated"/> when it had to be asked more than once without knowing what became of the first time.</summary>
sealed record Reply(JsonNode? Body, string? Problem, bool Repeated);

/// <summary>The Backend API: waits when it is asked to, and asks again when nobody answered.</summary>
sealed class Auth : IDisposable
{
    private const int MostTries = 20;
    private readonly HttpClient _http;

    public Auth(Uri address, string key)
    {
        _http = new HttpClient { BaseAddress = address };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public async Task<Reply> Send(HttpMethod method, string path, JsonObject? body, CancellationToken ct)
    {
        var lost = false;
        for (var tries = 1; ; tries++)
        {
            try
            {
                using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
                using var answer = await _http.SendAsync(request, ct);
                var text = await answer.Content.ReadAsStringAsync(ct);
                var json = text.StartsWith('{') || text.StartsWith('[') ? JsonNode.Parse(text) : null;
                if (answer.IsSuccessStatusCode) return new(json, null, lost);
                lost |= (int)answer.StatusCode is 503;
                if ((int)answer.StatusCode is not (429 or 503 or 409) || tries == MostTries) return new(json, (string?)json?["code"] ?? $"http_{(int)answer.StatusCode}", lost);
                await Task.Delay(answer.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1), ct);
            }
            catch (Exception e) when (tries < MostTries && (e is HttpRequestException || (e is TaskCanceledException && !ct.IsCancellationRequested)))
            {
                lost = true;
                await Task.Delay(TimeSpan.FromSeconds(Math.Min(tries, 10)), ct);
            }
        }
    }

    public void Dispose() => _http.Dispose();
}

/// <summary>Which ids were begun, are in, are done with, and failed: "word id more" a line, nothing personal. It makes a second run go on where the first one ended.</summary>
sealed class Journal : IDisposable
{
    private readonly ConcurrentDictionary<string, string> _last = new();
    private readonly StreamWriter _file;

    public Journal(string path)
    {
        foreach (var line in File.Exists(path) ? File.ReadLines(path) : [])
            if (line.Split(' ') is [var word, var id, ..] && !(_last.GetValueOrDefault(id) is "done" || (_last.GetValueOrDefault(id) is "in" && word is not "done"))) _last[id] = word;
        _file = new StreamWriter(path, append: true) { AutoFlush = true };
    }

    public int Skipped { get; private set; }

    public bool Skips(string id)
    {
        if (_last.GetValueOrDefault(id) != "done") return false;
        Skipped++;
        return true;
    }

    /// <summary>Notes that this id is about to be sent; true when it was before, and it is in or nobody knows.</summary>
    public bool Begins(string id)
    {
        var before = _last.GetValueOrDefault(id) is "begun" or "in";
        Write("begun", id, "");
        return before;
    }

    public void Write(string word, string id, string more)
    {
        lock (_file) _file.WriteLine($"{word} {id} {more}".TrimEnd());
    }

    public void Dispose() => _file.Dispose();
}

/// <summary>A line a second, and one for everybody who stayed outside.</summary>
sealed class Progress
{
    private readonly Stopwatch _since = Stopwatch.StartNew();
    private TimeSpan _told;

    public int Done { get; private set; }

    public int Failed { get; private set; }

    public void Tell(string id, string? problem)
    {
        lock (_since)
        {
            if (problem is null) Done++;
            else Failed++;
            if (problem is not null) Console.Error.WriteLine($"{id} stays outside: {problem}");
            if (_since.Elapsed - _told < TimeSpan.FromSeconds(1)) return;
            _told = _since.Elapsed;
            Console.Error.WriteLine($"{Done} moved in, {Failed} stayed outside, {Done / _since.Elapsed.TotalSeconds:0.0} a second");
        }
    }

    public void End(int skipped) => Console.WriteLine($"{Done} moved in, {Failed} stayed outside, {skipped} were in already, {_since.Elapsed.TotalSeconds:0} s");
}

/// <summary>AspNetUsers in PostgreSQL, as Entity Framework makes it.</summary>
static class Table
{
    private const string Everybody = """select "Id"::text, "Email", "EmailConfirmed", "PhoneNumber", "PhoneNumberConfirmed", "TwoFactorEnabled", "PasswordHash" from "AspNetUsers" order by "Id" """;

    public static async IAsyncEnumerable<Row> Read(string connection, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await using var database = NpgsqlDataSource.Create(connection);
        await using var command = database.CreateCommand(Everybody);
        await using var reader = await command.ExecuteReaderAsync(ct);
        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
        while (await reader.ReadAsync(ct))
            yield return new(reader.GetString(0), Text(1), reader.GetBoolean(2), Text(3), reader.GetBoolean(4), reader.GetBoolean(5), Text(6));
    }
}

/// <summary>The same as a file: a line of column names in any order, then a line for each person. Values may stand in quotes.</summary>
static class Csv
{
    public static async IAsyncEnumerable<Row> Read(string path)
    {
        using var lines = new StreamReader(path);
        var names = Split(await lines.ReadLineAsync() ?? "").Select((name, at) => (name, at)).ToDictionary(x => x.name!.Trim('\uFEFF'), x => x.at);
        while (await lines.ReadLineAsync() is { } line)
        {
            if (line.Length == 0) continue;
            var values = Split(line);
            string? Value(string name) => names.TryGetValue(name, out var at) && values[at] is { Length: > 0 } value and not ("NULL" or "\\N") ? value : null;
            bool Yes(string name) => Value(name)?.ToLowerInvariant() is "true" or "t" or "1";
            yield return new(Value("Id") ?? throw new FormatException("A line has no Id."), Value("Email"), Yes("EmailConfirmed"), Value("PhoneNumber"), Yes("PhoneNumberConfirmed"), Yes("TwoFactorEnabled"), Value("PasswordHash"));
        }
    }

    private static List<string> Split(string line)
    {
        var (values, value, quoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < line.Length; i++)
        {
            if (quoted && line[i] == '"' && i + 1 < line.Length && line[i + 1] == '"') value.Append(line[++i]);
            else if (line[i] == '"') quoted = !quoted;
            else if (line[i] == ',' && !quoted) { values.Add(value.ToString()); value.Clear(); }
            else value.Append(line[i]);
        }

        return [.. values, value.ToString()];
    }
}
