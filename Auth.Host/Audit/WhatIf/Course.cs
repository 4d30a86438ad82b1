using Auth.Domain.SignIns;

namespace Auth.Host.Audit.WhatIf;

/// <summary>One sign-in on its way through both worlds: where they part, and how they end.</summary>
/// <param name="counted">It began in the window.</param>
internal sealed class Course(Guid signIn, Identified begun, DateTimeOffset at, bool counted)
{
    private (long Version, string Why)? _parted;
    private bool _unknown, _unlike;

    internal Guid Client => begun.Client;

    internal Guid? User { get; private set; } = begun.User;

    internal bool Counted => counted;

    /// <summary>Nobody is a stranger under other settings: what they do becomes no session, and nothing is sent for it.</summary>
    internal bool IsStranger => User is null && begun.Kind is not IdentifierKind.Passkey;

    /// <summary>A passkey's answer said who it is.</summary>
    internal void Name(Guid? user) => User ??= user;

    internal void Step(Moment moment, Decision? recorded, Decision? supposed)
    {
        _unlike |= recorded is null || !recorded.Events.Select(Kind).SequenceEqual(moment.Step.Facts.Select(Kind));
        _unknown |= supposed is null;
        if (_parted is null && supposed is { Refusal: { } refusal } && recorded?.Refusal != refusal) _parted = (moment.Step.First.Version, AuditJson.Snake($"{refusal}"));
    }

    /// <summary>That it could not even be asked under these settings, or under those.</summary>
    internal void Unlike() => _unlike = true;

    internal Case End(SignIn recorded, SignIn supposed)
    {
        var (effect, why) = (recorded, supposed) switch
        {
            _ when _unlike                                                                                      => (Effect.NotReproduced, null),
            (SignIn.Finished { Conversion.Task: null }, SignIn.Finished { Conversion.Task: { } task })          => (Effect.Challenged, AuditJson.Snake($"{task}")),
            (SignIn.Finished { Conversion.Task: not null }, SignIn.Finished { Conversion.Task: null })          => (Effect.LetIn, null),
            (SignIn.Finished, SignIn.Finished)                                                                  => (Effect.Same, null),
            (SignIn.Finished { Second: null }, SignIn.AwaitingSecondFactor)                                     => (Effect.Challenged, "second_factor"),
            (SignIn.Finished, _)                                                                                => (Effect.Blocked, _parted?.Why),
            (_, SignIn.Finished)                                                                                => (Effect.LetIn, null),
            _ when _unknown                                                                                     => (Effect.Undecided, null),
            _                                                                                                   => (Effect.Same, (string?)null),
        };
        return new(signIn, User, at, effect, effect is Effect.Blocked ? _parted?.Version : null, why);
    }

    // Instants are a moment apart: what was decided is compared, not when.
    private static (Type, Authenticator?, RefusalReason?) Kind(SignInEvent fact) => (fact.GetType(), Recorded.Surroundings.On(fact), Recorded.Surroundings.Refusing(fact)?.Reason);
}
