using Auth.Domain.SignIns;
using Auth.Specs.Given;

namespace Auth.Specs.Deciding;

/// <summary>What a sign-in becomes by what happens to it: ends are ends, texts may be late, the impossible throws (R01, R11).</summary>
public class FoldSpecs : SignInSpec
{
    private static readonly SignInEvent[] Texts = [new TextHandedOver(Text(1), "01JH"), new TextDelivered(Text(1), NineOClock), new TextUndeliverable(Text(1), "Aborted", "404")];
    private static readonly SignInEvent[] Ends = [Expired, Superseded, Invalidated];
    private static readonly SignInEvent[] Every =
    [
        Identified, FirstFactorPrepared, FirstFactorChallenged, FirstFactorRejected, new FirstFactorRefused(Password, RefusalReason.Closed, null), FirstFactorVerified, BobsFirstFactorVerified, PasswordReset,
        SecondFactorPrepared, SecondFactorChallenged, SecondFactorRejected, new SecondFactorRefused(AnnsPhone, RefusalReason.Closed, null), SecondFactorVerified, Converted, .. Texts, .. Ends,
    ];

    /// <summary>Each stage, how it came about, and what may follow it.</summary>
    private static readonly (Type Stage, SignInEvent[] Past, Type[] MayFollow)[] Stages =
    [
        (typeof(SignIn.NotStarted), [], [typeof(Identified)]),
        (typeof(SignIn.AwaitingFirstFactor), [Identified],
            [typeof(FirstFactorPrepared), typeof(FirstFactorChallenged), typeof(FirstFactorRejected), typeof(FirstFactorRefused), typeof(FirstFactorVerified), .. Kinds(Texts), .. Kinds(Ends)]),
        (typeof(SignIn.AwaitingNewPassword), [Identified, ResetVerified], [typeof(PasswordReset), .. Kinds(Texts), .. Kinds(Ends)]),
        (typeof(SignIn.AwaitingSecondFactor), [Identified, ResetVerified, PasswordReset],
            [typeof(SecondFactorPrepared), typeof(SecondFactorChallenged), typeof(SecondFactorRejected), typeof(SecondFactorRefused), .. Kinds(Texts), .. Kinds(Ends)]),
        (typeof(SignIn.Proven), [Identified, ResetVerified, PasswordReset with { Demand = Demand.Nothing }], [typeof(Converted), .. Kinds(Texts)]),
        (typeof(SignIn.AwaitingSecondFactor), [Identified, FirstFactorVerified],
            [typeof(SecondFactorPrepared), typeof(SecondFactorChallenged), typeof(SecondFactorRejected), typeof(SecondFactorRefused), .. Kinds(Texts), .. Kinds(Ends)]),
        (typeof(SignIn.AwaitingSecondFactor), CodeSent,
            [typeof(SecondFactorPrepared), typeof(SecondFactorChallenged), typeof(SecondFactorRejected), typeof(SecondFactorRefused), typeof(SecondFactorVerified), .. Kinds(Texts), .. Kinds(Ends)]),
        (typeof(SignIn.Proven), [.. CodeSent, SecondFactorVerified], [typeof(Converted), .. Kinds(Texts)]),
        (typeof(SignIn.Proven), [Identified, BobsFirstFactorVerified], [typeof(Converted), .. Kinds(Texts)]),
        (typeof(SignIn.Finished), Whole, [.. Kinds(Texts), .. Kinds(Ends)]),
        (typeof(SignIn.Ended), [.. CodeSent, Expired], [.. Kinds(Texts), .. Kinds(Ends)]),
        (typeof(SignIn.Ended), [Identified, Superseded], [.. Kinds(Texts), .. Kinds(Ends)]),
        (typeof(SignIn.Ended), [.. CodeSent, Invalidated], [.. Kinds(Texts), .. Kinds(Ends)]),
    ];

    public static TheoryData<int> EachStage => [.. Enumerable.Range(0, Stages.Length)];

