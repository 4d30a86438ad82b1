using Auth.Domain.SignIns;
using Auth.Specs.Given;

namespace Auth.Specs.Deciding;

/// <summary>Every command at every stage: the whole table, answered (R01, R02, R10, R11, R22). One row a command, one column a stage.</summary>
public class OrderSpecs : SignInSpec
{
    private const string Yes = "yes", None = "NoSuchSignIn", Turn = "OutOfOrder", Done = "AlreadyConverted", Over = "SignInExpired", Newer = "SignInSuperseded", First = "NotPrepared", NoKey = "NoSuchFactor";

    private static readonly Func<SignInCommand, Story>[] Stages = StagesOf(CodeSent, SecondFactorVerified), MailedStages = StagesOf(MailSent, MailVerified);

    private static SecondFactorVerified MailVerified => new(AnnsMailbox);

    private static Func<SignInCommand, Story>[] StagesOf(SignInEvent[] sent, SecondFactorVerified second) =>
    [
        command => Given().When(command),
        command => Given(Identified).When(command),
        command => Given(Identified, ResetVerified).When(command),
        command => Given(Identified, FirstFactorVerified).When(command),
        command => Given(sent).When(command),
        command => Given([.. sent, second, Converted]).When(command),
        command => Given([.. sent, Expired]).When(command),
        command => Given([.. sent, Superseded]).When(command),
        command => Given([.. sent, Invalidated]).When(command),
        command => Given(Identified).When(command, at: MinutesLater(15)),
        command => Given(sent).When(command, at: MinutesLater(10)),
        command => Given(sent).About(AnnWithHerPhoneReleased).When(command),
        command => Given([.. sent, second, Converted]).About(AnnWithHerPhoneReleased).When(command, at: MinutesLater(60)),
    ];

    //                                        nothing identified new password first factor code sent session expired superseded invalidated  out of time (1st, 2nd)  other epoch, session later
    [Theory]
    [InlineData(typeof(CreateSignIn),         Yes,    Turn,      Turn,        Turn,        Turn,     Turn,   Turn,   Turn,      Turn,        Turn,     Turn,         Turn,        Turn)]
    [InlineData(typeof(BeginProved),          Yes,    Turn,      Turn,        Turn,        Turn,     Turn,   Turn,   Turn,      Turn,        Turn,     Turn,         Turn,        Turn)]
    [InlineData(typeof(PrepareFirstFactor),   None,   Yes,       Turn,        Turn,        Turn,     Done,   Over,   Newer,     Over,        Over,     Over,         Over,        Done)]
    [InlineData(typeof(ChallengeFirstFactor), None, Yes,       Turn,        Turn,        Turn,     Done,   Over,   Newer,     Over,        Over,     Over,         Over,        Done)]
    [InlineData(typeof(AttemptFirstFactor),   None,   Yes,       Turn,        Turn,        Turn,     Done,   Over,   Newer,     Over,        Over,     Over,         Over,        Done)]
    [InlineData(typeof(ResetPassword),        None,   Turn,      Yes,         Turn,        Turn,     Done,   Over,   Newer,     Over,        Over,     Over,         Over,        Done)]
    [InlineData(typeof(PrepareSecondFactor),  None,   Turn,      Turn,        Yes,         Yes,      Done,   Over,   Newer,     Over,        Over,     Over,         Over,        Done)]
    [InlineData(typeof(ChallengeSecondFactor), None, Turn,     Turn,        NoKey,       NoKey,    Done,   Over,   Newer,     Over,        Over,     Over,         Over,        Done)]
    [InlineData(typeof(AttemptSecondFactor),  None,   Turn,      Turn,        First,       Yes,      Done,   Over,   Newer,     Over,        Over,     Over,         Over,        Done)]
    [InlineData(typeof(Expire),               None,   Turn,      Turn,        Turn,        Turn,     Done,   Over,   Newer,     Over,        Over,     Over,         Over,        Done)]
    public void each_step_has_its_turn(Type command, params string[] answers) =>
        Stages.Select(stage => stage(Commands[command]).Answer()).ShouldBe(answers);

    /// <summary>The same table where the operator lets mailed codes stand in: a mail is no way around any of it.</summary>
    //                             nothing identified new password first factor mail sent session expired superseded invalidated  out of time (1st, 2nd)  other epoch, session later
    [Theory]
    [InlineData(Strategy.EmailCode, false, None, Turn,      Turn,        Yes,         Yes,      Done,   Over,   Newer,     Over,        Over,     Over,         Over,        Done)]
    [InlineData(Strategy.EmailCode, true,  None, Turn,      Turn,        First,       Yes,      Done,   Over,   Newer,     Over,        Over,     Over,         Over,        Done)]
    [InlineData(Strategy.PhoneCode, false, None, Turn,      Turn,        Yes,         Yes,      Done,   Over,   Newer,     Over,        Over,     Over,         Over,        Done)]
    [InlineData(Strategy.PhoneCode, true,  None, Turn,      Turn,        First,       First,    Done,   Over,   Newer,     Over,        Over,     Over,         Over,        Done)]
    public void each_step_by_mail_has_its_turn(Strategy by, bool attempt, params string[] answers) =>
        MailedStages.Select(stage => stage(attempt ? OfferCode(Verdict.Right, by) : AskForCode() with { Strategy = by }).Under(WithMail).Answer()).ShouldBe(answers);

    [Fact]
    public void no_command_is_without_a_row() =>
        typeof(SignInCommand).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(SignInCommand)) && !type.IsAbstract)
            .ShouldBe(Commands.Keys, ignoreOrder: true);

    [Fact]
    public void the_hosts_question_and_the_decision_agree_everywhere_R55() =>
        (from guess in Commands.Values.OfType<Guess>()
         from stage in Stages
         where Compares(stage(guess with { Verdict = Verdict.NotChecked })) != NeedsVerdict(stage(guess with { Verdict = Verdict.NotChecked }))
         select guess).ShouldBeEmpty();

    private static readonly Dictionary<Type, SignInCommand> Commands = new()
    {
        [typeof(CreateSignIn)] = Create(Strategy.Password, Verdict.Right),
        [typeof(BeginProved)] = new BeginProved(AnnsClient, IdentifierKind.EmailAddress, People.Hidden, new(Strategy.Ticket, People.Id(0x71)), Session),
        [typeof(PrepareFirstFactor)] = AskForFirstCode(),
        [typeof(ChallengeFirstFactor)] = new ChallengeFirstFactor(Challenge),
        [typeof(ChallengeSecondFactor)] = new ChallengeSecondFactor(Challenge),
        [typeof(AttemptFirstFactor)] = OfferPassword(Verdict.Right),
        [typeof(ResetPassword)] = ChooseNewPassword,
        [typeof(PrepareSecondFactor)] = AskForCode(),
        [typeof(AttemptSecondFactor)] = OfferCode(Verdict.Right),
        [typeof(Expire)] = new Expire(),
    };

    private static bool Compares(Story story) => Holds(story.ThenItIsCompared);

    private static bool NeedsVerdict(Story story) => Holds(story.ThenItIsABug);

    private static bool Holds(Action sentence)
    {
        try { sentence(); } catch (ShouldAssertException) { return false; }
        return true;
    }
}
