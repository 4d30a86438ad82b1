using System.Text.Json;
using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Host.Audit;
using Auth.Host.Audit.Telling;
using Auth.Host.Audit.Verbs;
using Auth.Host.Database;
using Auth.Host.Http;
using Auth.Host.Keys;
using Auth.Projections;
using Auth.Specs.Reading;
using static Auth.Specs.Reading.Histories;

namespace Auth.Specs.Audit;

/// <summary>Histories that an auditor can read, and what the command answers.</summary>
public abstract class AuditSpec
{
    protected static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);

    protected static string TheSignIn => $"{new SignInId(Attempt)}";

    /// <summary>Ann with a key of her own, an address and a number that are sealed with it.</summary>
    protected static async Task<(Histories Histories, Key Key)> GivenAnn()
    {
        var histories = await New();
        var (key, document) = histories.Keys.NewPersonKey(Ann);
        await using var session = histories.Store.LightweightSession("default");
        session.Insert(document);
        await session.SaveChangesAsync(TestContext.Current.CancellationToken);
        await histories.Account(Ann,
        [
            new UserCreated(null, null), new PasswordSet(), new PhoneNumberAdded(AnnsPhone, key.Seal("+15005550012")), new PhoneNumberVerified(AnnsPhone, Vouching.Operator),
            new ReservedForSecondFactor(AnnsPhone), new MadeDefaultSecondFactor(AnnsPhone),
        ]);
        return (histories, key);
    }

    /// <summary>Ann types her address, from somewhere.</summary>
    protected static Task Begins(Histories histories, Key key, Guid signIn, params SignInEvent[] then) =>
        histories.Happened(signIn, [Identified(Ann, key.Seal("ann@example.com")), .. then], OneSecond, headers: new Dictionary<string, string>
        {
            [EventHeaders.Settings] = "1",
            [EventHeaders.Address] = EventHeaders.Write(key.Seal("203.0.113.7")),
            [EventHeaders.Agent] = EventHeaders.Write(key.Seal("curl/8.5.0")),
        });

    /// <summary>Ann types her address and her password, and gets a code.</summary>
    protected static SignInEvent[] UpToTheCode => [Password, Texted(), new TextHandedOver(Text, "s1")];

    protected static async Task<Answer> Asked(Histories histories, params string[] args)
    {
        var (data, words) = (new StringWriter(), new StringWriter());
        var code = await AuditCommand.Run(["audit", .. args], new Terminal(data, words, new StringReader(""), 100, Colours: false), new Dictionary<string, string?>
        {
            [ChosenDatabase.Key] = histories.Connection,
            ["Auth:Instances:other:PublicUrl"] = "https://other.example.com",
            ["Auth:Keys:Root"] = Convert.ToBase64String(new byte[RootKey.Length]),
        }, histories.Clock, TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper?.WriteLine($"{data}\n{words}");
        return new(code, data.ToString(), words.ToString());
    }

    protected sealed record Answer(int Code, string Data, string Words)
    {
        public JsonElement Json => JsonDocument.Parse(Data).RootElement;
    }
}
