using Auth.Domain.Instances;

namespace Auth.Specs.Audit;

/// <summary>Who changed the operator's settings, when, why, and what was different before and after.</summary>
public class SettingsSpecs : AuditSpec
{
    private static readonly Settings Required = Settings.Shipped with { TwoStep = new() { Policy = TwoStepPolicy.Required } };

    [Fact]
    public async Task every_version_is_told_with_before_after_who_and_why()
    {
        await using var histories = await Given(
            new SettingsStaged(Required, "key_0000000a"), new SettingsApplied(1, Required, "key_0000000b", "The auditors asked.", null), new SettingsApplied(2, Settings.Shipped, "key_0000000a", null, 0));

        var told = await Asked(histories, "settings");

        told.Code.ShouldBe(0);
        told.Data.ShouldContain("by key_0000000b");
        told.Data.ShouldContain("because: The auditors asked.");
        told.Data.ShouldContain("second_factor.policy \"optional\" → \"required\"");
        told.Data.ShouldContain("restored from version 0");
        told.Words.ShouldContain("2 versions after the one that is shipped, up to event 3.");
    }

    [Fact]
    public async Task programs_get_one_line_per_version()
    {
        await using var histories = await Given(new SettingsStaged(Required, "key_0000000a"), new SettingsApplied(1, Required, "key_0000000b", "[markup]", null));

        var line = (await Asked(histories, "settings", "--json")).Json;

        (line.GetProperty("version").GetInt64(), line.GetProperty("sequence").GetInt64(), line.GetProperty("by").GetString(), line.GetProperty("reason").GetString()).ShouldBe((1, 2, "key_0000000b", "[markup]"));
        line.GetProperty("changes")[0].GetRawText().ShouldBe("""{"field":"second_factor.policy","before":"optional","after":"required"}""");
    }

    [Fact]
    public async Task as_shipped_there_is_nothing_to_tell()
    {
        await using var histories = await Reading.Histories.New();

        (await Asked(histories, "settings")).Data.ShouldBeEmpty();
    }

    private static async Task<Reading.Histories> Given(params InstanceEvent[] happened)
    {
        var histories = await Reading.Histories.New();
        await using var session = histories.Store.LightweightSession("default");
        session.Events.StartStream<Instance>(Instance.TheOne, happened);
        await session.SaveChangesAsync(TestContext.Current.CancellationToken);
        return histories;
    }
}
