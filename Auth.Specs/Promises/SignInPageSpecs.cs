using System.Text.RegularExpressions;
using Auth.Domain.SignIns;
using Auth.Projections;
using Auth.Specs.Given;

namespace Auth.Specs.Promises;

/// <summary><c>docs/sign-in.md</c> tells of every fact of a sign-in, by both its names, and of no other.</summary>
public partial class SignInPageSpecs
{
    private static readonly string Page = File.ReadAllText(Checkout.File("docs", "sign-in.md"));

    [Fact]
    public void every_fact_has_its_row() =>
        Facts.Where(fact => !Page.Contains($"\n| `{fact.Key.Name}` | `{fact.Value}` | ", StringComparison.Ordinal)).Select(fact => fact.Value).ShouldBeEmpty();

    [Fact]
    public void every_fact_is_in_the_picture_or_beside_it() =>
        Facts.Where(fact => !Regex.IsMatch(Page.Split("## The events")[0], $@"\b{fact.Key.Name}\b")).Select(fact => fact.Key.Name).ShouldBeEmpty();

    [Fact]
    public void no_fact_is_told_of_that_is_not_there() =>
        StoredName().Matches(Page).Select(match => match.Value).Except(Facts.Select(fact => fact.Value)).ShouldBeEmpty();

    [Fact]
    public void every_refusal_has_its_answer_there() =>
        Enum.GetValues<Refusal>().Select(refusal => Host.SignIns.Answer.Problem(refusal).Code).Distinct().Where(code => !Page.Contains($"`{code}`", StringComparison.Ordinal)).ShouldBeEmpty();

    private static IEnumerable<KeyValuePair<Type, string>> Facts => EventNames.All.Where(row => row.Key.IsSubclassOf(typeof(SignInEvent)));

    [GeneratedRegex(@"\bsign_in\.[a-z_]+\b")]
    private static partial Regex StoredName();
}
