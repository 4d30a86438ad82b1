using Auth.Host.Passkeys;
using Auth.Specs.Given;
using JasperFx;
using Marten;
using Marten.Exceptions;

namespace Auth.Specs.Passkeys;

/// <summary>The stored passkey: one row for a credential, one winner for a counter.</summary>
public class PasskeyCredentialSpecs(RunningHost host)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task comes_back_as_it_was_stored()
    {
        var credential = await Stored();

        (await Load(credential.Id)).ShouldNotBeNull().ShouldBeEquivalentTo(credential with { Version = 1 });
    }

    [Fact]
    public async Task is_enrolled_once_whoever_asks()
    {
        var credential = await Stored();
        await using var session = host.Store.LightweightSession("default");
        session.Insert(credential with { UserId = Passkey.Bob, Version = 0 });

        await Should.ThrowAsync<DocumentAlreadyExistsException>(() => session.SaveChangesAsync(Ct));
    }

    [Fact]
    public async Task of_another_instance_is_another_one()
    {
        var credential = await Stored();
        await using var session = host.Store.QuerySession("theirs");

        (await session.LoadAsync<PasskeyCredential>(credential.Id, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task is_used_by_one_of_two_answers_with_the_same_counter()
    {
        var credential = (await Load((await Stored()).Id))!;

        await Update(credential with { SignCount = 1 });

        await Should.ThrowAsync<ConcurrencyException>(() => Update(credential with { SignCount = 1 }));
    }

    [Fact]
    public void is_not_told_in_a_log()
    {
        var credential = new PasskeyCredential("row", Passkey.Ann, Passkey.Id, "credential", "key", 0, [], true, true, true, Passkey.Make, Passkey.NineOClock);

        credential.ToString().ShouldBe($"PasskeyCredential({Passkey.Id})");
    }

    private async Task<PasskeyCredential> Stored()
    {
        using var authenticator = SoftwareAuthenticator.Es256();
        var (_, credential) = await Passkey.New(authenticator);
        credential = credential with { Name = new(Passkey.Ann, "c2VhbGVk") };
        await using var session = host.Store.LightweightSession("default");
        session.Insert(credential);
        await session.SaveChangesAsync(Ct);
        return credential;
    }

    private async Task Update(PasskeyCredential credential)
    {
        await using var session = host.Store.LightweightSession("default");
        session.UpdateRevision(credential, (int)credential.Version + 1);
        await session.SaveChangesAsync(Ct);
    }

    private async Task<PasskeyCredential?> Load(string id)
    {
        await using var session = host.Store.QuerySession("default");
        return await session.LoadAsync<PasskeyCredential>(id, Ct);
    }
}