    [Theory]
    [MemberData(nameof(EachStage))]
    public void what_happened_leads_to_the_stage(int stage) =>
        Fold(Stages[stage].Past).ShouldBeOfType(Stages[stage].Stage);

    [Theory]
    [MemberData(nameof(EachStage))]
    public void what_cannot_follow_throws(int stage) =>
        Every.Where(e => Follows(Stages[stage].Past, e)).Select(e => e.GetType()).Distinct().ShouldBe(Stages[stage].MayFollow, ignoreOrder: true);

    [Theory]
    [MemberData(nameof(EachStage))]
    public void a_late_text_fact_changes_nothing(int stage)
    {
        var signIn = Fold(Stages[stage].Past);
        Texts.Where(text => Follows(signIn, text)).ShouldAllBe(text => ReferenceEquals(SignIn.Evolve(signIn, text), signIn));
    }

    [Fact]
    public void after_an_end_the_first_end_holds_R11() =>
        (from first in Ends from later in Ends where ((SignIn.Ended)Fold([Identified, first, later])).Why != first select later).ShouldBeEmpty();

    [Fact]
    public void a_session_stays_a_session_R11() =>
        Ends.Where(later => Fold([.. Whole, later]) is not SignIn.Finished).ShouldBeEmpty();

    [Fact]
    public void the_code_that_was_accepted_was_sent_to_that_very_number() =>
        Follows([.. CodeSent, OtherPhonePrepared], SecondFactorVerified).ShouldBeFalse();

    [Fact]
    public void a_passkey_answers_only_where_one_was_asked_for_R40()
    {
        var (first, second) = (BobsFirstFactorVerified with { Authenticator = new(Strategy.Passkey, People.BobsKey) }, new SecondFactorVerified(new(Strategy.Passkey, People.AnnsKey)));
        Follows([BobIdentified], first).ShouldBeFalse();
        Follows([BobIdentified, FirstFactorChallenged], first).ShouldBeTrue();
        Follows([Unnamed, FirstFactorChallenged], first).ShouldBeFalse("Somebody, and nobody knows who.");
        Follows(CodeSent, second).ShouldBeFalse();
        Follows([.. CodeSent, SecondFactorChallenged], second).ShouldBeTrue();
    }

    [Fact]
    public void what_nothing_is_sent_for_needs_no_code_on_its_way() =>
        ((SignIn.Proven)Fold([.. CodeSent, new SecondFactorVerified(AnnsApp)])).Second.ShouldBe(AnnsApp);

    [Fact]
    public void the_stream_keeps_its_id_through_every_stage() =>
        Every.Aggregate(new List<SignIn> { SignIn.Initial with { Id = NewerSignIn } }, (stages, e) => [.. stages, .. Follows(stages[^1], e) ? [SignIn.Evolve(stages[^1], e)] : Array.Empty<SignIn>()])
            .ShouldAllBe(stage => stage.Id == NewerSignIn);

    [Fact]
    public void the_second_factor_is_due_by_its_own_time_or_the_sign_ins_whichever_is_first_R10()
    {
        ((SignIn.Open)Fold([Identified, FirstFactorVerified])).EndsAt.ShouldBe(MinutesLater(10));
        ((SignIn.Open)Fold([Identified, FirstFactorVerified with { SecondFactorBy = MinutesLater(24) }])).EndsAt.ShouldBe(MinutesLater(15));
    }

    private static SignIn Fold(IEnumerable<SignInEvent> past) => past.Aggregate(SignIn.Initial, SignIn.Evolve);

    private static bool Follows(IEnumerable<SignInEvent> past, SignInEvent happened) => Follows(Fold(past), happened);

    private static bool Follows(SignIn signIn, SignInEvent happened)
    {
        try { SignIn.Evolve(signIn, happened); } catch (InvalidOperationException) { return false; }
        return true;
    }

    private static IEnumerable<Type> Kinds(IEnumerable<SignInEvent> events) => events.Select(e => e.GetType());
}
