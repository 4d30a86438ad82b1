using Auth.Specs.Given;

namespace Auth.Specs.Promises;

/// <summary>The tables in <c>docs/schema.sql</c> are what operators back up and migrate. Made anew by <c>dotnet run --project Auth.Host -- db-dump -d marten://store/ docs/schema.sql</c>.</summary>
public class SchemaSpecs(RunningHost host)
{
    [Fact]
    public async Task the_schema_is_the_one_that_is_checked_in() =>
        Plain(host.Store.Storage.ToDatabaseScript()).ShouldBe(Plain(await File.ReadAllTextAsync(Checkout.File("docs", "schema.sql"), TestContext.Current.CancellationToken)));

    // The frozen default of mt_events.timestamp is the moment the script was made.
    private static string Plain(string script) =>
        string.Join('\n', System.Text.RegularExpressions.Regex.Replace(script, @"DEFAULT \('\d{4}-[^']*'", "DEFAULT ('now'").Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0));
}
