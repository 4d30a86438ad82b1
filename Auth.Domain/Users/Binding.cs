using Auth.Domain.SignIns;

namespace Auth.Domain.Users;

/// <summary>Which facts bind an authenticator anew, or take it off: its failures are over with them, and so is that it was disabled (R19). A recovery is about all second factors at once.</summary>
public static class Binding
{
    /// <summary>Whether the failures on that authenticator are over with this. An identifier or app that comes again has another id, and no failures.</summary>
    public static bool Renews(UserEvent happened, Authenticator authenticator) => happened switch
    {
        PasswordSet                           => authenticator.Strategy is Strategy.Password,
        BackupCodesMade or BackupCodesRemoved => authenticator.Strategy is Strategy.BackupCode,
        AuthenticatorAppRemoved e             => authenticator.Id == e.App,
        PhoneNumberRemoved e                  => authenticator.Id == e.PhoneNumber,
        EmailAddressRemoved e                 => authenticator.Id == e.EmailAddress,
        Recovered                             => authenticator.Strategy.Traits().Second,
        Unlocked                              => true,
        _                                     => false,
    };
}
