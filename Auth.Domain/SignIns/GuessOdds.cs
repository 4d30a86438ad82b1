namespace Auth.Domain.SignIns;

/// <summary>
/// How likely it is that codes are guessed: the worst case, for whoever knows all else, asks from everywhere at once and never waits longer than they are made to (NIST SP 800-63B §3.2.2).
/// A password is no code; what it withstands is its own, and it counts for nothing here.
/// </summary>
public static class GuessOdds
{
    private const double Codes = 1_000_000;
    private static readonly double BackupCodes = Math.Pow(32, 12);

    /// <summary>The chance in a day: at most so many guesses, each with its chance.</summary>
    /// <param name="authenticators">What the person has, of those that the guesser may try.</param>
    /// <param name="completed">How often the person signs in with each of them that day: that forgives its failures (R18).</param>
    public static double InADay(Dials dials, IEnumerable<Authenticator> authenticators, int completed = 0) =>
        authenticators.Distinct().GroupBy(authenticator => authenticator.Strategy.Traits().Prepared ? authenticator.Id : Guid.Empty)
            .Sum(place => place.Key == Guid.Empty ? place.Sum(each => GuessesInADay(dials, completed) * OfOne(each.Strategy)) : OfSent(dials, [.. place], completed));

    /// <summary>The chance of so many guesses at each.</summary>
    public static double After(int guesses, IEnumerable<Authenticator> authenticators) => authenticators.Distinct().Sum(each => guesses * OfOne(each.Strategy));

    /// <summary>Guesses that are compared in a day on one authenticator, from a clean record on.</summary>
    public static int GuessesInADay(Dials dials, int completed = 0) => GuessesIn(TimeSpan.FromDays(1), dials, completed);

    /// <summary>Guesses that are compared in that time: what the waits between them leave, shared out evenly between the sign-ins that forgive them.</summary>
    public static int GuessesIn(TimeSpan time, Dials dials, int completed = 0)
    {
        var rows = completed + 1;
        for (var each = 1; ; each++)
        {
            var wait = dials.WaitAfter(each);
            if (wait * rows > time) return (each * rows) + (int)(time / wait);
            time -= wait * rows;
        }
    }

    /// <summary>The chance of one guess: of an app two codes count at once, of backup codes there are ten.</summary>
    public static double OfOne(Strategy strategy) => strategy switch
    {
        Strategy.Password   => 0,
        Strategy.Ticket     => 0,
        Strategy.Totp       => 2 / Codes,
        Strategy.BackupCode => 10 / BackupCodes,
        _                   => 1 / Codes,
    };

    // Each code has to be sent, and is closed after so many tries; all that is sent to one place counts together (R56).
    private static double OfSent(Dials dials, IReadOnlyList<Authenticator> place, int completed) =>
        Math.Min(place.Count * GuessesInADay(dials, completed), dials.Tries * dials.TextsPerNumberAndDay) / Codes;
}
