using System.Security.Cryptography;
using System.Text;
using Auth.Host.Passwords.Imports;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Auth.Specs.Passwords;

/// <summary>Digests of other systems, with what their own documentation and test suites publish.</summary>
public sealed class ImportedDigestSpecs
{
    private const string Long = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789chars after 72 are ignored";

    // crypt_blowfish's wrapper.c and jBCrypt's TestBCrypt, the reference Argon2's test.c, Django's test_hashers, ASP.NET Core's PasswordHasherTest, RFC 6070, RFC 7914.
    [Theory]
    [InlineData("bcrypt", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", "U*U")]
    [InlineData("bcrypt", "$2a$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui", Long)]
    [InlineData("bcrypt", "$2a$06$DCq7YPn5Rq63x1Lad4cll.TV4S6ytwfsfvkgY8jIucDrjc8deX1s.", "")]
    [InlineData("bcrypt", "$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i", "abc")]
    [InlineData("argon2i", "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$iekCn0Y3spW+sCcFanM2xBT63UP2sghkUoHLIUpWRS8", "password")]
    [InlineData("argon2i", "$argon2i$v=19$m=256,t=2,p=2$c29tZXNhbHQ$T/XOJ2mh1/TIpJHfCdQan76Q5esCFVoT5MAeIM1Oq2E", "password")]
    [InlineData("argon2id", "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4", "password")]
    [InlineData("argon2id", "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc", "password")]
    [InlineData("argon2id", "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc", "password")]
    [InlineData("pbkdf2_sha1", "pbkdf2_sha1$4096$salt$4b007901b765489abead49d926f721d065a429c1", "password")]
    [InlineData("pbkdf2_sha1", "pbkdf2_sha1$4096$73616c74$4b007901b765489abead49d926f721d065a429c1$20", "password")]
    [InlineData("pbkdf2_sha256", "pbkdf2_sha256$1$c2FsdA==$VawEblbjCJ/sFpHCJUS2BflBhSFt3gRl5oudV8INrLw=", "passwd")]
    [InlineData("pbkdf2_sha256_django", "pbkdf2_sha256$260000$seasalt$YlZ2Vggtqdc61YjArZuoApoBh9JNGYoDRBUGu6tcJQo=", "lètmein")]
    [InlineData("pbkdf2_identity_v2", "AAABAgMEBQYHCAkKCwwNDg+ukCEMDf0yyQ29NYubggHIVY0sdEUfdyeM+E1LtH1uJg==", "my password")]
    [InlineData("pbkdf2_identity_v3", "AQAAAAAAAAD6AAAAEAhftMyfTJylOlZT+eEotFXd1elee8ih5WsjXaR3PA9M", "my password")]
    [InlineData("pbkdf2_identity_v3", "AQAAAAIAAYagAAAAEAABAgMEBQYHCAkKCwwNDg/Q8A0WMKbtHQJQ2DHCdoEeeFBrgNlldq6vH4qX/CGqGQ==", "my password")]
    [InlineData("md5", "5f4dcc3b5aa765d61d8327deb882cf99", "password")]
    [InlineData("sha256", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "test")]
    public void what_others_published_is_right(string hasher, string digest, string password) => Fits(hasher, digest, password).ShouldBeTrue();

    [Theory]
    [InlineData("pbkdf2_sha512", "salt")]
    [InlineData("pbkdf2_sha512_hex", "73616c74")]
    public void pbkdf2_over_sha_512_is_right(string hasher, string salt) =>
        Fits(hasher, $"{hasher}$1${salt}$867f70cf1ade02cff3752599a3a53dc4af34c7a669815ae5d513554e1c8cf252c02d470a285a0501bad999bfe943c08f050235d7d68b1da55e63f73b60a57fce", "password").ShouldBeTrue();

    [Theory]
    [InlineData(PasswordHasherCompatibilityMode.IdentityV2, "pbkdf2_identity_v2")]
    [InlineData(PasswordHasherCompatibilityMode.IdentityV3, "pbkdf2_identity_v3")]
    public void what_asp_net_identity_writes_now_is_right(PasswordHasherCompatibilityMode mode, string hasher)
    {
        var digest = new PasswordHasher<object>(Options.Create(new PasswordHasherOptions { CompatibilityMode = mode })).HashPassword(new(), "Zoë's password");

        (Fits(hasher, digest, "Zoë's password"), Fits(hasher, digest, "Zoë's passwore")).ShouldBe((true, false));
    }

    [Fact]
    public void django_puts_sha_256_before_bcrypt_so_that_the_last_character_matters()
    {
        var bare = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Long)));
        var (cost, salt) = (4, "CCCCCCCCCCCCCCCCCCCCC.");
        ImportedDigest.Read("bcrypt", $"$2b$0{cost}${salt}{new string('.', 31)}", out var shape).ShouldBeNull();
        var hash = shape!.Function.Compute(Encoding.UTF8.GetBytes(bare), shape.Salt);

