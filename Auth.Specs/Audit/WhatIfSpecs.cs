using System.Text.Json;
using Auth.Domain.Instances;
using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Host.Keys;
using Auth.Specs.Reading;
using static Auth.Specs.Reading.Histories;

namespace Auth.Specs.Audit;

/// <summary>Other settings tried on what was recorded of Ann.</summary>
public class WhatIfSpecs : AuditSpec
{
    private static readonly string[] March = ["--since", "2026-03-01", "--until", "2026-04-01"];

    [Fact]
    public async Task who_has_no_second_factor_would_have_been_asked_to_enrol_one()
    {
        var histories = await New();
        await histories.Account(Ann, [new UserCreated(null, null), new PasswordSet()]);
        await histories.Happened(Attempt, [Identified(Ann), new FirstFactorVerified(Authenticator.Password, Demand.Nothing, 1, null), ASession]);

        var its = (await Case(histories, "--set", "two_step=required")).ShouldNotBeNull();
        (Text(its, "effect"), Text(its, "why")).ShouldBe(("challenged", "setup_mfa"));
        (await Case(histories, "--set", "two_step=required", "--set", "second_factor.required_from=2027-01-01")).ShouldNotBeNull("the day counts as come");
        (await Case(histories, "--set", "two_step=off")).ShouldBeNull();
    }

    [Fact]
    public async Task a_guess_that_nobody_looked_at_would_have_been_looked_at_under_more_guesses()
    {
        var (histories, key) = await GivenAnn();
        await using (var session = histories.Store.LightweightSession("default"))
        {
            session.Events.StartStream<Instance>(Instance.TheOne, new SettingsApplied(1, Settings.Shipped with { Dials = Dials.Shipped with { Tries = 3 } }, "key_00000000", null, null));
            await session.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        await Begins(histories, key, Attempt, [.. UpToTheCode, WrongCode, WrongCode, WrongCode, new SecondFactorRefused(ByText, RefusalReason.Closed, null)]);
        (await Case(histories, "--set", "otp_tries=3")).ShouldBeNull();
        Text((await Case(histories, "--set", "otp_tries=5"))!.Value, "effect").ShouldBe("undecided");
    }

    [Fact]
    public async Task a_sign_in_that_these_rules_would_not_have_told_is_left_out()
    {
        var (histories, key) = await GivenAnn();
        await Begins(histories, key, Attempt, Password, Texted(), new SecondFactorRefused(ByText, RefusalReason.Closed, null));
        Text((await Case(histories, "--set", "otp_tries=3"))!.Value, "effect").ShouldBe("not_reproduced");
    }

    [Fact]
    public async Task texts_that_would_not_have_left_are_counted_and_cost_nothing()
    {
        var (histories, key) = await GivenAnn();
        await Begins(histories, key, Attempt, Password, Texted() with { Country = "US" }, RightCode, ASession);
        var told = await Tried(histories, "--set", "sms.countries=", "--price", "US=0.01", "--price", "1");
        var texts = told.GetProperty("texts").EnumerateArray().Single();
        (Text(texts, "country"), texts.GetProperty("recorded").GetInt64(), texts.GetProperty("instead").GetInt64(), texts.GetProperty("cost").GetDecimal()).ShouldBe(("US", 1, 0, -0.01m));
    }

    [Fact]
    public async Task it_is_told_to_people_as_a_table()
    {
        var (histories, key) = await GivenAnn();
        await Begins(histories, key, Attempt, [.. UpToTheCode, WrongCode, WrongCode, WrongCode, RightCode, ASession]);
        var told = await Asked(histories, ["what-if", .. March, "--set", "otp_tries=3", "--set", "password.min_length=20", "--case", TheSignIn]);
        told.Code.ShouldBe(0, told.Words);
        told.Data.ShouldContain("dials.otp_tries 5 → 3");
        told.Data.ShouldContain("1  blocked: would not have become a session (1 person)");
        told.Data.ShouldContain("instead");
        told.Words.ShouldContain("password.min_length: the past tells nothing about it.");
        told.Words.ShouldContain("Nothing was written.");
        told.Data.ShouldNotContain("ann@example.com");
    }

    [Theory]
    [InlineData("--set", "otp_trials=3")]
    [InlineData("--set", "otp_tries=99")]
    [InlineData("--set", "otp_tries=many")]
    [InlineData("--staged")]
    [InlineData("--set", "otp_tries=3", "--price", "cheap")]
    [InlineData("--set", "otp_tries=3", "--staged")]
    public async Task what_could_not_be_settings_is_said(params string[] args)
    {
        var told = await Asked(await New(), ["what-if", .. args]);
        told.Code.ShouldBe(64);
        told.Words.ShouldNotBeEmpty();
        told.Data.ShouldBeEmpty();
    }

    private static async Task<JsonElement?> Case(Histories histories, params string[] args) =>
        (await Tried(histories, args)).GetProperty("cases").EnumerateArray().Select(x => (JsonElement?)x).SingleOrDefault(x => Text(x!.Value, "sign_in") == TheSignIn);

    private static async Task<JsonElement> Tried(Histories histories, params string[] args)
    {
        var told = await Asked(histories, ["what-if", "--json", .. March, .. args]);
        told.Code.ShouldBe(0, told.Words);
        return told.Json;
    }

    private static string? Text(JsonElement of, string name) => of.GetProperty(name).GetString();
}
