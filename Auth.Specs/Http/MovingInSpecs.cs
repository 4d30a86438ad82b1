using Auth.Host.Instances;
using Auth.Host.Passwords;
using Auth.Host.Passwords.Imports;
using Auth.Host.Users;
using Auth.Specs.Given;
using Marten;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Auth.Specs.Http;

/// <summary>People bring the password that another system hashed, and sign in with it as if they had always been here (R45 to R47, R51).</summary>
public class MovingInSpecs(RunningHost host)
{
    private const string TheirPassword = "old password 1";   // shorter than a new one may be
    private static readonly string Identity = new PasswordHasher<object>(Options.Create(new PasswordHasherOptions { IterationCount = 1000 })).HashPassword(new(), TheirPassword);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Operator Operator => new(host);

    [Fact]
    public async Task who_moved_in_signs_in_and_has_a_hash_of_ours_from_then_on()
    {
        var person = await MoveIn("pbkdf2_identity_v3", Identity);
        var wrapped = await Stored(person);

        (await new Visit(host, person).Create("not their password")).ShouldBe(422, "form_password_or_identifier_incorrect");
        (await Stored(person)).ShouldBe(wrapped);
        (await new Visit(host, person).Create()).Status.ShouldBe(200);

        var better = StoredHash.Parse(await Stored(person));
        better.Imported.ShouldBeNull();
        better.Cost.ShouldBe(new HashCost(64, 1));
        (await new Visit(host, person).Create()).Status.ShouldBe(200);
        (await Stored(person)).ShouldBe(better.Phc);
    }

    [Fact]
    public async Task what_is_stored_is_our_own_hash_over_theirs_and_says_so()
    {
        var stored = StoredHash.Parse(await Stored(await MoveIn("pbkdf2_identity_v3", Identity)));

        stored.Imported!.Function.ShouldBe(new Pbkdf2(System.Security.Cryptography.HashAlgorithmName.SHA512, 1000, 32));
        stored.Cost.ShouldBe(new HashCost(64, 1));
        Convert.FromBase64String(Identity).AsSpan().IndexOf(stored.Hash).ShouldBe(-1);
    }

