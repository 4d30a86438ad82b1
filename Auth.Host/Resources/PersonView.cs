using Auth.Domain;
using Auth.Domain.Instances;
using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Host.Keys;
using Auth.Host.Users;

namespace Auth.Host.Resources;

/// <summary>A person and the key that reads them: what every answer about a person is drawn from. Never logged, never stored.</summary>
public sealed record PersonView(User User, Key Key)
{
    /// <summary>When each of their passkeys was right last, as far as it was read.</summary>
    public IReadOnlyDictionary<Guid, DateTimeOffset?> PasskeysUsed { get; init; } = new Dictionary<Guid, DateTimeOffset?>();

    /// <summary>Their name, else what they sign in with.</summary>
    public string DisplayName() => string.Join(' ', new[] { Read(User.FirstName), Read(User.LastName) }.OfType<string>()) is { Length: > 0 } name ? name : Identifier();

    /// <summary>A readable value, or null where there is none.</summary>
    public string? Read(Sealed? value) => value is null ? null : Key.Open(value);

    /// <summary>What somebody sees of themselves after the first factor.</summary>
    public UserData UserData() => new(Read(User.FirstName), Read(User.LastName), "", false);

    /// <summary>What they can prove it with once more after that first proof: nothing that repeats it, and mailed codes where the operator allows them.</summary>
    public IReadOnlyList<Factor> SecondFactors(Authenticator first, Settings settings) =>
    [
        .. SecondFactors(first),
        .. User.HasSecondFactor && settings.MaySecond(Strategy.EmailCode)
            ? User.EmailAddresses.Where(address => address.Verified && !new Authenticator(Strategy.EmailCode, address.Id).Repeats(first, User)).Select(address => Factor.Address(address.Id, Read(address.Address)))
            : [],
    ];

    /// <summary>What they have enrolled to prove it with once more: numbers first, the default one before the others. Nothing that repeats the first proof.</summary>
    public IReadOnlyList<Factor> SecondFactors(Authenticator? first = null) =>
    [
        .. User.SecondFactors().Where(number => first is null || !new Authenticator(Strategy.PhoneCode, number.Id).Repeats(first, User))
            .Select(number => Factor.Number(number.Id, Read(number.Number), number.Default)),
        .. User.Totp is null ? Array.Empty<Factor>() : [Factor.Of(Strategy.Totp)],
        .. User.Passkeys.IsEmpty || first is { Strategy: Strategy.Passkey } ? Array.Empty<Factor>() : [Factor.Of(Strategy.Passkey)],
        .. User.HasBackupCodes && User.HasSecondFactor ? [Factor.Of(Strategy.BackupCode)] : Array.Empty<Factor>(),
    ];

    /// <summary>Where a code for that authenticator goes; null where it is not theirs, or nothing is sent for it.</summary>
    public Sealed? Place(Authenticator authenticator) => authenticator.Strategy.Traits().By switch
    {
        Channel.Text => User.PhoneNumbers.Find(number => number.Id == authenticator.Id)?.Number,
        Channel.Mail => User.EmailAddresses.Find(address => address.Id == authenticator.Id)?.Address,
        _            => null,
    };

    /// <summary>Whether it is on their account already, verified or not.</summary>
    public bool Owns(CanonicalIdentifier identifier) => identifier.Kind is IdentifierKind.PhoneNumber
        ? User.PhoneNumbers.Exists(number => Read(number.Number) == identifier.Value)
        : User.EmailAddresses.Exists(address => Read(address.Address) == identifier.Value);

    /// <summary>What anybody would try as their password: their names and addresses (R45).</summary>
    public IEnumerable<string> OwnWords() =>
        new[] { User.FirstName, User.LastName }.Concat(User.EmailAddresses.Select(address => address.Address)).Concat(User.PhoneNumbers.Select(number => number.Number)).Select(Read).OfType<string>();

    /// <summary>The name to show: the first verified email address, else the first verified number.</summary>
    public string Identifier() =>
        Read(User.EmailAddresses.Find(address => address.Verified)?.Address ?? User.PhoneNumbers.Find(number => number.Verified)?.Number) ?? "";

    /// <summary>Who it is, and nothing that belongs to them.</summary>
    public override string ToString() => $"PersonView({User.Id})";
}
