using Auth.Domain.Users;
using Auth.Host.Audit.Telling;

namespace Auth.Host.Audit.Streams;

/// <summary>A person, row by row.</summary>
internal static class UserRows
{
    internal static StreamState Of(User user, DateTimeOffset at, Personal personal)
    {
        var rows = new Dictionary<string, string>();
        if (user.FirstName is { } first) rows["first name"] = personal.Show(first);
        if (user.LastName is { } last) rows["last name"] = personal.Show(last);
        if (user.HasPassword) rows["password"] = "set";
        foreach (var address in user.EmailAddresses) rows[$"address {personal.Show(address.Address)}"] = address.Verified ? "verified" : "given";
        foreach (var number in user.PhoneNumbers) rows[$"number {personal.Show(number.Number)}"] = Is(number);
        if (user.Totp is not null) rows["authenticator app"] = "enrolled";
        if (user.HasBackupCodes) rows["backup codes"] = "made";
        foreach (var key in user.Passkeys) rows[$"passkey {personal.Show(key.Name)}"] = key.Suspected ? "enrolled, suspected" : "enrolled";
        foreach (var off in user.DisabledFactors) rows[$"the {Changes.Name(off)}"] = "disabled by failures";
        if (user.Locked) rows["lock"] = user.LockedUntil is { } until ? $"until {Changes.Time(until)}" : "until lifted";
        if (user.Banned) rows["ban"] = "closed by the operator";
        if (user.Recovery is { } recovery) rows["recovery"] = $"due {Look.Instant(recovery.Due)}";
        if (user.MustEnrol) rows["has to enrol a second factor"] = "yes";
        if (!user.Erased) rows["what was proved before counts up to epoch"] = FormattableString.Invariant($"{user.Epoch}");
        return new(Stage(user, at), rows);
    }

    private static string Stage(User user, DateTimeOffset at) => user switch
    {
        { Erased: true }              => "erased",
        { Banned: true }              => "banned",
        _ when user.IsLocked(at)      => "locked",
        _ when user.IsRecovered(at)   => "recovered: all second factors are void",
        { HasSecondFactor: true }     => "an account with a second factor",
        _                             => "an account without a second factor",
    };

    private static string Is(PhoneNumber number) => number switch
    {
        { Default: true }  => "default second factor",
        { Reserved: true } => "second factor",
        { Verified: true } => "verified",
        _                  => "given",
    };
}
