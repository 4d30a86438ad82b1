using Auth.Domain.SignIns;
using Auth.Domain.Verifications;
using Auth.Specs.Given;
using CsCheck;

namespace Auth.Specs.Deciding;

/// <summary>What is proved beside the sign-ins, of a new identifier, a new app, a step-up: the whole table, and its sentences (R14, R17, R18, R23, R34, R55, R62).</summary>
public class VerificationSpecs : VerificationSpec
{
    private const string Yes = "yes", None = "NoSuchSignIn", First = "NotPrepared", Bug = "bug", Over = "VerificationOver", Late = "CodeExpired", Closed = "TooManyAttempts";

    private static readonly Func<VerificationCommand, VerificationStory>[] Stages =
    [
        command => Given().When(command),
        command => Given(Begun).When(command),
        command => Given(Begun, Prepared).When(command),
        command => Given(Begun, Prepared).When(command, at: MinutesLater(5)),
        command => Given([Begun, Prepared, .. Times(5, Rejected)]).When(command),
        command => Given(Begun, Prepared, Accepted).When(command),
        command => Given(Begun, Prepared with { Session = Elsewhere }).When(command),
        command => Given(StepUpBegun, Prepared).When(command, at: MinutesLater(10)),
    ];

    private static readonly Dictionary<Type, VerificationCommand> Commands = new()
    {
        [typeof(BeginVerification)] = Begin,
        [typeof(PrepareVerification)] = AskForCode(),
        [typeof(ChallengeVerification)] = new ChallengeVerification(new(People.Id(0xC2), "nonce", MinutesLater(5)), People.Id(0x5E)),
        [typeof(AttemptVerification)] = Offer(Verdict.Right),
    };

    //                                          nothing begun  code sent code late five wrong proved  elsewhere out of time
    [Theory]
    [InlineData(typeof(BeginVerification),      Yes,    Bug,   Bug,      Bug,      Bug,       Bug,    Bug,      Bug)]
    [InlineData(typeof(PrepareVerification),    None,   Yes,   Yes,      Yes,      Closed,    Yes,    Yes,      Over)]
    [InlineData(typeof(ChallengeVerification),  None,   Yes,   Yes,      Yes,      Yes,       Yes,    Yes,      Over)]
    [InlineData(typeof(AttemptVerification),    None,   First, Yes,      Late,     Closed,    First,  First,    Over)]
    public void each_step_has_its_turn(Type command, params string[] answers) => Stages.Select(stage => stage(Commands[command]).Answer()).ShouldBe(answers);

