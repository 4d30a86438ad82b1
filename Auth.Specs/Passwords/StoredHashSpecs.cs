using System.Text;
using Auth.Host.Passwords;

namespace Auth.Specs.Passwords;

/// <summary>R46: the stored form, and the function behind it.</summary>
public sealed class StoredHashSpecs
{
    private const string Stored =
        "$argon2id$v=19$m=65536,t=3,p=1,keyid=AZABAgMEcAiABQYHCAkKCw$c29tZXNhbHRzb21lc2FsdA$dmStS6GjyZn83QmR/8InDzB4LSODIz21577PhdG7GBk";

    // Computed with BouncyCastle 2.7.0 and Konscious 1.3.1, which agree with each other; the former also with the Argon2id vector of RFC 9106 §5.3 (four lanes, so not computable here).
    [Theory]
    [InlineData(65_536, 3, "7664ad4ba1a3c999fcdd0991ffc2270f78302d2383233db5e7befc85d1bb1819")]
    [InlineData(19_456, 2, "2b5dc4054886ec957ef59c73b661c54dd6fb274590b278f657c6d96aac8fa6d1")]
    [InlineData(64, 1, "e793d64ef75d58f503d4631b2b149f7f80127c5f3993d89b1c9b781e51d0b413")]
    public void the_function_is_argon2id(long memory, int passes, string hash) =>
        Convert.ToHexStringLower(PasswordHashing.Argon2id("password"u8, "somesaltsomesalt"u8, new(memory, passes))).ShouldBe(hash);

    [Fact]
    public void the_string_carries_cost_pepper_and_salt()
    {
        var stored = StoredHash.Parse(Stored);

        stored.Cost.ShouldBe(new HashCost(65_536, 3));
        stored.Pepper.ShouldBe(new Guid("01900102-0304-7008-8005-060708090a0b"));
        Encoding.ASCII.GetString(stored.Salt).ShouldBe("somesaltsomesalt");
        stored.Phc.ShouldBe(Stored);
    }

    [Theory]
    [InlineData("")]
    [InlineData("$2b$12$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ01234")]
    [InlineData("$argon2id$v=19$m=65536,t=3,p=1$c29tZXNhbHRzb21lc2FsdA$dmStS6GjyZn83QmR/8InDzB4LSODIz21577PhdG7GBk")]
    [InlineData(Stored + "\n")]
    public void another_string_is_a_broken_row(string phc) => Should.Throw<FormatException>(() => StoredHash.Parse(phc));

    [Fact]
    public void a_stored_hash_does_not_print_itself() => $"{StoredHash.Parse(Stored)}".ShouldBe("StoredHash(hidden)");
}
