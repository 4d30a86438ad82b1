using Auth.Domain;
using Auth.Domain.Audits;
using Auth.Domain.SignIns;
using Auth.Host.Audit;
using Auth.Host.Audit.Reports;
using Auth.Projections;
using JasperFx.Events;

namespace Auth.Specs.Audit;

/// <summary>Months of which every fact is known.</summary>
internal static class MonthStory
{
    private static readonly DateTimeOffset First = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Authenticator ByText = new(Strategy.PhoneCode, new(3, 0, 0, new byte[8])), ByMail = new(Strategy.EmailCode);
    private static readonly string[] Countries = ["US", "SE", "DE", "GB", "<b>", "FR", "NO", "DK", "FI", "IS", "NL", "BE", "CH", "AT", "PL", "ES", "PT"];

    /// <summary>A busy one, the same on every run.</summary>
    internal static MonthReport Busy
    {
        get
        {
            List<IEvent> events = [];
            for (var n = 0; n < 1500; n++)
            {
                var at = First.AddMinutes((n * 29.5) + (n % 7 * 90)).AddDays(n % 5 == 0 ? (n % 3) : 0);
                if (at >= First.AddMonths(1)) continue;
                events.AddRange(Text(at, n, n * n % 97 < 60 ? n * n % 97 * 0.15 : n % 97 * 4, Countries[(int)(Math.Sqrt(n) % Countries.Length)]));
                events.Add(Told(new Identified(Guid.Empty, null, IdentifierKind.EmailAddress, new Sealed(Guid.Empty, ""), at), at));
                if (n % 4 != 0) events.Add(Told(new Converted(Guid.Empty, at), at));
                else if (n % 8 == 0) events.Add(Told(new Expired(), at));
                if (n % 3 == 0) events.Add(Told(new FirstFactorRejected(Authenticator.Password), at));
                if (n % 5 == 0) events.Add(Told(new SecondFactorRejected(n % 2 == 0 ? ByText : new(Strategy.Totp)), at));
                if (n % 50 == 0) events.Add(Told(new SecondFactorRefused(ByText, n % 100 == 0 ? RefusalReason.Waiting : RefusalReason.CodeExpired, null), at));
            }

            events.Add(Told(new ValuesRevealed("aud_0a1b2c3d", Material.SignIn, null, null, "Asked by the court, <4711>"), First.AddDays(9)));
            return MonthReport.Of(new(2026, 3, 1), events.OrderBy(e => e.Timestamp), 4711);
        }
    }

    /// <summary>A text that took so many seconds; negative: the provider says that it will not come.</summary>
    internal static IEnumerable<IEvent> Text(DateTimeOffset at, int number, double seconds, string country = "US")
    {
        var text = new Guid(number, 1, 0, new byte[8]);
        yield return Told(new SecondFactorPrepared(ByText, text, 1, new(Guid.Empty, "00", 1, at), 1, at) { Country = country }, at);
        yield return Told(new TextHandedOver(text, "s"), at.AddSeconds(1));
        yield return seconds < 0 ? Told(new TextUndeliverable(text, "Failed", "400"), at.AddSeconds(3)) : Told(new TextDelivered(text, at.AddSeconds(1 + seconds)), at.AddSeconds(2 + seconds));
    }

    /// <summary>A mail that was handed over and arrived.</summary>
    internal static IEnumerable<IEvent> Mailed(DateTimeOffset at, int number)
    {
        var mail = new Guid(number, 2, 0, new byte[8]);
        yield return Told(new FirstFactorPrepared(ByMail, mail, 1, new(Guid.Empty, "00", 1, at), at), at);
        yield return Told(new TextHandedOver(mail, "m"), at.AddSeconds(1));
        yield return Told(new TextDelivered(mail, at.AddSeconds(2)), at.AddSeconds(2));
    }

    /// <summary>That fact, then.</summary>
    internal static IEvent Told(object fact, DateTimeOffset at)
    {
        var e = (IEvent)Activator.CreateInstance(typeof(Event<>).MakeGenericType(fact.GetType()), fact)!;
        (e.Timestamp, e.EventTypeName) = (at, EventNames.All[fact.GetType()]);
        return e;
    }
}