    [Fact]
    public void no_command_is_without_a_row() =>
        typeof(VerificationCommand).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(VerificationCommand))).ShouldBe(Commands.Keys, ignoreOrder: true);

    [Fact]
    public void the_hosts_question_and_the_decision_agree_everywhere_R55() =>
        Stages.Where(stage => stage(Offer()).Compares() != (stage(Offer(Verdict.Right)).Answer() is Yes)).ShouldBeEmpty();

    [Fact]
    public void a_code_is_sent_for_that_session() => Given(Begun).When(AskForCode()).Then(Prepared);

    [Fact]
    public void asked_again_at_once_nothing_leaves() => Given(Begun, Prepared).When(AskForCode(2), at: SecondsLater(29)).ThenNothing();

    [Fact]
    public void asked_again_at_once_by_another_session_the_code_is_that_ones_R62() =>
        Given(Begun, Prepared).When(AskForCode(2, from: Elsewhere), at: SecondsLater(29)).Then(Prepared with { Session = Elsewhere });

    [Fact]
    public void asked_again_later_the_same_code_leaves() =>
        Given(Begun, Prepared).When(AskForCode(2), at: SecondsLater(30)).Then(Prepared with { Text = Text(2), TextNumber = 2, ResendFrom = SecondsLater(60) });

    [Fact]
    public void with_too_little_life_left_the_next_code_leaves_R17() =>
        Given(Begun, Prepared).When(AskForCode(2), at: MinutesLater(4)).Then(new VerificationPrepared(NewPhone, Text(2), 2, new(CodeKey, Nonce(2), 2, MinutesLater(9)), MinutesLater(4.5), Here) { Epoch = People.Ann.Epoch });

    [Fact]
    public void a_new_code_gives_no_new_guesses_R17() =>
        Given([Begun, Prepared, .. Times(5, Rejected), Prepared with { Text = Text(2), TextNumber = 2 }]).When(Offer(Verdict.Right))
            .ThenRefused(Refusal.TooManyAttempts, leaving: new VerificationRefused(NewPhone, RefusalReason.Closed, null));

    [Fact]
    public void too_many_messages_are_refused_until_their_time_R56() =>
        Given(Begun).Sent(Sendings.None with { BlockedUntil = MinutesLater(7) }).When(AskForCode())
            .ThenRefusedUntil(MinutesLater(7), Refusal.SendLimit, leaving: new VerificationRefused(NewPhone, RefusalReason.SendLimit, MinutesLater(7)));

    [Fact]
    public void a_refusal_is_told_once() =>
        Given(Begun, new VerificationRefused(NewPhone, RefusalReason.SendLimit, MinutesLater(7))).Sent(Sendings.None with { BlockedUntil = MinutesLater(7) }).When(AskForCode())
            .ThenRefusedUntil(MinutesLater(7), Refusal.SendLimit);

    [Fact]
    public void nothing_is_sent_for_what_is_not_sent() => Given(StepUpBegun).When(AskForCode(to: AnnsApp)).ThenRefused(Refusal.StrategyInvalid);

    [Fact]
    public void the_right_code_proves_it() => Given(Begun, Prepared).When(Offer(Verdict.Right)).Then(Accepted);

    [Fact]
    public void a_wrong_code_is_refused_and_counted() => Given(Begun, Prepared).When(Offer(Verdict.Wrong)).ThenRefused(Refusal.WrongCode, leaving: Rejected);

    [Fact]
    public void a_wrong_password_is_told_as_one() =>
        Given(StepUpBegun).When(Offer(Verdict.Wrong, Password)).ThenRefused(Refusal.WrongPassword, leaving: new VerificationRejected(Password));

    [Fact]
    public void an_app_needs_no_preparation_R34() => Given(StepUpBegun).When(Offer(Verdict.Right, AnnsApp)).Then(new VerificationAccepted(AnnsApp));

    [Fact]
    public void a_code_works_once_R14() => Given(Begun, Prepared, Accepted).When(Offer(Verdict.Right)).ThenRefused(Refusal.NotPrepared);

    [Fact]
    public void what_is_proved_is_not_sent_again_R14() => Given(StepUpBegun, Prepared, Accepted).When(AskForCode(2), at: SecondsLater(10)).ThenNothing();

    [Fact]
    public void a_code_of_one_place_proves_no_other_R23() => Given(StepUpBegun, Prepared).When(Offer(Verdict.Right, AnnsMailbox)).ThenRefused(Refusal.NotPrepared);

    [Fact]
    public void another_session_cannot_enter_it_R62() => Given(Begun, Prepared).When(Offer(Verdict.Right, from: Elsewhere)).ThenRefused(Refusal.NotPrepared);

    [Fact]
    public void five_wrong_on_one_leave_the_others_R38() => Given([StepUpBegun, .. Times(5, new VerificationRejected(Password))]).When(Offer(Verdict.Right, AnnsApp)).Then(new VerificationAccepted(AnnsApp));

    [Fact]
    public void whoever_waits_is_not_compared_R19_R55() =>
        Given(Begun, Prepared).Standing(new(10, SecondsLater(30))).When(Offer(Verdict.Right))
            .ThenRefusedUntil(SecondsLater(30), Refusal.Waiting, leaving: new VerificationRefused(NewPhone, RefusalReason.Waiting, SecondsLater(30)));

    [Fact]
    public void whoever_waits_is_sent_nothing_R55() =>
        Given(Begun).Standing(new(10, SecondsLater(30))).When(AskForCode())
            .ThenRefusedUntil(SecondsLater(30), Refusal.Waiting, leaving: new VerificationRefused(NewPhone, RefusalReason.Waiting, SecondsLater(30)));

    [Fact]
    public void a_late_code_is_told_once() =>
        Given(Begun, Prepared, new VerificationRefused(NewPhone, RefusalReason.CodeExpired, null)).When(Offer(Verdict.Right), at: MinutesLater(5)).ThenRefused(Refusal.CodeExpired);

    [Fact]
    public void a_guess_that_nobody_compared_is_a_bug() => Given(Begun, Prepared).When(Offer()).ThenItIsABug();

    [Fact]
    public void nothing_is_told_of_what_did_not_begin() => Should.Throw<InvalidOperationException>(() => Verification.Evolve(Verification.Initial, Accepted));

    [Fact]
    public void what_a_code_is_made_from_is_not_printed_R24() => AskForCode().ToString().ShouldNotContain("nonce");

    /// <summary>Whatever is asked, of whatever, by whichever session, after however long.</summary>
    [Fact]
    public void no_sequence_gives_more_than_five_guesses_R14()
    {
        Authenticator[] all = [NewPhone, AnnsPhone, AnnsMailbox, AnnsApp, Password];
        var step = Gen.Select(Gen.Int[0, 2], Gen.Int[0, all.Length - 1], Gen.Bool, Gen.OneOf(new[] { 0, 1, 31, 100, 200, 400 }.Select(seconds => Gen.Const(seconds)).ToArray()));
        var most = 0;
        step.Array[1, 80].Sample(steps =>
        {
            var (verification, now, compared, text) = (Verification.Evolve(Verification.Initial, Begun), NineOClock, new Dictionary<Authenticator, int>(), 0);
            foreach (var (what, which, here, seconds) in steps)
            {
                now += TimeSpan.FromSeconds(seconds);
                var (circumstances, session) = (Circumstances.At(now, People.Ann), here ? Here : Elsewhere);
                VerificationCommand command = what == 0 ? AskForCode(++text, all[which], session) : Offer(Verdict.Wrong, all[which], session);
                if (what != 0 && VerificationDecider.MayGuess(all[which], session, verification, circumstances)) compared[all[which]] = compared.GetValueOrDefault(all[which]) + 1;
                verification = VerificationDecider.Decide(command, verification, circumstances).Events.Aggregate(verification, Verification.Evolve);
            }

            most = Math.Max(most, compared.Values.DefaultIfEmpty().Max());
            return compared.Values.All(guesses => guesses <= 5);
        }, iter: 20_000, threads: 1);
        most.ShouldBe(5, "the sweep is worth nothing if it never gets there");
    }
}
