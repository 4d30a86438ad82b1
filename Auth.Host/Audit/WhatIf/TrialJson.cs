using Auth.Host.Audit.Telling;
using Auth.Host.Http;

namespace Auth.Host.Audit.WhatIf;

/// <summary>The report for programs; the command's <c>--json</c> and the Backend API's answer.</summary>
internal static class TrialJson
{
    internal static object Of(TrialReport report, OneSignIn? one) => new
    {
        Object = "what_if",
        Since = AuditJson.Time(report.Question.Since),
        Until = AuditJson.Time(report.Question.Until),
        report.UpTo,
        report.Question.Candidate.Changes,
        report.Question.Candidate.Untried,
        report.SignIns,
        Effects = Enum.GetValues<Effect>().ToDictionary(effect => AuditJson.Snake($"{effect}"), effect => new { SignIns = report.Of(effect), People = effect is Effect.Same ? (int?)null : report.PeopleOf(effect) }),
        Reasons = report.Reasons.Select(reason => new { Effect = AuditJson.Snake($"{reason.Effect}"), reason.Why, SignIns = reason.Count }),
        Texts = report.Texts.Select(texts => new { Country = texts.Country is "" ? null : texts.Country, texts.Recorded, texts.Instead, texts.More, texts.Price, texts.Cost }),
        Cases = report.Cases.Select(x => new
        {
            SignIn = $"{new SignInId(x.SignIn)}",
            User = x.User is { } user ? $"{new UserId(user)}" : null,
            At = AuditJson.Time(x.At),
            Effect = AuditJson.Snake($"{x.Effect}"),
            Event = x.Version,
            x.Why,
        }),
        Steps = one is null ? null : report.Steps.Select(step => new
        {
            Event = step.Version,
            At = AuditJson.Time(step.At),
            step.Command,
            Told = step.Told.Select(fact => AuditJson.Fact(fact, one)),
            Instead = step.Instead?.Select(fact => AuditJson.Fact(fact, one)),
            Refusal = step.Refusal is { } refusal ? SignIns.Answer.Problem(refusal).Code : null,
        }),
    };
}
