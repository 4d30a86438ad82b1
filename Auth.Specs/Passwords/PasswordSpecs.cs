using System.Text.Json;
using Auth.Host.Passwords;

namespace Auth.Specs.Passwords;

/// <summary>R44 and the bounds of R48: long enough, not too long, no rule about kinds of characters, and never shown.</summary>
public sealed class PasswordSpecs
{
    [Theory]
    [InlineData(14, PasswordProblem.TooShort)]
    [InlineData(15, null)]
    [InlineData(256, null)]
    [InlineData(257, PasswordProblem.TooLong)]
    [InlineData(100_000, PasswordProblem.TooLong)]
    public void a_new_password_has_15_to_256_characters(int length, PasswordProblem? problem) =>
        Password.ReadNew(new string('a', length), out _).ShouldBe(problem);

    [Fact]
    public void a_character_outside_the_first_plane_counts_once() =>
        (New(Repeat("😀", 14)), New(Repeat("😀", 15)), New(Repeat("😀", 256))).ShouldBe((PasswordProblem.TooShort, null, null));

    [Fact]
    public void composed_characters_count_once() => New(Repeat("e\u0301", 14)).ShouldBe(PasswordProblem.TooShort);

    [Fact]
    public void spaces_count_and_no_kind_of_character_is_demanded() => New("               ").ShouldBeNull();

    [Theory]
    [InlineData(0xD83D)]
    [InlineData(0)]
    public void what_is_no_text_is_no_password(int unit) => New($"half a character {(char)unit}").ShouldBe(PasswordProblem.InvalidText);

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    public void a_short_one_can_still_be_typed_to_sign_in(string typed) => Password.Read(typed, out _).ShouldBeNull();

    [Fact]
    public void an_oversized_one_cannot() => Password.Read(new string('a', 257), out _).ShouldBe(PasswordProblem.TooLong);

    [Fact]
    public void a_refused_password_does_not_exist()
    {
        Password.ReadNew("too short", out var password);

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

    private static PasswordProblem? New(string typed) => Password.ReadNew(typed, out _);

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
