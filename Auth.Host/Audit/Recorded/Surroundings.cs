using Auth.Domain.Instances;
using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Host.Audit.Telling;
using Auth.Projections;
using JasperFx.Events;

namespace Auth.Host.Audit.Recorded;

/// <summary>What a step was decided in: the person, the failures, the messages and the settings of that moment, out of the events before it.</summary>
public static class Surroundings
{
    /// <summary>The circumstances of a step.</summary>
    public static Circumstances Of(History history, RecordedStep step)
    {
        var (settings, user) = (history.SettingsOf(step.First), UserBefore(history, step.First));
        var at = DecidedAt(step, settings.Dials);
        var asked = step.Facts.Select(On).FirstOrDefault(on => on is not null);
        var refused = step.Facts.Select(Refusing).FirstOrDefault(x => x is not null);
        return new(at, user, Standing(history, step, asked, refused, settings, at), Sent(history, step, asked, refused, settings, at), settings)
        {
            Trust = step.Facts.OfType<SecondFactorSkipped>().FirstOrDefault() is { } skipped && user is not null ? new(skipped.Trust, user.Id, user.TrustVoided, skipped.TrustedIn, at, at.AddDays(1)) : null,
        };
    }

    /// <summary>When it was decided: what was decided says so; the store's own time is a moment later.</summary>
    internal static DateTimeOffset DecidedAt(RecordedStep step, Dials dials) => step.Facts.Select(fact => fact switch
    {
        Identified x                                       => x.EndsAt - dials.SignInLife,
        Converted x                                        => x.SessionExpiresAt - dials.SessionLife,
        FirstFactorVerified { SecondFactorBy: { } by }     => by - dials.SecondFactorLife,
        PasswordReset { SecondFactorBy: { } by }           => by - dials.SecondFactorLife,
        FirstFactorPrepared x when IsNew(step, x.Text)     => x.ResendFrom - dials.ResendGap,
        SecondFactorPrepared x when IsNew(step, x.Text)    => x.ResendFrom - dials.ResendGap,
        _                                                  => (DateTimeOffset?)null,
    }).FirstOrDefault(at => at is not null) ?? step.First.Timestamp;

    private static bool IsNew(RecordedStep step, Guid text) => (step.Before as SignIn.Begun)?.Record.Texts.Values.All(sent => sent.Text != text) ?? true;

    // What the step itself told of the person, in the same commit, was not there before it.
    private static User? UserBefore(History history, IEvent first)
    {
        var person = UserFacts(history, first)
            .Aggregate((User?)null, (user, e) => User.Evolve(user ?? User.Initial with { Id = e.StreamId }, (UserEvent)e.Data, e.Timestamp));
        return person is { Erased: false } ? person : null;
    }

    /// <summary>What had been told of the person when that was decided.</summary>
    internal static IEnumerable<IEvent> UserFacts(History history, IEvent first) => history.User.Where(e => e.Sequence < first.Sequence && !e.IsOneCommitWith(first));

    private static Standing Standing(History history, RecordedStep step, Authenticator? asked, (RefusalReason Reason, DateTimeOffset? Until, string?)? refused, Settings settings, DateTimeOffset at)
    {
        if (asked is null) return Domain.SignIns.Standing.Clean;
        var row = Failures.InARow(history, step.First, asked);
        if (refused is { Reason: RefusalReason.Waiting } waits) return new(Math.Max(row.Count, settings.Dials.WaitFrom), waits.Until);
        if (refused is { Reason: RefusalReason.Disabled }) return new(settings.Dials.DisableFrom, null, Disabled: true);

        // It was looked at: no wait was running then, whatever the counts say of failures on another device.
        return new(row.Count, row is [.., var last] && last.Timestamp + settings.Dials.WaitAfter(row.Count) is var until && until <= at && until > last.Timestamp ? until : null);
    }

    private static Sendings Sent(History history, RecordedStep step, Authenticator? asked, (RefusalReason Reason, DateTimeOffset? Until, string? Country)? refused, Settings settings, DateTimeOffset at)
    {
        if (asked is null || !asked.Strategy.Traits().Prepared) return Sendings.None;
        var sent = Failures.Before(history, step.First).Where(e => e.Message() is not null).DistinctBy(e => e.Message()!.Text).ToList();
        var to = sent.FindAll(e => e.Message()!.Authenticator is var x && x.Id == asked.Id && x.Strategy.Traits().By == asked.Strategy.Traits().By);
        var all = new Sendings([.. to.Select(e => e.Timestamp)], [.. sent.Where(e => e.Data is SecondFactorPrepared).Select(e => e.Timestamp)], null);
        if (refused is { Reason: RefusalReason.SendLimit } full) return Sendings.None with { BlockedUntil = full.Until };
        return (all.LimitedUntil(at, settings.Dials) is null ? all : Sendings.None) with { Traffic = Traffic(step, asked, refused, settings) };
    }

    private static Traffic? Traffic(RecordedStep step, Authenticator asked, (RefusalReason Reason, DateTimeOffset? Until, string? Country)? refused, Settings settings)
    {
        if (asked.Strategy.Traits().By is not Channel.Text) return null;
        var (country, noted) = step.Facts.Select(fact => fact switch { FirstFactorPrepared x => (x.Country, x.Noted), SecondFactorPrepared x => (x.Country, x.Noted), _ => default }).FirstOrDefault(x => x.Country is not null);
        var reason = refused?.Reason ?? noted;
        country ??= refused?.Country;
        return country is null && reason is not RefusalReason.Country ? null : new(
            country, reason is RefusalReason.Country or RefusalReason.CountryLimit ? null : country,
            reason is RefusalReason.Budget ? settings.Dials.TextsPerDay : 0,
            reason is RefusalReason.CountryLimit ? settings.Dials.TextsPerCountryAndDay : 0,
            reason is RefusalReason.Prefix);
    }

    internal static Authenticator? On(SignInEvent fact) => fact switch
    {
        FirstFactorPrepared x  => x.Authenticator,
        FirstFactorVerified x  => x.Authenticator,
        FirstFactorRejected x  => x.Authenticator,
        FirstFactorRefused x   => x.Authenticator,
        SecondFactorPrepared x => x.Authenticator,
        SecondFactorVerified x => x.Authenticator,
        SecondFactorRejected x => x.Authenticator,
        SecondFactorRefused x  => x.Authenticator,
        _                      => null,
    };

    internal static (RefusalReason Reason, DateTimeOffset? Until, string? Country)? Refusing(SignInEvent fact) => fact switch
    {
        FirstFactorRefused x  => (x.Reason, x.Until, x.Country),
        SecondFactorRefused x => (x.Reason, x.Until, x.Country),
        _                     => null,
    };
}