    [Theory]
    [InlineData("bcrypt", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", "U*U")]
    [InlineData("argon2id", "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc", "password")]
    [InlineData("argon2i", "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$iekCn0Y3spW+sCcFanM2xBT63UP2sghkUoHLIUpWRS8", "password")]
    [InlineData("pbkdf2_sha256", "pbkdf2_sha256$1$c2FsdA==$VawEblbjCJ/sFpHCJUS2BflBhSFt3gRl5oudV8INrLw=", "passwd")]
    [InlineData("pbkdf2_sha512", "pbkdf2_sha512$1$salt$867f70cf1ade02cff3752599a3a53dc4af34c7a669815ae5d513554e1c8cf252c02d470a285a0501bad999bfe943c08f050235d7d68b1da55e63f73b60a57fce", "password")]
    [InlineData("md5", "5f4dcc3b5aa765d61d8327deb882cf99", "password")]
    public async Task whatever_hashed_it_the_password_is_right_and_another_is_wrong(string hasher, string digest, string password)
    {
        var person = await MoveIn(hasher, digest, password);

        (await new Visit(host, person).Create($"{password} ")).ShouldBe(422, "form_password_or_identifier_incorrect");
        (await new Visit(host, person).Create()).Status.ShouldBe(200);
    }

    [Fact]
    public async Task a_password_that_was_hashed_as_it_was_typed_is_compared_as_it_is_typed()
    {
        const string decomposed = "cafe\u0301 au lait";
        var person = await MoveIn("pbkdf2_identity_v3", new PasswordHasher<object>(Options.Create(new PasswordHasherOptions { IterationCount = 1000 })).HashPassword(new(), decomposed), decomposed);

        (await new Visit(host, person).Create(decomposed)).Status.ShouldBe(200);
        (await new Visit(host, person).Create("caf\u00e9 au lait")).Status.ShouldBe(200);   // ours is over the composed form
    }

    [Fact]
    public async Task a_wrong_guess_at_somebody_who_moved_in_is_one_hash_of_ours_like_one_at_anybody()
    {
        var person = await MoveIn("pbkdf2_identity_v3", Identity);

        using var work = HashWork.Begin();
        await new Visit(host, person).Create("not their password");
        work.Hashes.ShouldBe(1);
        await new Browser(host).Post("/v1/client/sign_ins", ("identifier", $"{Guid.NewGuid():n}@example.com"), ("password", "not their password"));
        work.Hashes.ShouldBe(2);
    }

    [Fact]
    public async Task while_a_function_is_in_use_every_guess_computes_it_and_then_no_more()
    {
        await using var other = new RunningHost { Name = "moving_in" };
        await other.InitializeAsync();
        var (work, watch) = (other.Alba.Services.GetRequiredService<ImportedWork>(), other.Alba.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<ImportedWatch>().Single());
        var md5 = new Unsalted(System.Security.Cryptography.HashAlgorithmName.MD5);
        work.Of(Tenants.Default).ShouldBeEmpty();

        var person = await MoveIn("md5", "5f4dcc3b5aa765d61d8327deb882cf99", "password", other);
        work.Of(Tenants.Default).ShouldBe([md5]);
        await MoveIn("bcrypt", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", "U*U", other);
        await watch.Look(Tenants.Default, Ct);
        work.Of(Tenants.Default).ShouldBe([new Bcrypt(5, OverSha256: false), md5]);

        (await new Visit(other, person).Create()).Status.ShouldBe(200);
        await watch.Look(Tenants.Default, Ct);
        work.Of(Tenants.Default).ShouldBe([new Bcrypt(5, OverSha256: false)]);
    }

    [Fact]
    public async Task a_password_set_meanwhile_is_not_undone_by_a_sign_in_with_the_old_one()
    {
        var person = await MoveIn("pbkdf2_identity_v3", Identity);
        var compared = new PasswordCredential(person.Id, await Stored(person));
        await using var session = host.Store.LightweightSession(Tenants.Default);
        session.QueueOperation(new Auth.Host.SignIns.BetterHash(Tenants.Default, compared, compared with { Phc = "the old password's better hash" }));
        await using (var meanwhile = host.Store.LightweightSession(Tenants.Default))
        {
            meanwhile.Store(compared with { Phc = "the new password's hash" });
            await meanwhile.SaveChangesAsync(Ct);
        }

        await session.SaveChangesAsync(Ct);

        (await Stored(person)).ShouldBe("the new password's hash");
    }

    [Theory]
    [InlineData("rot13", "5f4dcc3b5aa765d61d8327deb882cf99", "form_param_value_invalid", "password_hasher")]
    [InlineData("bcrypt", "5f4dcc3b5aa765d61d8327deb882cf99", "form_param_format_invalid", "password_digest")]
    [InlineData("bcrypt", "$2b$31$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", "form_param_value_invalid", "password_digest")]
    [InlineData("bcrypt", null, "form_param_missing", "password_digest")]
    [InlineData(null, "5f4dcc3b5aa765d61d8327deb882cf99", "form_param_missing", "password_hasher")]
    public async Task a_digest_that_cannot_be_used_makes_nobody(string? hasher, string? digest, string code, string field)
    {
        var email = $"{Guid.NewGuid():n}@example.com";

        var refused = await Operator.Post("/v1/users", new { email_address = new[] { email }, password_hasher = hasher, password_digest = digest });

        refused.ShouldBe(422, code);
        ((string)refused.Json["errors"]![0]!["meta"]!["param_name"]!).ShouldBe(field);
        (await Operator.Get($"/v1/users?email_address={email}")).Json.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task a_digest_comes_instead_of_a_password_not_beside_it() =>
        (await Operator.Post("/v1/users", new { email_address = new[] { $"{Guid.NewGuid():n}@example.com" }, password = "correct horse battery staple", password_hasher = "pbkdf2_identity_v3", password_digest = Identity }))
            .ShouldBe(422, "form_param_value_invalid");

    [Theory]
    [InlineData("1234567890qwertyuiop", "form_password_pwned")]
    [InlineData("Augusta-Ada-Lovelace", "form_password_not_strong_enough")]
    [InlineData("too short", "form_password_length_too_short")]
    public async Task a_new_password_meets_the_rules_unless_the_operator_skips_them(string password, string code)
    {
        var (email, name) = ($"{Guid.NewGuid():n}@example.com", "Augusta Ada");

        (await Operator.Post("/v1/users", new { email_address = new[] { email }, password, first_name = name, last_name = "Lovelace" })).ShouldBe(422, code);
        (await Operator.Post("/v1/users", new { email_address = new[] { email }, password, first_name = name, last_name = "Lovelace", skip_password_checks = true })).Status.ShouldBe(200);

        (await new Browser(host).Post("/v1/client/sign_ins", ("identifier", email), ("password", password))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task an_endless_password_is_refused_whatever_is_skipped() =>
        (await Operator.Post("/v1/users", new { email_address = new[] { $"{Guid.NewGuid():n}@example.com" }, password = new string('a', 257), skip_password_checks = true }))
            .ShouldBe(422, "form_password_length_too_long");

    [Fact]
    public async Task nobody_needs_a_password()
    {
        var user = await Operator.Post("/v1/users", new { email_address = new[] { $"{Guid.NewGuid():n}@example.com" }, skip_password_requirement = true });

        (user.Status, (bool)user.Json["password_enabled"]!).ShouldBe((200, false));
    }

    private async Task<Person> MoveIn(string hasher, string digest, string password = TheirPassword, RunningHost? there = null)
    {
        var email = $"{Guid.NewGuid():n}@example.com";
        var user = await new Operator(there ?? host).Post("/v1/users", new { email_address = new[] { email }, password_hasher = hasher, password_digest = digest });
        (user.Status, (bool?)user.Json["password_enabled"]).ShouldBe((200, true), user.Text);
        Auth.Host.Http.UserId.TryParse((string)user.Json["id"]!, out var id).ShouldBeTrue();
        return new(id.Value, email, "", "", password);
    }

    private async Task<string> Stored(Person person)
    {
        await using var session = host.Store.QuerySession(Tenants.Default);
        return (await session.LoadAsync<PasswordCredential>(person.Id, Ct))!.Phc;
    }
}
