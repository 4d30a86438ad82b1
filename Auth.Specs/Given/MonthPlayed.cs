using Auth.Domain.Instances;
using Auth.Domain.SignIns;
using Auth.Specs.Reading;

namespace Auth.Specs.Given;

/// <summary>A month as it goes under some settings, played act by act: the brute force that anything cleverer has to agree with.</summary>
public sealed class MonthPlayed
{
    private readonly Settings _settings;
    private readonly Dictionary<(Guid, Authenticator, int), Standing> _standing = [];
    private readonly Dictionary<Guid, List<DateTimeOffset>> _sent = [];
    private readonly Dictionary<(DateOnly, string), int> _days = [];
    private readonly Dictionary<(Guid, Guid), DeviceTrust> _trusts = [];
    private readonly HashSet<(Guid Client, Guid User)> _known = [];

    /// <summary>Plays it.</summary>
    /// <param name="only">Only what people did then: whoever was done, did no more.</param>
    /// <param name="told">Each act's facts as they come.</param>
    public MonthPlayed(Month month, Settings settings, MonthPlayed? only = null, Action<Script, Act, DateTimeOffset, IReadOnlyList<SignInEvent>>? told = null)
    {
        _settings = settings;
        States = month.Scripts.ToDictionary(script => script.SignIn, script => SignIn.Initial with { Id = script.SignIn });
        foreach (var (script, (act, at)) in month.Scripts.SelectMany(script => script.Acts.Select(act => (script, act))).OrderBy(x => x.act.At).ThenBy(x => x.script.SignIn))
        {
            if (only?.Done.Contains((script.SignIn, at)) is false) continue;
            var facts = Decide(script, act, at, only);
            if (facts.Count == 0) continue;
            Done.Add((script.SignIn, at));
            told?.Invoke(script, act, at, facts);
        }
    }

    public Dictionary<Guid, SignIn> States { get; }

    public HashSet<(Guid, DateTimeOffset)> Done { get; } = [];

    /// <summary>Proofs that were compared: of others nobody knows whether they were right.</summary>
    public HashSet<(Guid, DateTimeOffset)> Compared { get; } = [];

    /// <summary>Sign-ins in which one would have been that was not then.</summary>
    public HashSet<Guid> Unknown { get; } = [];

    public Dictionary<string, long> Texts { get; } = [];

    private IReadOnlyList<SignInEvent> Decide(Script script, Act act, DateTimeOffset at, MonthPlayed? then)
    {
        var (who, client, state) = (script.Who, script.Client, States[script.SignIn]);
        if (state is SignIn.Finished or SignIn.Ended || (act is Act.Sweep && !(state is SignIn.Open open && open.IsOver(at)))) return [];
        var command = Command(script, act, at, state);
        var on = act is Act.Ask or Act.RightCode or Act.WrongCode ? who.Phone : Authenticator.Password;
        var row = (who.Id, on, _known.Contains((client, who.Id)) ? client.ToByteArray()[^1] % 4 : -1);
        var sent = act is Act.Ask ? new Sendings(_sent.GetValueOrDefault(on.Id!.Value, []), _sent.GetValueOrDefault(who.Id, []), null) { Traffic = new(who.Country, null, Texted(at, ""), Texted(at, who.Country), false) } : Sendings.None;
        var now = new Circumstances(at, who.User, _standing.GetValueOrDefault(row, Standing.Clean), sent, _settings) { Trust = _trusts.GetValueOrDefault((client, who.Id)) };
        if (command is Guess guess)
        {
            if (!SignInDecider.MayGuess(guess, state, now)) command = guess with { Verdict = Verdict.NotChecked };
            else if (then?.Compared.Contains((script.SignIn, at)) is not false) Compared.Add((script.SignIn, at));
            else
            {
                Unknown.Add(script.SignIn);
                return [];
            }
        }

        var decision = SignInDecider.Decide(command, state, now);
        States[script.SignIn] = decision.Events.Aggregate(state, SignIn.Evolve);
        if (command is Guess) _standing[row] = now.Standing.After(decision, at, _settings.Dials);
        if (decision.Events.OfType<SecondFactorPrepared>().Any()) Text(who, at);
        if (decision.Events.OfType<DeviceTrusted>().SingleOrDefault() is { } trusted) _trusts[(client, who.Id)] = new(trusted.Trust, who.Id, who.User.TrustVoided, script.SignIn, at, trusted.Until);
        if (decision.Converts)
        {
            foreach (var proved in new[] { Authenticator.Password, on })
            {
                _standing.Remove((who.Id, proved, row.Item3));
                if (_standing.GetValueOrDefault((who.Id, proved, -1)) is { Disabled: false }) _standing.Remove((who.Id, proved, -1));
            }

            _known.Add((client, who.Id));
        }

        return decision.Events;
    }

    private void Text(Somebody who, DateTimeOffset at)
    {
        foreach (var row in new[] { who.Number!.Value, who.Id }) (_sent.TryGetValue(row, out var sent) ? sent : _sent[row] = []).Add(at);
        foreach (var place in new[] { "", who.Country }) _days[(DateOnly.FromDateTime(at.UtcDateTime), place)] = Texted(at, place) + 1;
        Texts[who.Country] = Texts.GetValueOrDefault(who.Country) + 1;
    }

    private int Texted(DateTimeOffset at, string place) => _days.GetValueOrDefault((DateOnly.FromDateTime(at.UtcDateTime), place));

    private static SignInCommand Command(Script script, Act act, DateTimeOffset at, SignIn state)
    {
        var session = new Guid(script.SignIn.ToByteArray().Reverse().ToArray());
        return act switch
        {
            Act.RightPassword or Act.WrongPassword when state is SignIn.NotStarted =>
                new CreateSignIn(script.Client, IdentifierKind.EmailAddress, new(script.Who.Id, "Ym94"), Strategy.Password) { Verdict = act is Act.RightPassword ? Verdict.Right : Verdict.Wrong, Session = session },
            Act.RightPassword => new AttemptFirstFactor(Strategy.Password) { Verdict = Verdict.Right, Session = session },
            Act.WrongPassword => new AttemptFirstFactor(Strategy.Password) { Verdict = Verdict.Wrong },
            Act.Ask           => new PrepareSecondFactor(Strategy.PhoneCode, script.Who.Number, new Guid((int)(at - Month.First).TotalSeconds, 0, 0, script.SignIn.ToByteArray()[..8]), "00ff", Histories.Id(5)),
            Act.RightCode     => new AttemptSecondFactor(Strategy.PhoneCode, script.Trusts ? script.SignIn : null) { Verdict = Verdict.Right, Session = session },
            Act.WrongCode     => new AttemptSecondFactor(Strategy.PhoneCode) { Verdict = Verdict.Wrong },
            _                 => new Expire(),
        };
    }
}
