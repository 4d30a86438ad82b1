using Auth.Domain;
using Auth.Domain.Instances;
using Auth.Domain.SignIns;
using Auth.Host.Http;
using Auth.Specs.Given;
using Auth.Specs.Reading;

namespace Auth.Specs.Audit;

/// <summary>Other settings tried on a month of ten thousand sign-ins, beside the same month played act by act under them.</summary>
public class WhatIfMonthSpecs : AuditSpec
{
    private static readonly Settings Then = Settings.Shipped with { TrustedDevices = new() { On = true }, SmsCountries = ["SE", "NO", "DE"] };

    [Fact]
    public async Task what_if_agrees_with_a_month_played_by_brute_force()
    {
        var (histories, month) = (await Histories.New(), Month.Of(people: 1500, signIns: 10_000, seed: 20261124));
        var recorded = await MonthStored.Write(histories, month, Then);
        var stricter = Then with
        {
            TwoStep = new() { Policy = TwoStepPolicy.Required },
            TrustedDevices = new() { On = false },
            SmsCountries = ["SE", "NO"],
            Dials = Then.Dials with { Tries = 3, WaitFrom = 5, CodeLife = TimeSpan.FromMinutes(3), TextsPerNumberAndHour = 2, SignInLife = TimeSpan.FromMinutes(10) },
        };
        var instead = new MonthPlayed(month, stricter, only: recorded);
        var expected = month.Scripts.ToLookup(script => Effect(recorded.States[script.SignIn], instead.States[script.SignIn], instead.Unknown.Contains(script.SignIn)), script => $"{new SignInId(script.SignIn)}");
        foreach (var effect in new[] { "blocked", "challenged", "same" }) expected[effect].Count().ShouldBeGreaterThan(300, effect);

        histories.Clock.SetUtcNow(Month.Over.AddDays(1));
        var told = await Asked(histories, "what-if", "--since", $"{Month.First:O}", "--until", $"{Month.Over:O}", "--cases", "10000", "--json", "--price", "NO=0.05",
            "--set", "two_step=required", "--set", "trusted_devices.enabled=false", "--set", "sms.countries=SE,NO", "--set", "otp_tries=3", "--set", "fail_wait_from=5", "--set", "otp_ttl=180", "--set", "sends_per_number_and_hour=2", "--set", "sign_in_ttl=600");
        told.Code.ShouldBe(0, told.Words);
        told.Json.GetProperty("sign_ins").GetInt64().ShouldBe(10_000);
        foreach (var effect in told.Json.GetProperty("effects").EnumerateObject())
            effect.Value.GetProperty("sign_ins").GetInt64().ShouldBe(expected[effect.Name].Count(), effect.Name);
        var cases = told.Json.GetProperty("cases").EnumerateArray().ToLookup(x => x.GetProperty("effect").GetString()!, x => x.GetProperty("sign_in").GetString()!);
        foreach (var effect in cases) effect.Order().ShouldBe(expected[effect.Key].Order(), effect.Key);
        foreach (var texts in told.Json.GetProperty("texts").EnumerateArray())
        {
            var country = texts.GetProperty("country").GetString()!;
            texts.GetProperty("recorded").GetInt64().ShouldBe(recorded.Texts[country], country);
            texts.GetProperty("instead").GetInt64().ShouldBe(instead.Texts.GetValueOrDefault(country), country);
        }
    }

    private static string Effect(SignIn was, SignIn instead, bool unknown) => (was, instead) switch
    {
        (SignIn.Finished { Conversion.Task: null }, SignIn.Finished { Conversion.Task: not null })  => "challenged",
        (SignIn.Finished { Second: null }, SignIn.AwaitingSecondFactor)                             => "challenged",
        (SignIn.Finished, not SignIn.Finished)                                                      => "blocked",
        (not SignIn.Finished, SignIn.Finished)                                                      => "let_in",
        _ when unknown                                                                              => "undecided",
        _                                                                                           => "same",
    };
}
