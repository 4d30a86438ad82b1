using Auth.Domain.SignIns;
using Auth.Domain.SignUps;
using Auth.Specs.Given;

namespace Auth.Specs.Deciding;

/// <summary>Every command at every stage of a sign-up: the whole table, answered. One row a command, one column a stage.</summary>
public class SignUpOrderSpecs : SignUpSpec
{
    private const string Yes = "yes", None = "NoSuchSignIn", Done = "AlreadyConverted", Over = "SignUpEnded", First = "NotPrepared", Twice = "AlreadyVerified", Bug = "bug";

    private static readonly Func<SignUpCommand, SignUpStory>[] Stages =
    [
        command => Given().When(command),
        command => Given(Begun).When(command),
        command => Given(Begun, AddressGiven).When(command),
        command => Given(CodeSent).When(command),
        command => Given(Begun, AddressGiven, Mailed, AddressProved).When(command),
        command => Given([.. CodeSent, AddressProved, Completed]).When(command),
        command => Given([.. CodeSent, Expired]).When(command),
        command => Given([.. CodeSent, Superseded]).When(command),
        command => Given(CodeSent).When(command, at: MinutesLater(24 * 60)),
    ];

    //                                        nothing begun  given  code sent proved complete expired superseded out of time
    [Theory]
    [InlineData(typeof(BeginSignUp),          Yes,    Bug,   Bug,   Bug,      Bug,   Bug,     Bug,    Bug,       Bug)]
    [InlineData(typeof(GiveMore),             None,   Yes,   Yes,   Yes,      Yes,   Done,    Over,   Over,      Over)]
    [InlineData(typeof(PrepareSignUpCode),    None,   First, Yes,   Yes,      Twice, Done,    Over,   Over,      Over)]
    [InlineData(typeof(AttemptSignUpCode),    None,   First, First, Yes,      Twice, Done,    Over,   Over,      Over)]
    [InlineData(typeof(ExpireSignUp),         None,   Yes,   Yes,   Yes,      Yes,   Done,    Over,   Over,      Over)]
    [InlineData(typeof(SupersedeSignUp),      None,   Yes,   Yes,   Yes,      Yes,   Done,    Over,   Over,      Over)]
    public void each_step_has_its_turn(Type command, params string[] answers) =>
        Stages.Select(stage => stage(Commands[command]).Answer()).ShouldBe(answers);

    [Fact]
    public void no_command_is_without_a_row() =>
        typeof(SignUpCommand).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(SignUpCommand))).ShouldBe(Commands.Keys, ignoreOrder: true);

    [Fact]
    public void the_hosts_question_and_the_decision_agree_everywhere_R55() =>
        Stages.Select(stage => stage(Offer(Verdict.NotChecked)).IsCompared).ShouldBe(Stages.Select(stage => stage(Offer(Verdict.NotChecked)).Answer() == Bug));

    private static readonly Dictionary<Type, SignUpCommand> Commands = new()
    {
        [typeof(BeginSignUp)] = Begin(Address),
        [typeof(GiveMore)] = Give(Number),
        [typeof(PrepareSignUpCode)] = Ask(),
        [typeof(AttemptSignUpCode)] = Offer(Verdict.Right),
        [typeof(ExpireSignUp)] = new ExpireSignUp(),
        [typeof(SupersedeSignUp)] = new SupersedeSignUp(People.Id(0x52)),
    };
}
