using Auth.Domain.Instances;

namespace Auth.Domain.SignIns;

/// <summary>Where a text would go, and how many left today, to everybody (R56, R57). The day is that of UTC.</summary>
/// <param name="Country">Of the number: two capital letters (ISO 3166); null where it is of none.</param>
/// <param name="Home">The operator's own country.</param>
/// <param name="InAll">Texts of today.</param>
/// <param name="ToCountry">Those of them to that country.</param>
/// <param name="PrefixFull">Whether the block of ten thousand numbers that this one is in got as many as it may.</param>
public sealed record Traffic(string? Country, string? Home, int InAll, int ToCountry, bool PrefixFull)
{
    /// <summary>Why no text may leave; null where one may.</summary>
    internal RefusalReason? Refusing(Settings settings) =>
        !settings.MayText(Country, Home)             ? RefusalReason.Country
        : InAll >= settings.Dials.TextsPerDay        ? RefusalReason.Budget
        : settings.SmsFraud is SmsFraudRule.Enforce  ? Suspecting(settings)
        : null;

    /// <summary>What looks like somebody who earns on texts: too many to one block of numbers, or to one country that is not the operator's own.</summary>
    internal RefusalReason? Suspecting(Settings settings) =>
        PrefixFull                                                              ? RefusalReason.Prefix
        : Country != Home && ToCountry >= settings.Dials.TextsPerCountryAndDay  ? RefusalReason.CountryLimit
        : null;
}

/// <summary>The rules that hold wherever a text would leave: one row each, tried top down.</summary>
internal static class SendRules
{
    /// <summary>Why nothing leaves now, in which words, and until when.</summary>
    internal static (Refusal Refusal, RefusalReason Reason, DateTimeOffset? Until)? Refused(Circumstances now) =>
        now.Sent.Traffic?.Refusing(now.Settings) is { } reason
            ? reason is RefusalReason.Country ? (Refusal.CountryClosed, reason, null) : (Refusal.SendLimit, reason, Tomorrow(now.Now))
        : now.Sent.LimitedUntil(now.Now, now.Dials) is { } until ? (Refusal.SendLimit, RefusalReason.SendLimit, until)
        : null;

    /// <summary>What would have been refused if the operator enforced it.</summary>
    internal static RefusalReason? Noted(Circumstances now) => now.Sent.Traffic?.Suspecting(now.Settings);

    private static DateTimeOffset Tomorrow(DateTimeOffset now) => new(now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
}
