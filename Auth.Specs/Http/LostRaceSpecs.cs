using Auth.Specs.Given;

namespace Auth.Specs.Http;

/// <summary>Whoever makes requests lose races on purpose fills no disk: neither stacks nor the statements and rows of a lost commit are logged (R85).</summary>
public class LostRaceSpecs(RunningHost host)
{
    private static readonly string[] Lost = ["ConcurrencyException", "UnexpectedMaxEventId", "MT003", "mt_quick_append_events"];

    [Fact]
    public async Task a_lost_race_leaves_no_stack_and_no_statement_in_the_log()
    {
        var visit = new Visit(host, await Person.Make(host));
        var code = await visit.UpToCode();

        await Task.WhenAll(Enumerable.Range(1, 20).Select(n => visit.Browser.Twin().Post(
            $"/v1/client/sign_ins/{visit.SignIn}/attempt_second_factor", ("strategy", "phone_code"), ("code", Wrong.For(code, n)))));

        // The bus tells of its own background work that lost; a person's send limit bounds that.
        var told = host.Log.Entries.Where(entry => !entry.StartsWith("Error Auth.Host.Delivery.TextTold", StringComparison.Ordinal) && Lost.Any(sign => entry.Contains(sign, StringComparison.Ordinal))).ToList();
        told.ShouldBeEmpty();
    }
}
