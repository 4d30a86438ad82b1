using Auth.Domain.SignIns;
using JasperFx.Events;

namespace Auth.Host.Audit.Telling;

/// <summary>What went before in a person's sign-ins: failures in a row, and whatever else counts against the next step.</summary>
internal static class Failures
{
    /// <summary>Over all sign-ins of the person, since one of them converted with this authenticator (R18).</summary>
    internal static List<IEvent> InARow(History history, IEvent e, Authenticator authenticator)
    {
        var (row, proved) = (new List<IEvent>(), new HashSet<Guid>());
        foreach (var x in Before(history, e))
            if (Missed(x) == authenticator) row.Add(x);
            else if (Proved(x) == authenticator) proved.Add(x.StreamId);
            else if (x.Data is Converted && proved.Contains(x.StreamId)) row.Clear();
        return row;
    }

    /// <summary>Everything told before it, in this sign-in and the person's others, oldest first.</summary>
    internal static IEnumerable<IEvent> Before(History history, IEvent e) => history.SignIn.Concat(history.Others).Where(x => x.Sequence < e.Sequence).OrderBy(x => x.Sequence);

    /// <summary>What was guessed wrong.</summary>
    internal static Authenticator? Missed(IEvent e) => e.Data switch { FirstFactorRejected x => x.Authenticator, SecondFactorRejected x => x.Authenticator, _ => null };

    private static Authenticator? Proved(IEvent e) => e.Data switch { FirstFactorVerified x => x.Authenticator, SecondFactorVerified x => x.Authenticator, _ => null };
}
