using Auth.Domain.SignIns;

namespace Auth.Host.Audit.Telling;

/// <summary>What one event changed in a sign-in's state.</summary>
public static class Changes
{
    /// <summary>The differences that decide or answer something.</summary>
    public static IEnumerable<Change> Between(SignIn before, SignIn after, Dials dials)
    {
        if (after is SignIn.Open open && EndsAt(before) != open.EndsAt) yield return new("ends at", Time(EndsAt(before)), Time(open.EndsAt));
        if (after is not SignIn.Begun now) yield break;

        var then = (before as SignIn.Begun)?.Record ?? Record.Empty;
        foreach (var (authenticator, wrong) in now.Record.WrongGuesses.Where(x => x.Value != then.WrongGuessesOn(x.Key)))
            yield return new($"wrong guesses at the {Name(authenticator)}", $"{then.WrongGuessesOn(authenticator)}", $"{wrong} of {dials.Tries}");

        if (Prepared(after) is not { } text) yield break;
        var last = then.TextFor(text.Authenticator);
        if (last?.Text == text.Text) yield break;
        yield return new($"{text.Authenticator.Noun()}s", $"{last?.TextNumber ?? 0}", $"{text.TextNumber}");
        if (last?.Code != text.Code) yield return new("code", last is null ? "" : $"{last.Code.Issue}", $"{text.Code.Issue}, good until {Time(text.Code.ExpiresAt)}");
    }

    /// <summary>An instant within a day.</summary>
    public static string Time(DateTimeOffset? at) => at is { } x ? Look.In(x).ToString("HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture) : "";

    /// <summary>The code that may be attempted now.</summary>
    internal static Message? Prepared(SignIn signIn) => signIn switch
    {
        SignIn.AwaitingFirstFactor s  => s.Prepared,
        SignIn.AwaitingSecondFactor s => s.Prepared,
        _                             => null,
    };

    /// <summary>What is guessed at, in a word or two.</summary>
    internal static string Name(Authenticator authenticator) => authenticator.Strategy switch
    {
        Strategy.Password   => "password",
        Strategy.Totp       => "authenticator app",
        Strategy.BackupCode => "backup codes",
        Strategy.Passkey    => "passkey",
        Strategy.Ticket     => "ticket",
        _                   => "code",
    };

    private static DateTimeOffset? EndsAt(SignIn signIn) => (signIn as SignIn.Open)?.EndsAt;
}
