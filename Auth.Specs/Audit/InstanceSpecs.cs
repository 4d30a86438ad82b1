using Auth.Domain.Instances;
using Auth.Domain.SignIns;
using Auth.Host.Http;
using static Auth.Specs.Reading.Histories;

namespace Auth.Specs.Audit;

/// <summary>An auditor reads one instance at a time, and of another nothing (R76).</summary>
public class InstanceSpecs : AuditSpec
{
    private static readonly Guid Elsewhere = Id(77);

    [Fact]
    public async Task a_history_is_that_of_one_instance_R76()
    {
        await using var histories = await Both();

        Ids(await Asked(histories, "list", "--json")).ShouldBe([TheSignIn]);
        Ids(await Asked(histories, "list", "--json", "--instance", "default")).ShouldBe([TheSignIn]);
        Ids(await Asked(histories, "list", "--json", "--instance", "other")).ShouldBe([$"{new SignInId(Elsewhere)}"]);
        (await Asked(histories, "list", "--user", $"{new UserId(Ann)}", "--json", "--instance", "other")).Data.ShouldBeEmpty();
    }

    [Fact]
    public async Task an_id_of_another_instance_is_none_R76()
    {
        await using var histories = await Both();

        foreach (var verb in (string[])["show", "replay"])
        {
            (await Asked(histories, verb, TheSignIn, "--instance", "other")).ShouldSatisfyAllConditions(told => told.Code.ShouldBe(1), told => told.Data.ShouldBeEmpty());
            (await Asked(histories, verb, $"{new SignInId(Elsewhere)}")).Code.ShouldBe(1);
            (await Asked(histories, verb, $"{new SignInId(Elsewhere)}", "--instance", "other")).Code.ShouldBe(0);
        }
    }

    [Fact]
    public async Task the_settings_are_its_own_too_R76()
    {
        await using var histories = await Both();

        (await Asked(histories, "settings")).Data.ShouldBeEmpty();
        (await Asked(histories, "settings", "--instance", "other")).Data.ShouldContain("by key_0000000b");
    }

    [Theory]
    [InlineData("elsewhere")]
    [InlineData("Other")]
    [InlineData("*DEFAULT*")]
    [InlineData("")]
    public async Task one_that_is_not_configured_is_said_so(string name)
    {
        await using var histories = await Both();

        var told = await Asked(histories, "list", "--instance", name);

        (told.Code, told.Data).ShouldBe((64, ""));
        told.Words.ShouldContain($"there is no instance '{name}' here. Configured are: default, other.");
    }

    private static async Task<Reading.Histories> Both()
    {
        var histories = await New();
        await histories.Happened(Attempt, [Identified(Ann), Password], OneSecond);
        await histories.Happened(Elsewhere, [Identified(Id(9)), Password], OneSecond, tenant: "other");
        await histories.Read();
        await histories.Happened(Attempt, [new Superseded(Elsewhere)]);
        await histories.Happened(Elsewhere, [new Superseded(Elsewhere)], tenant: "other");
        await using var session = histories.Store.LightweightSession("other");
        session.Events.StartStream<Instance>(Instance.TheOne, new SettingsApplied(1, Settings.Shipped with { SingleSession = false }, "key_0000000b", null, null));
        await session.SaveChangesAsync(TestContext.Current.CancellationToken);
        return histories;
    }

    private static IEnumerable<string> Ids(Answer told) =>
        told.Data.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()!);
}
