using Auth.Specs.Given;

namespace Auth.Specs.Http;

/// <summary>Whoever makes requests lose races on purpose fills no disk: neither stacks nor the statements and rows of a lost commit are logged (R85).</summary>
public class LostRaceSpecs(RunningHost host)
{
    [Fact]
    public async Task a_lost_race_leaves_no_stack_and_no_statement_in_the_log()
    {
        var visit = new Visit(host, await Person.Make(host));
        var code = await visit.UpToCode();

        await Task.WhenAll(Enumerable.Range(1, 20).Select(n => visit.Browser.Twin().Post(
            $"/v1/client/sign_ins/{visit.SignIn}/attempt_second_factor", ("strategy", "phone_code"), ("code", Wrong.For(code, n)))));

        var told = host.Log.Text.Split('\n').Where(line => line.Contains("ConcurrencyException", StringComparison.Ordinal)
            || line.Contains("UnexpectedMaxEventId", StringComparison.Ordinal) || line.Contains("MT003", StringComparison.Ordinal)
            || line.Contains("mt_quick_append_events", StringComparison.Ordinal)).ToList();
        told.ShouldBeEmpty();
    }
}
