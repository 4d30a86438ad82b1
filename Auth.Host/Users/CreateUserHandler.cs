using Auth.Domain;
using Auth.Domain.Users;
using Auth.Host.Factors;
using Auth.Host.Http;
using Auth.Host.Instances;
using Auth.Host.Keys;
using Auth.Host.Passwords;
using Auth.Host.Passwords.Imports;
using Auth.Host.Resources;
using Auth.Host.SignIns;
using Marten;

namespace Auth.Host.Users;

/// <summary>An operator's request for an account.</summary>
public sealed record CreateUserStep(
    Caller Caller, IReadOnlyList<CanonicalIdentifier> EmailAddresses, IReadOnlyList<CanonicalIdentifier> PhoneNumbers, NewPassword? Password, string? FirstName, string? LastName)
{
    /// <summary>The seed of an authenticator app that they have already.</summary>
    public byte[]? Seed { get; init; }

    /// <summary>Backup codes that they have already.</summary>
    public IReadOnlyList<ForeignBackupCode> BackupCodes { get; init; } = [];

    /// <summary>What anybody would try as this person's password (R45).</summary>
    public IEnumerable<string> OwnWords => [.. EmailAddresses.Concat(PhoneNumbers).Select(identifier => identifier.Value), .. new[] { FirstName, LastName }.OfType<string>()];

    /// <summary>Nothing of it.</summary>
    public override string ToString() => "CreateUserStep(hidden)";
}

/// <summary>The password that an account begins with: the text itself, or the hash that another system had of it.</summary>
public abstract record NewPassword
{
    private NewPassword() { }

    /// <summary>The text; <paramref name="Unchecked"/> where the operator vouches for it (R45).</summary>
    public sealed record Plain(Password Password, bool Unchecked) : NewPassword;

    /// <summary>The hash.</summary>
    public sealed record Hashed(ImportedDigest Digest) : NewPassword;
}

/// <summary>Makes an account: its key, its facts, its identifiers and its password in one transaction.</summary>
public static class CreateUserHandler
{
    /// <summary>The new person; a taken identifier fails the insert of its row, whoever comes second.</summary>
    public static async Task<UserResource> Handle(CreateUserStep step, IDocumentSession session, IKeyring keyring, PasswordHashing hashing, PasswordRules rules, TimeProvider clock, CancellationToken ct)
    {
        var settings = await InstanceSettings.Of(session, ct);
        if (step.Password is NewPassword.Plain { Unchecked: false } plain && rules.Check(session.TenantId, plain.Password, step.OwnWords, settings.InForce.Passwords) is { } problem) throw PasswordFields.Refusal(problem);
        var (tenant, now) = (session.TenantId, clock.GetUtcNow());
        var keys = await keyring.Of(tenant, ct);
        var id = Guid.CreateVersion7(now);
        var (key, stored) = keyring.NewPersonKey(id);

        var added = step.EmailAddresses.Concat(step.PhoneNumbers).Select(identifier => (identifier, Id: Guid.CreateVersion7(now))).ToList();
        var phc = step.Password is null ? null : await Stored(step.Password) ?? throw Problems.Unavailable.After(PasswordHashing.RetryAfter).Refuse();
        var app = step.Seed is null ? null : AuthenticatorApp.Holding(step.Seed, Guid.CreateVersion7(now), id, key, null, now);
        var codes = step.BackupCodes.Count == 0 ? null
            : await BackupCodeSet.OfForeign(Guid.CreateVersion7(now), id, step.BackupCodes, keys.Index, hashing, tenant, now, ct) ?? throw Problems.Unavailable.After(PasswordHashing.RetryAfter).Refuse();
        var account = new CreateUser(Seal(step.FirstName), Seal(step.LastName), phc is not null, New(step.EmailAddresses), New(step.PhoneNumbers))
        {
            App = app?.Id,
            BackupCodes = codes is null ? null : new(codes.Id, codes.Left.Count),
        };
        var decision = UserDecider.Decide(account, null);

        session.Sign(step.Caller, key, settings);
        session.Events.StartStream<User>(id, decision.Events);
        session.Insert(stored);
        session.Insert(added.Select(x => new Identifier(Identifier.IdOf(keys, x.identifier.Kind, x.identifier.Value), id, x.Id)).ToArray());
        if (phc is not null) session.Insert(new PasswordCredential(id, phc));
        if (app is not null) session.Insert(app);
        if (codes is not null) session.Insert(codes);

        var user = decision.Events.Aggregate(User.Initial with { Id = id }, (user, happened) => User.Evolve(user, happened, now));
        return UserResource.Of(new PersonView(user, key), now);

        Task<string?> Stored(NewPassword password) => password switch
        {
            NewPassword.Plain p  => hashing.Hash(tenant, p.Password, ct),
            NewPassword.Hashed h => hashing.Wrap(tenant, h.Digest, ct),
            _ => throw new InvalidOperationException($"{password.GetType().Name} has no row."),
        };

        Sealed? Seal(string? value) => value is null ? null : key.Seal(value);
        List<NewIdentifier> New(IReadOnlyList<CanonicalIdentifier> identifiers) =>
            [.. added.Where(x => identifiers.Contains(x.identifier)).Select(x => new NewIdentifier(x.Id, key.Seal(x.identifier.Value)))];
    }
}
