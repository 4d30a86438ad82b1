using System.Text.RegularExpressions;
using Auth.Domain.SignUps;
using Auth.Domain.Tickets;
using Auth.Projections;
using Auth.Specs.Given;

namespace Auth.Specs.Promises;

/// <summary><c>docs/sign-up.md</c> tells of every fact of a sign-up and of a ticket, by both its names, and of no other.</summary>
public partial class SignUpPageSpecs
{
    private static readonly string Page = File.ReadAllText(Checkout.File("docs", "sign-up.md"));

    [Fact]
    public void every_fact_has_its_row() =>
        Facts.Where(fact => !Page.Contains($"\n| `{fact.Key.Name}` | `{fact.Value}` | ", StringComparison.Ordinal)).Select(fact => fact.Value).ShouldBeEmpty();

    [Fact]
    public void no_fact_is_told_of_that_is_not_there() =>
        StoredName().Matches(Page).Select(match => match.Value).Except(Facts.Select(fact => fact.Value)).ShouldBeEmpty();

    private static IEnumerable<KeyValuePair<Type, string>> Facts => EventNames.All.Where(row => row.Key.IsSubclassOf(typeof(SignUpEvent)) || row.Key.IsSubclassOf(typeof(TicketEvent)));

    [GeneratedRegex(@"(?<=`)(sign_up|ticket)\.[a-z_]+(?=`)")]
    private static partial Regex StoredName();
}
