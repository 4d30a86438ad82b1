using Auth.Domain;
using Auth.Domain.Users;
using Auth.Host.Http;
using Auth.Host.Keys;
using Auth.Host.Passwords;
using Auth.Host.Resources;
using Auth.Host.SignIns;
using Marten;

namespace Auth.Host.Users;

/// <summary>An operator's request for an account.</summary>
public sealed record CreateUserStep(
    Caller Caller, IReadOnlyList<CanonicalIdentifier> EmailAddresses, IReadOnlyList<CanonicalIdentifier> PhoneNumbers, Password? Password, string? FirstName, string? LastName)
{
    /// <summary>Nothing of it.</summary>
    public override string ToString() => "CreateUserStep(hidden)";
}

/// <summary>Makes an account: its key, its facts, its identifiers and its password in one transaction.</summary>
public static class CreateUserHandler
{
    /// <summary>The new person; a taken identifier fails the insert of its row, whoever comes second.</summary>
    public static async Task<UserResource> Handle(CreateUserStep step, IDocumentSession session, IKeyring keyring, PasswordHashing hashing, TimeProvider clock, CancellationToken ct)
    {
        var (tenant, now) = (session.TenantId, clock.GetUtcNow());
        var keys = await keyring.Of(tenant, ct);
        var id = Guid.CreateVersion7(now);
        var (key, stored) = keyring.NewPersonKey(id);

        var added = step.EmailAddresses.Concat(step.PhoneNumbers).Select(identifier => (identifier, Id: Guid.CreateVersion7(now))).ToList();
        var phc = step.Password is null ? null : await hashing.Hash(tenant, step.Password, ct) ?? throw Problems.Unavailable.After(PasswordHashing.RetryAfter).Refuse();
        var decision = UserDecider.Decide(
            new CreateUser(Seal(step.FirstName), Seal(step.LastName), phc is not null, New(step.EmailAddresses), New(step.PhoneNumbers)), null);

        session.Sign(step.Caller, key);
        session.Events.StartStream<User>(id, decision.Events);
        session.Insert(stored);
        session.Insert(added.Select(x => new Identifier(Identifier.IdOf(keys, x.identifier.Kind, x.identifier.Value), id, x.Id)).ToArray());
        if (phc is not null) session.Insert(new PasswordCredential(id, phc));

        var user = decision.Events.Aggregate(User.Initial with { Id = id }, (user, happened) => User.Evolve(user, happened, now));
        return UserResource.Of(new PersonView(user, key), now);

        Sealed? Seal(string? value) => value is null ? null : key.Seal(value);
        List<NewIdentifier> New(IReadOnlyList<CanonicalIdentifier> identifiers) =>
            [.. added.Where(x => identifiers.Contains(x.identifier)).Select(x => new NewIdentifier(x.Id, key.Seal(x.identifier.Value)))];
    }
}
