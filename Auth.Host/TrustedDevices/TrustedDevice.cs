using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Host.Http;
using Auth.Host.Sessions;
using Auth.Host.SignIns;
using Marten;

namespace Auth.Host.TrustedDevices;

/// <summary>A client that one person's second factor is not asked for on, for a while (R66). It proves nothing alone: the client's own secret and the first factor have to be right first.</summary>
/// <param name="Voided">How often their trust had been voided when it was given: any change of a factor or the password voids it.</param>
/// <param name="SignIn">In which both factors were proved.</param>
/// <param name="Seen">From where, sealed under the person's key.</param>
public sealed record TrustedDevice(Guid Id, Guid ClientId, Guid UserId, long Voided, Guid SignIn, DateTimeOffset Since, DateTimeOffset Until, Seen Seen)
{
    /// <summary>As the domain sees it.</summary>
    public DeviceTrust Trust => new(Id, UserId, Voided, SignIn, Since, Until);

    /// <summary>Whether it still means something, whatever the operator's settings are.</summary>
    public bool Holds(User user, DateTimeOffset now) => UserId == user.Id && Voided == user.TrustVoided && now < Until;
}

/// <summary>What trust in a device is written with.</summary>
public static class TrustWriting
{
    /// <summary>Keeps the trust that a sign-in told of, in its commit; the device's older one for the same person goes.</summary>
    public static void Trust(this IDocumentSession session, Decision decision, SignInReading reading, Caller caller, DateTimeOffset now)
    {
        if (decision.Events.OfType<DeviceTrusted>().SingleOrDefault() is not { } trusted) return;
        var (person, signIn) = (reading.Person!, (SignIn.Begun)reading.SignIn);
        var (client, user) = (signIn.Identity.Client, person.User.Id);
        if (reading.Trust is { } older) session.Delete<TrustedDevice>(older.Id);
        session.Insert(new TrustedDevice(trusted.Trust, client, user, person.User.TrustVoided, signIn.Id, now, trusted.Until, Seen.By(caller, person.Key)));
    }
}
