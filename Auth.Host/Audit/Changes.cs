using Auth.Domain.SignIns;

namespace Auth.Host.Audit;

/// <summary>What one event changed in a sign-in's state.</summary>
public static class Changes
{
    /// <summary>The differences that decide or answer something.</summary>
    public static IEnumerable<Change> Between(SignIn before, SignIn after)
    {
        if (after is SignIn.Open open && EndsAt(before) != open.EndsAt) yield return new("ends at", Time(EndsAt(before)), Time(open.EndsAt));
        if (after is not SignIn.Begun now) yield break;

        var then = (before as SignIn.Begun)?.Record ?? Record.Empty;
        foreach (var (authenticator, wrong) in now.Record.WrongGuesses.Where(x => x.Value != then.WrongGuessesOn(x.Key)))
            yield return new($"wrong guesses at the {Name(authenticator)}", $"{then.WrongGuessesOn(authenticator)}", $"{wrong} of {Dials.Shipped.Tries}");

        if (after is not SignIn.AwaitingSecondFactor { Prepared: { } text }) yield break;
        var last = then.TextFor(text.Authenticator);
        if (last?.Text == text.Text) yield break;
        yield return new("texts", $"{last?.TextNumber ?? 0}", $"{text.TextNumber}");
        if (last?.Code != text.Code) yield return new("code", last is null ? "" : $"{last.Code.Issue}", $"{text.Code.Issue}, good until {Time(text.Code.ExpiresAt)}");
    }

    /// <summary>An instant within a day.</summary>
    public static string Time(DateTimeOffset? at) => at is { } x ? x.UtcDateTime.ToString("HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture) : "";

    private static string Name(Authenticator authenticator) => authenticator.Strategy is Strategy.Password ? "password" : authenticator.Strategy is Strategy.Passkey ? "passkey" : "code";

    private static DateTimeOffset? EndsAt(SignIn signIn) => (signIn as SignIn.Open)?.EndsAt;
}
