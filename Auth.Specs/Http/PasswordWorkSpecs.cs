using Auth.Domain.SignIns;
using Auth.Host.Instances;
using Auth.Host.Keys;
using Auth.Host.Passwords;
using Auth.Host.Users;
using Auth.Specs.Given;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.Specs.Http;

/// <summary>What hashing costs, through the front door: a hash of older settings is made anew (R46), and a busy service says so and counts nothing (R48).</summary>
public class PasswordWorkSpecs(RunningHost host)
{
    [Fact]
    public async Task a_hash_of_older_settings_is_made_anew_at_the_next_good_sign_in()
    {
        var person = await Person.Make(host);
        var older = await Store(person, new HashCost(16, 1));

        (await new Visit(host, person).Create("not the password at all")).Status.ShouldBe(422);
        (await Stored(person)).ShouldBe(older);
        (await new Visit(host, person).Create()).Status.ShouldBe(200);

        var better = StoredHash.Parse(await Stored(person));
        better.Cost.ShouldBe(new HashCost(64, 1));
        (await new Visit(host, person).Create()).Status.ShouldBe(200);
        (await Stored(person)).ShouldBe(better.Phc);
    }

    [Fact]
    public async Task a_busy_service_answers_503_and_counts_no_guess()
    {
        await using var busy = new RunningHost { Name = "busy_host", Settings = { ["Auth:Passwords:Parallel"] = "1", ["Auth:Passwords:Waiting"] = "0" } };
        await busy.InitializeAsync();
        var visit = new Visit(busy, await Person.Make(busy));
        await visit.Identify();
        using var free = new ManualResetEventSlim();
        var hashing = busy.Alba.Services.GetRequiredService<HashingQueue>().Run(() => { free.Wait(TestContext.Current.CancellationToken); return ""; }, TestContext.Current.CancellationToken);

        var refused = await visit.AttemptFirst("not the password at all");
        free.Set();
        await hashing;

        (refused.Status, refused.Problem, refused.RetryAfter).ShouldBe((503, "service_unavailable", PasswordHashing.RetryAfter));
        (await Visit.Facts(busy, visit.SignIn)).ShouldAllBe(fact => fact is Identified);
        (await visit.AttemptFirst()).Status.ShouldBe(200);
    }

    private async Task<string> Store(Person person, HashCost cost)
    {
        var pepper = (await host.Alba.Services.GetRequiredService<IKeyring>().Of(Tenants.Default, TestContext.Current.CancellationToken)).Pepper;
        var salt = new byte[StoredHash.SaltLength];
        Password.Read(person.Password, out var password).ShouldBeNull();
        var older = new StoredHash(cost, pepper.Id, salt, pepper.Mac(PasswordHashing.Argon2id(password!.Bytes, salt, cost))).Phc;
        await using var session = host.Store.LightweightSession(Tenants.Default);
        session.Store(new PasswordCredential(person.Id, older));
        await session.SaveChangesAsync(TestContext.Current.CancellationToken);
        return older;
    }

    private async Task<string> Stored(Person person)
    {
        await using var session = host.Store.QuerySession(Tenants.Default);
        return (await session.LoadAsync<PasswordCredential>(person.Id, TestContext.Current.CancellationToken))!.Phc;
    }
}
