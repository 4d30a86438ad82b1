using System.Text.Json;
using Auth.Host.Passwords;

namespace Auth.Specs.Passwords;

/// <summary>The bounds of R48, whatever somebody types; and it is never shown. What a new one must be like: <see cref="PasswordRulesSpecs"/>.</summary>
public sealed class PasswordSpecs
{
    [Theory]
    [InlineData(256, null)]
    [InlineData(257, PasswordProblem.TooLong)]
    [InlineData(100_000, PasswordProblem.TooLong)]
    public void it_has_256_characters_at_most(int length, PasswordProblem? problem) => Read(new string('a', length)).ShouldBe(problem);

    [Fact]
    public void a_character_outside_the_first_plane_counts_once() => (Read(Repeat("😀", 256)), Read(Repeat("😀", 257))).ShouldBe((null, PasswordProblem.TooLong));

    [Theory]
    [InlineData(0xD83D)]
    [InlineData(0)]
    public void what_is_no_text_is_no_password(int unit) => Read($"half a character {(char)unit}").ShouldBe(PasswordProblem.InvalidText);

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    public void a_short_one_can_still_be_typed_to_sign_in(string typed) => Password.Read(typed, out _).ShouldBeNull();

    [Fact]
    public void a_refused_password_does_not_exist()
    {
        Password.Read(new string('a', 257), out var password);

        password.ShouldBeNull();
    }

    [Fact]
    public void a_password_never_shows_itself()
    {
        Password.Read("correct horse battery", out var password);

        $"{password}".ShouldBe("Password(hidden)");
        JsonSerializer.Serialize(new { password }).ShouldBe("""{"password":"***"}""");
        Should.Throw<NotSupportedException>(() => JsonSerializer.Deserialize<Password>("\"***\""));
    }

    private static PasswordProblem? Read(string typed) => Password.Read(typed, out _);

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
