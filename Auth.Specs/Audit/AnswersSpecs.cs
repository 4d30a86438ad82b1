using Auth.Host.Audit;
using Auth.Host.Audit.Telling;
using Auth.Host.Audit.Verbs;
using Auth.Host.Database;
using Auth.Host.Http;
using static Auth.Specs.Reading.Histories;

namespace Auth.Specs.Audit;

/// <summary>How the command answers when there is nothing to tell.</summary>
public class AnswersSpecs : AuditSpec
{
    [Fact]
    public async Task a_sign_in_that_is_not_there_is_1_and_a_line_on_stderr()
    {
        var (histories, _) = await GivenAnn();
        await using var __ = histories;

        (await Asked(histories, "show", TheSignIn)).ShouldBe(new Answer(1, "", $"There is no sign-in {TheSignIn}.{Environment.NewLine}"));
    }

    [Fact]
    public async Task a_persons_id_is_not_a_sign_ins()
    {
        var (histories, _) = await GivenAnn();
        await using var __ = histories;

        (await Asked(histories, "show", $"{new UserId(Ann)}")).Code.ShouldBe(1);
    }

    [Theory]
    [InlineData("audit")]
    [InlineData("audit", "look")]
    [InlineData("audit", "show")]
    [InlineData("audit", "list", "--outcome", "fine")]
    [InlineData("audit", "list", "--since", "yesterday")]
    [InlineData("audit", "list", "--user", "sia_0000000000000000000000000a")]
    [InlineData("audit", "replay", "sia_0000000000000000000000000a", "--at", "2026-03-02", "--version", "1")]
    public async Task bad_usage_is_64_with_help_on_stderr(params string[] args)
    {
        var (code, data, words) = await Asked("Host=localhost", args);
        (code, data).ShouldBe((64, ""));
        words.ShouldContain("Usage:");
    }

    [Fact]
    public async Task help_is_data()
    {
        var (code, data, words) = await Asked("Host=localhost", "audit", "replay", "--help");
        (code, words).ShouldBe((0, ""));
        data.ShouldContain("--version");
    }

    [Fact]
    public async Task a_database_that_does_not_answer_is_69() =>
        (await Asked("Host=127.0.0.1;Port=1;Username=nobody;Timeout=3", "audit", "list")).Code.ShouldBe(69);

    private static async Task<(int Code, string Data, string Words)> Asked(string connection, params string[] args)
    {
        var (data, words) = (new StringWriter(), new StringWriter());
        var code = await AuditCommand.Run(args, new Terminal(data, words, TextReader.Null, 100, Colours: false),
            new Dictionary<string, string?> { [ChosenDatabase.Key] = connection }, TimeProvider.System, TestContext.Current.CancellationToken);
        return (code, data.ToString(), words.ToString());
    }
}