        new Bcrypt(cost, OverSha256: true).Compute(Encoding.UTF8.GetBytes(Long), shape.Salt).ShouldBe(hash);
        new Bcrypt(cost, OverSha256: true).Compute(Encoding.UTF8.GetBytes(Long[..^1]), shape.Salt).ShouldNotBe(hash);
        Read("bcrypt_sha256_django", $"bcrypt_sha256$$2b$12${salt}{new string('.', 31)}").ShouldBeNull();
    }

    [Theory]
    [InlineData("bcrypt", "")]
    [InlineData("bcrypt", "$2x$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")]
    [InlineData("bcrypt", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOe")]
    [InlineData("bcrypt", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW\n")]
    [InlineData("bcrypt_sha256_django", "$2b$12$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")]
    [InlineData("argon2i", "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4")]
    [InlineData("argon2id", "$argon2d$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4")]
    [InlineData("argon2id", "$argon2id$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4")]
    [InlineData("argon2id", "$argon2id$v=19$m=256,t=2,p=1$c2FsdA$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4")]
    [InlineData("argon2id", "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65")]
    [InlineData("pbkdf2_sha256", "pbkdf2_sha256$0$c2FsdA==$VawEblbjCJ/sFpHCJUS2BflBhSFt3gRl5oudV8INrLw=")]
    [InlineData("pbkdf2_sha256", "pbkdf2_sha512$1$c2FsdA==$VawEblbjCJ/sFpHCJUS2BflBhSFt3gRl5oudV8INrLw=")]
    [InlineData("pbkdf2_sha256", "pbkdf2_sha256$1$no base64$VawEblbjCJ/sFpHCJUS2BflBhSFt3gRl5oudV8INrLw=")]
    [InlineData("pbkdf2_sha256", "pbkdf2_sha256$1$$VawEblbjCJ/sFpHCJUS2BflBhSFt3gRl5oudV8INrLw=")]
    [InlineData("pbkdf2_sha256", "pbkdf2_sha256$1$c2FsdA==$VawEblbjCJ/sFpHCJUS2BflBhSFt3gRl5oudV8INrLw=$32")]
    [InlineData("pbkdf2_sha256", "pbkdf2_sha256$1$c2FsdA==$VawE")]
    [InlineData("pbkdf2_sha1", "pbkdf2_sha1$4096$salt$4b007901b765489abead49d926f721d065a429c1$32")]
    [InlineData("pbkdf2_identity_v3", "AAABAgMEBQYHCAkKCwwNDg+ukCEMDf0yyQ29NYubggHIVY0sdEUfdyeM+E1LtH1uJg==")]
    [InlineData("pbkdf2_identity_v3", "AQAAAAMAAYagAAAAEAABAgMEBQYHCAkKCwwNDg/Q8A0WMKbtHQJQ2DHCdoEeeFBrgNlldq6vH4qX/CGqGQ==")]
    [InlineData("pbkdf2_identity_v3", "AQAAAAIAAYagAAAAQAABAgMEBQYHCAkKCwwNDg/Q8A0WMKbtHQJQ2DHCdoEeeFBrgNlldq6vH4qX/CGqGQ==")]
    [InlineData("pbkdf2_identity_v3", "AQ==")]
    [InlineData("md5", "5f4dcc3b5aa765d61d8327deb882cf9")]
    [InlineData("sha256", "5f4dcc3b5aa765d61d8327deb882cf99")]
    public void another_form_is_malformed(string hasher, string digest) => Read(hasher, digest).ShouldBe(DigestProblem.Malformed);

    [Theory]
    [InlineData("bcrypt", "$2b$15$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")]
    [InlineData("bcrypt", "$2b$03$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")]
    [InlineData("argon2id", "$argon2id$v=19$m=131073,t=1,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4")]
    [InlineData("argon2id", "$argon2id$v=19$m=131072,t=5,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4")]
    [InlineData("argon2id", "$argon2id$v=19$m=1024,t=2,p=17$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4")]
    [InlineData("argon2id", "$argon2id$v=19$m=8,t=2,p=2$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4")]
    [InlineData("pbkdf2_sha256", "pbkdf2_sha256$2000001$c2FsdA==$VawEblbjCJ/sFpHCJUS2BflBhSFt3gRl5oudV8INrLw=")]
    [InlineData("pbkdf2_identity_v3", "AQAAAAJ/////AAAAEAABAgMEBQYHCAkKCwwNDg/Q8A0WMKbtHQJQ2DHCdoEeeFBrgNlldq6vH4qX/CGqGQ==")]
    public void dials_beyond_what_a_sign_in_may_cost_are_refused(string hasher, string digest) => Read(hasher, digest).ShouldBe(DigestProblem.TooCostly);

    [Theory]
    [InlineData("BCRYPT")]
    [InlineData("argon2d")]
    [InlineData("")]
    public void another_hasher_is_unknown(string hasher) => Read(hasher, "5f4dcc3b5aa765d61d8327deb882cf99").ShouldBe(DigestProblem.UnknownHasher);

    [Theory]
    [InlineData("bcrypt,c=12")]
    [InlineData("bcrypt_sha256,c=12")]
    [InlineData("argon2i,m=4096,t=3,p=1,l=32")]
    [InlineData("argon2id,m=65536,t=3,p=4,l=32")]
    [InlineData("pbkdf2_sha1,i=1000,l=32")]
    [InlineData("pbkdf2_sha256,i=600000,l=32")]
    [InlineData("pbkdf2_sha512,i=100000,l=32")]
    [InlineData("md5")]
    [InlineData("sha256")]
    public void what_is_stored_reads_as_what_was_stored(string setting) => ImportedFunction.Parse(setting).Setting.ShouldBe(setting);

    [Theory]
    [InlineData("bcrypt")]
    [InlineData("bcrypt,c=12,l=3")]
    [InlineData("rot13")]
    [InlineData("md5\n")]
    public void another_setting_is_a_broken_row(string setting) => Should.Throw<FormatException>(() => ImportedFunction.Parse(setting));

    private static DigestProblem? Read(string hasher, string digest) => ImportedDigest.Read(hasher, digest, out _);

    private static bool Fits(string hasher, string digest, string password)
    {
        ImportedDigest.Read(hasher, digest, out var read).ShouldBeNull();
        return read!.Function.Compute(Encoding.UTF8.GetBytes(password), read.Salt).AsSpan().SequenceEqual(read.Hash);
    }
}
