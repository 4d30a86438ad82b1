using Auth.Host.Http;
using Auth.Host.Instances;
using Auth.Host.Passwords;
using Microsoft.Extensions.Options;

namespace Auth.Specs.Passwords;

/// <summary>R45: a new password is on no list and no word of its owner, as a whole; R44: how long it has to be.</summary>
public sealed class PasswordRulesSpecs
{
    private static readonly string[] Adas = ["ada.king-lovelace@example.com", "+12015550100", "Ada", "King Lovelace"];
    private static readonly PasswordRules Rules = new(new InstanceName(
        Options.Create(new InstanceOptions { Name = "Analytical Engine" }), new FrontDoor(new("https://accounts.engine.example"), new HashSet<string>(), [], IsDevelopment: false)));

    [Theory]
    [InlineData("qazwsxedcrfvtgb")]
    [InlineData("1234567890qwertyuiop")]
    [InlineData("PasswordPassword")]
    [InlineData("sunshine")]
    public void what_everybody_tries_is_refused_whatever_the_case(string password) => Check(password).ShouldBe(PasswordProblem.Common);

    [Theory]
    [InlineData("ada.king-lovelace@example.com")]
    [InlineData("ADA.King-Lovelace")]
    [InlineData("ada king lovelace")]
    [InlineData("King Lovelace, Ada")]
    [InlineData("+1 (201) 555-0100")]
    [InlineData("Analytical Engine!")]
    [InlineData("accounts.engine.example")]
    public void their_own_words_and_the_services_are_refused(string password) => Check(password).ShouldBe(PasswordProblem.OwnWord);

    [Theory]
    [InlineData("ada.king-lovelace and more")]
    [InlineData("lovelace or king or ada")]
    [InlineData("correct horse battery staple")]
    [InlineData("               ")]
    public void it_is_the_whole_string_that_counts(string password) => Check(password).ShouldBeNull();

    [Fact]
    public void nobody_s_words_refuse_nothing() => Rules.Check(Typed("correct horse battery"), [" ", ""], new()).ShouldBeNull();

    [Fact]
    public void the_list_is_there() => CommonPasswords.Count.ShouldBe(113_108);

    [Theory]
    [InlineData(14, PasswordProblem.TooShort)]
    [InlineData(15, null)]
    public void a_new_one_has_15_characters(int length, PasswordProblem? problem) => Check(Repeat("ß", length), fewest: new Domain.Instances.PasswordRules().MinLength).ShouldBe(problem);

    [Theory]
    [InlineData(7, PasswordProblem.TooShort)]
    [InlineData(8, null)]
    public void as_few_as_the_operator_says_do(int length, PasswordProblem? problem) => Check(Repeat("ß", length), fewest: 8).ShouldBe(problem);

    [Fact]
    public void characters_count_once_however_they_are_written() =>
        (Check(Repeat("e\u0301", 14), 15), Check(Repeat("e\u0301", 15), 15), Check(Repeat("😀", 14), 15), Check(Repeat("😀", 15), 15))
            .ShouldBe((PasswordProblem.TooShort, null, PasswordProblem.TooShort, null));

    private static PasswordProblem? Check(string password, int fewest = 8) => Rules.Check(Typed(password), Adas, new() { MinLength = fewest });

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    private static Password Typed(string password)
    {
        Password.Read(password, out var typed).ShouldBeNull();
        return typed!;
    }
}
