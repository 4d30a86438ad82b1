using Auth.Domain.SignIns;
using Auth.Domain.Verifications;

namespace Auth.Host.Resources;

/// <summary>An address or a number of a person, whichever has that id.</summary>
public static class IdentifierResource
{
    /// <summary>As it is in the account.</summary>
    public static object Of(Guid id, PersonView person) =>
        person.User.PhoneNumbers.Find(x => x.Id == id) is { } number
            ? PhoneNumberResource.Of(number, person)
            : EmailAddressResource.Of(person.User.EmailAddresses.Find(x => x.Id == id)!, person);

    /// <summary>With a code on its way.</summary>
    public static object Of(Guid id, PersonView person, Verification verification, DateTimeOffset now, Dials dials) =>
        verification.Prepared is not { } sent ? Of(id, person) : Of(id, person) switch
        {
            PhoneNumberResource number   => number with { Verification = VerificationResource.OnItsWay(sent, verification.Record, now, dials) },
            EmailAddressResource address => address with { Verification = VerificationResource.OnItsWay(sent, verification.Record, now, dials) },
            var other                    => other,
        };
}
