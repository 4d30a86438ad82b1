using Auth.Domain.Instances;
using Auth.Domain.SignIns;
using Auth.Domain.Users;
using JasperFx.Events;

namespace Auth.Host.Audit.WhatIf;

/// <summary>
/// The past under one choice of settings: every step decided by the real decider, its failures and texts counting against the next. The recorded world is kept to what was told;
/// the supposed one goes its own way.
/// </summary>
internal sealed class World(Func<IEvent, Settings> settings, string? home)
{
    private readonly Dictionary<Guid, SignIn> _signIns = [];
    private readonly Dictionary<(Guid Client, Guid User), DeviceTrust> _trusted = [];
    private readonly Dictionary<Guid, string> _countries = [];
    private readonly Standings _standings = new();
    private readonly TextsSent _texts = new(home);

    internal SignIn Of(Guid signIn) => _signIns.GetValueOrDefault(signIn) ?? SignIn.Initial with { Id = signIn };

    /// <summary>What would be decided; null where it would be looked at, and nobody ever did.</summary>
    internal Decision? Decide(Moment moment, TextHints hints)
    {
        var (signIn, command) = (Of(moment.SignIn), moment.Command);
        if (command is Expire && signIn is SignIn.Open open && !open.IsOver(moment.At) && moment.Step.Facts[0] is Expired) return moment.IsAsked ? null : Decision.Accept();
        var now = Now(moment, hints);
        if (command is not Guess guess) return SignInDecider.Decide(command, signIn, now);
        var looks = SignInDecider.MayGuess(guess, signIn, now);
        return looks && guess.Verdict is Verdict.NotChecked ? null : SignInDecider.Decide(looks ? guess : guess with { Verdict = Verdict.NotChecked }, signIn, now);
    }

    /// <summary>Whether its own counts keep a text from leaving.</summary>
    internal bool Limits(Moment moment, TextHints hints) => Now(moment, hints) is var now && now.Sent.LimitedUntil(moment.At, now.Dials) is not null;

    /// <summary>It happened.</summary>
    /// <returns>The country of a text that left by it; empty where that is unknown.</returns>
    internal string? Take(Moment moment, IReadOnlyList<SignInEvent> facts, TextHints hints)
    {
        var (before, on, settings) = (Of(moment.SignIn), On(moment), Settings(moment));
        var sent = facts.Select(Message.Of).OfType<Message>().FirstOrDefault(message => message.TextNumber > ((before as SignIn.Begun)?.Record.TextFor(message.Authenticator)?.TextNumber ?? 0));
        var after = _signIns[moment.SignIn] = facts.Aggregate(before, SignIn.Evolve);
        if (moment.User is not { } user) return null;

        if (on is not null && moment.Command is Guess && !facts.Any(fact => fact is Converted))
            _standings.Set(user.Id, on, moment.Client, _standings.Of(user.Id, on, moment.Client).After(new(facts, null), moment.At, settings.Dials));
        if (facts.OfType<DeviceTrusted>().SingleOrDefault() is { } trusted)
            _trusted[(moment.Client, user.Id)] = new(trusted.Trust, user.Id, user.TrustVoided, moment.SignIn, moment.At, trusted.Until);
        if (after is SignIn.Finished finished && before is not SignIn.Finished)
            _standings.Converted(user.Id, moment.Client, new[] { finished.First.Authenticator, finished.Second }.OfType<Authenticator>());
        if (sent is not { Authenticator.Id: not null }) return null;
        Left(sent.Authenticator, before is SignIn.AwaitingSecondFactor ? user.Id : null, hints.Country, moment.At);
        return sent.Authenticator.Strategy.Traits().By is Channel.Text ? hints.Country ?? "" : null;
    }

    /// <summary>Another sign-in took its place, or something else that nobody asked of it.</summary>
    internal void Aside(Guid signIn, SignInEvent fact)
    {
        if (_signIns.GetValueOrDefault(signIn) is SignIn.Open open) _signIns[signIn] = SignIn.Evolve(open, fact);
    }

    internal void Happened(Guid user, UserEvent fact)
    {
        _standings.Happened(user, fact);
        if (fact is DeviceTrustRevoked revoked)
            foreach (var key in _trusted.Where(row => row.Value.Id == revoked.Trust).Select(row => row.Key).ToList()) _trusted.Remove(key);
    }

    /// <summary>A text left for something else than a sign-in.</summary>
    internal void Texted(Authenticator? to, Guid? user, string country, DateTimeOffset at)
    {
        if (to is null) _texts.Count(country, at);
        else Left(to, user, country, at);
    }

    internal string? CountryOf(Authenticator on) => on.Id is { } id ? _countries.GetValueOrDefault(id) : null;

    internal Authenticator? On(Moment moment) => moment.Command switch
    {
        CreateSignIn { Asked: { } asked }       => new(asked.Strategy!.Value, asked.Identifier),
        CreateSignIn { Offered: { } offered }   => new(offered),
        PrepareFirstFactor { Strategy: { } by } x => new(by, x.Identifier),
        PrepareSecondFactor { Strategy: { } by } x => moment.User?.SecondFactor(by, x.To),
        AttemptFirstFactor x                    => AttemptFirstFactor.On(x.Strategy, Of(moment.SignIn)),
        AttemptSecondFactor x                   => AttemptSecondFactor.On(x.Strategy, Of(moment.SignIn), moment.User),
        _                                       => null,
    } is { } on && !on.Strategy.Traits().Signs ? on : null;

    internal void Close(Guid signIn) => _signIns.Remove(signIn);

    private Settings Settings(Moment moment) => settings(moment.Step.First);

    private Circumstances Now(Moment moment, TextHints hints)
    {
        var (on, user) = (On(moment), moment.User);
        var standing = on is not null && user is not null ? _standings.Of(user.Id, on, moment.Client) : Standing.Clean;
        var sent = on is null || !on.Strategy.Traits().Prepared ? Sendings.None : _texts.Before(on, moment.Command is PrepareSecondFactor ? user?.Id : null, moment.At, hints);
        return new(moment.At, user, standing, sent, Settings(moment)) { Trust = user is null ? null : _trusted.GetValueOrDefault((moment.Client, user.Id)) };
    }

    private void Left(Authenticator on, Guid? user, string? country, DateTimeOffset at)
    {
        if (country is not null && on.Id is { } id) _countries[id] = country;
        _texts.Left(on, user, country, at);
    }
}
