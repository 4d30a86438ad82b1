using Auth.Host.Http;

namespace Auth.Specs.Http;

/// <summary>R09: every id carries its kind and is refused where another kind is expected.</summary>
public class IdSpecs
{
    private static readonly Guid Known = new("0198a3f2-7b1c-7d4e-8f90-a1b2c3d4e5f6");

    [Theory]
    [InlineData("00000000-0000-0000-0000-00000000000a", "user_0000000000000000000000000a")]
    [InlineData("ffffffff-ffff-ffff-ffff-ffffffffffff", "user_7zzzzzzzzzzzzzzzzzzzzzzzzz")]
    [InlineData("0198a3f2-7b1c-7d4e-8f90-a1b2c3d4e5f6", "user_01k2hz4yrwfn78z451pb1x9sfp")]
    public void an_id_has_one_spelling(string id, string written)
    {
        new UserId(new(id)).ToString().ShouldBe(written);
        UserId.TryParse(written, out var read).ShouldBeTrue();
        read.Value.ShouldBe(new(id));
    }

    [Fact]
    public void every_guid_comes_back() =>
        CsCheck.Check.Sample(CsCheck.Gen.Guid, guid => PrefixedId.Read("sia_", PrefixedId.Write("sia_", guid)) == guid);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("user_")]
    [InlineData("01k2hz4yrwfn78z451pb1x9sfp")]
    [InlineData("user_01K2HZ4YRWFN78Z451PB1X9SFP")]
    [InlineData("USER_01k2hz4yrwfn78z451pb1x9sfp")]
    [InlineData("user_01k2hz4yrwfn78z451pb1x9sf")]
    [InlineData("user_01k2hz4yrwfn78z451pb1x9sfpp")]
    [InlineData("user_81k2hz4yrwfn78z451pb1x9sfp")]
    [InlineData("user_z1k2hz4yrwfn78z451pb1x9sfp")]
    [InlineData("user_01k2hz4yrwfn78z451pb1x9sfi")]
    [InlineData("user_01k2hz4yrwfn78z451pb1x9sfo")]
    [InlineData("user_01k2hz4yrwfn78z451pb1x9sf ")]
    [InlineData(" user_01k2hz4yrwfn78z451pb1x9sf")]
    [InlineData("sess_01k2hz4yrwfn78z451pb1x9sfp")]
    [InlineData("0198a3f2-7b1c-7d4e-8f90-a1b2c3d4e5f6")]
    public void any_other_spelling_is_nobodys_id(string? text)
    {
        UserId.TryParse(text, out var id).ShouldBeTrue();
        id.Value.ShouldBe(Guid.Empty);
    }

    [Fact]
    public void no_kind_reads_another()
    {
        (string Written, Func<string, Guid> Read)[] kinds =
        [
            (new SignInId(Known).ToString(), t => SignInId.TryParse(t, out var id) ? id.Value : default),
            (new UserId(Known).ToString(), t => UserId.TryParse(t, out var id) ? id.Value : default),
            (new SessionId(Known).ToString(), t => SessionId.TryParse(t, out var id) ? id.Value : default),
            (new ClientId(Known).ToString(), t => ClientId.TryParse(t, out var id) ? id.Value : default),
            (new IdentifierId(Known).ToString(), t => IdentifierId.TryParse(t, out var id) ? id.Value : default),
            (new TextId(Known).ToString(), t => TextId.TryParse(t, out var id) ? id.Value : default),
            (new EventId(Known).ToString(), t => EventId.TryParse(t, out var id) ? id.Value : default),
        ];

        foreach (var (written, _) in kinds)
            kinds.Count(kind => kind.Read(written) == Known).ShouldBe(1, written);
    }
}
