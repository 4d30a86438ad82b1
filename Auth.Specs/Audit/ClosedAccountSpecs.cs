using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Host.Keys;
using static Auth.Specs.Reading.Histories;

namespace Auth.Specs.Audit;

/// <summary>What a replay says of somebody who was banned or erased on the way.</summary>
public class ClosedAccountSpecs : AuditSpec
{
    [Fact]
    public async Task a_ban_is_the_reason_of_a_refusal()
    {
        var (histories, key) = await GivenAnn();
        await using var _ = histories;
        await Begins(histories, key, Attempt, UpToTheCode);
        await histories.Account(Ann, [new Banned()]);
        await histories.Happened(Attempt, [new SecondFactorRefused(ByText, RefusalReason.Banned, null)]);

        var told = await Asked(histories, "replay", TheSignIn);
        told.Data.ShouldContain("the person is banned");
        told.Data.ShouldContain("the person was banned");
    }

    [Fact]
    public async Task an_erasure_voids_a_sign_in_before_that_is_told()
    {
        var (histories, key) = await GivenAnn();
        await using var _ = histories;
        await Begins(histories, key, Attempt, UpToTheCode);
        await histories.Account(Ann, [new UserErased()]);

        (await Asked(histories, "replay", TheSignIn, "--json")).Json.GetProperty("stage").GetString().ShouldBe("invalidated: the person was erased, not yet told");
    }

    [Fact]
    public async Task an_erasure_is_the_reason_of_an_end_and_leaves_nothing_to_read()
    {
        var (histories, key) = await GivenAnn();
        await using var _ = histories;
        await Begins(histories, key, Attempt, UpToTheCode);
        await using (var session = histories.Store.LightweightSession("default"))
        {
            session.Events.Append(Ann, new UserErased());
            session.Delete<PersonalKey>(Ann);
            await session.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        await histories.Happened(Attempt, [new Invalidated(null)]);

        var told = await Asked(histories, "replay", TheSignIn);
        told.Data.ShouldContain("the person was erased");
        told.Data.ShouldContain("Identified as [erased]");
        told.Data.ShouldNotContain("•••12");
    }
}
