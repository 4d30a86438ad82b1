using System.Buffers.Binary;
using Auth.Domain.Instances;
using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Host.Audit.Recorded;
using Auth.Projections;
using JasperFx.Events;

namespace Auth.Host.Audit.WhatIf;

/// <summary>A recorded step, as it is asked of every world: the same request, by the same person, at the same instant.</summary>
/// <param name="Client">Of the sign-in.</param>
internal sealed record Moment(Guid SignIn, Guid Client, User? User, RecordedStep Step, SignInCommand Command, DateTimeOffset At)
{
    /// <summary>Somebody asked; the sweep is nobody.</summary>
    internal bool IsAsked => Step.First.GetHeader(EventHeaders.Address) is not null;

    internal static Moment Of(Guid client, User? user, RecordedStep step, SignInCommand command, Settings settings) =>
        new(step.First.StreamId, client, user, step, Fresh(command, step.First), Surroundings.DecidedAt(step, settings.Dials));

    /// <summary>What the record says of a text that left or was kept.</summary>
    internal TextHints Hints(Func<Authenticator, string?> countryOf, Authenticator? on)
    {
        var told = Step.Facts.Select(fact => fact switch
        {
            FirstFactorPrepared x  => (x.Country, Reason: x.Noted, Until: null),
            SecondFactorPrepared x => (x.Country, Reason: x.Noted, Until: null),
            _                      => Surroundings.Refusing(fact) is var (reason, until, country) ? (country, reason, until) : default((string? Country, RefusalReason? Reason, DateTimeOffset? Until)),
        }).FirstOrDefault(x => x.Country is not null || x.Reason is not null);
        return new(told.Country ?? (on is null ? null : countryOf(on)), told is { Reason: RefusalReason.Country, Country: null }, told.Reason is RefusalReason.Prefix, null);
    }

    /// <summary>Until when the record refuses a text for there being too many.</summary>
    internal DateTimeOffset? LimitedUntil => Step.Facts.Select(Surroundings.Refusing).FirstOrDefault(x => x is { Reason: RefusalReason.SendLimit })?.Until;

    // Where nothing left there is no message to take the id of; the event's number makes one, the same on every run.
    private static SignInCommand Fresh(SignInCommand command, IEvent e) => command switch
    {
        PrepareFirstFactor { Text: var text } x when text == Guid.Empty                => x with { Text = Made(e) },
        PrepareSecondFactor { Text: var text } x when text == Guid.Empty               => x with { Text = Made(e) },
        CreateSignIn { Asked: { Text: var text } asked } x when text == Guid.Empty     => x with { Asked = asked with { Text = Made(e) } },
        _                                                                              => command,
    };

    private static Guid Made(IEvent e)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], e.Sequence);
        return new(bytes, bigEndian: true);
    }
}
