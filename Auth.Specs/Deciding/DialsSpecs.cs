using Auth.Domain.SignIns;
using Auth.Specs.Given;

namespace Auth.Specs.Deciding;

/// <summary>The numbers as shipped, never laxer than their ceilings (NIST SP 800-63B §3.1.3.2, §3.2.2; OWASP ASVS 5.0 6.5.5, 6.6.3), and the waits they make (R10, R14, R18, R19, R56).</summary>
public class DialsSpecs : SignInSpec
{
    private static readonly Dials Dials = Dials.Shipped;

    /// <summary>Each dial as it is, as we ship it, and the ceiling above which it is too lax.</summary>
    private static readonly (string Dial, double Is, double Shipped, double Ceiling)[] Table =
    [
        ("SIGNIN_TTL, minutes",                      Dials.SignInLife.TotalMinutes,           15, 30),
        ("SIGNIN_TTL, minutes to the second factor", Dials.SecondFactorLife.TotalMinutes,     10, 10),
        ("OTP_TTL, minutes",                         Dials.CodeLife.TotalMinutes,              5, 10),
        ("OTP_TRIES",                                Dials.Tries,                              5,  5),
        ("FAIL_WAIT from failure",                   Dials.WaitFrom,                          10, 20),
        ("FAIL_HARD, failures",                      Dials.DisableFrom,                       50, 100),
        ("RESEND_GAP, texts a minute",               60 / Dials.ResendGap.TotalSeconds,        2,  4),
        ("texts a number and hour",                  Dials.TextsPerNumberAndHour,              5, 10),
        ("texts a number and day",                   Dials.TextsPerNumberAndDay,              10, 20),
        ("texts a person and hour",                  Dials.TextsPerUserAndHour,                5, 10),
        ("SESSION_MAX, hours",                       Dials.SessionLife.TotalHours,            24, 24),
        ("SESSION_IDLE, hours",                      Dials.SessionIdle.TotalHours,             1,  1),
        ("minutes left that make a code worth it",   Dials.CodeLifeWorthSending.TotalMinutes,  2,  5),
    ];

    [Fact]
    public void are_what_we_say_R10_R14_R19_R56() => Table.Where(dial => dial.Is != dial.Shipped).ShouldBeEmpty();

    [Fact]
    public void are_never_laxer_than_their_ceilings_R10_R14_R19_R56() => Table.Where(dial => dial.Is > dial.Ceiling).ShouldBeEmpty();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(9, 0)]
    [InlineData(10, 30)]
    [InlineData(11, 60)]
    [InlineData(12, 120)]
    [InlineData(16, 1920)]
    [InlineData(17, 3600)]
    [InlineData(50, 3600)]
    [InlineData(int.MaxValue, 3600)]
    public void waits_double_from_half_a_minute_to_an_hour_R19(int failures, int seconds) =>
        Dials.WaitAfter(failures).ShouldBe(TimeSpan.FromSeconds(seconds));

    [Fact]
    public void however_the_dials_are_set_more_failures_never_mean_a_shorter_wait_R19() =>
        Enumerable.Range(0, 200).Select((Dials with { FirstWait = TimeSpan.FromMinutes(59) }).WaitAfter).ShouldBeInOrder();

    [Fact]
    public void the_tenth_failure_makes_them_wait_R19() =>
        new Standing(9, null).Failed(NineOClock, Dials).ShouldBe(new Standing(10, SecondsLater(30)));

    [Fact]
    public void the_fiftieth_failure_disables_and_nothing_but_binding_it_again_lifts_that_R19()
    {
        new Standing(48, null).Failed(NineOClock, Dials).Disabled.ShouldBeFalse();
        var disabled = new Standing(49, null).Failed(NineOClock, Dials);
        disabled.ShouldBe(new Standing(50, NineOClock.AddHours(1), Disabled: true));
        disabled.Failed(NineOClock, Dials with { DisableFrom = 100 }).Disabled.ShouldBeTrue();
        disabled.After(Decision.Accept(FirstFactorVerified), NineOClock, Dials).ShouldBe(disabled);
    }

    [Fact]
    public void the_ninth_does_not() =>
        new Standing(8, null).Failed(NineOClock, Dials).ShouldBe(new Standing(9, null));

    [Fact]
    public void a_wrong_guess_counts_over_all_sign_ins_R18() =>
        new Standing(3, null).After(Decision.Refuse(Refusal.WrongCode, SecondFactorRejected), NineOClock, Dials).ShouldBe(new Standing(4, null));

    [Fact]
    public void a_wrong_password_counts_too_R18() =>
        new Standing(3, null).After(Decision.Refuse(Refusal.WrongPassword, Identified, FirstFactorRejected), NineOClock, Dials).ShouldBe(new Standing(4, null));

    [Fact]
    public void a_right_password_alone_clears_nothing_R18() =>
        new Standing(3, null).After(Decision.Accept(FirstFactorVerified), NineOClock, Dials).ShouldBe(new Standing(3, null));

    [Fact]
    public void a_completed_sign_in_clears_R18() =>
        new Standing(11, NineOClock).After(Decision.Accept(SecondFactorVerified, Converted), NineOClock, Dials).ShouldBe(Standing.Clean);

    [Fact]
    public void a_refusal_by_a_limit_is_no_failure_R55() =>
        new Standing(10, SecondsLater(30)).After(Decision.Refuse(Refusal.Waiting, new SecondFactorRefused(AnnsPhone, RefusalReason.Waiting, SecondsLater(30))), NineOClock, Dials)
            .ShouldBe(new Standing(10, SecondsLater(30)));
}
