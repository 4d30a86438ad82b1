using Auth.Domain;
using Auth.Domain.SignIns;
using Auth.Domain.SignUps;
using Auth.Domain.Users;
using Auth.Domain.Verifications;
using Auth.Host.Audit.Telling;
using JasperFx.Events;

namespace Auth.Host.Audit.Streams;

/// <summary>Any stream but a sign-in's, as read at one moment.</summary>
/// <param name="Events">Oldest first; of a session with the conversion that began it.</param>
/// <param name="Others">The person's sign-ins, where something of theirs was disabled because of them.</param>
public sealed record StreamHistory(StreamKind Kind, Guid Id, IReadOnlyList<IEvent> Events, IReadOnlyList<IEvent> Others)
{
    /// <summary>Its id as it is written outside.</summary>
    public string Name => Kind.Write(Id);

    /// <summary>What in it is sealed, for whoever wants to open it.</summary>
    public IEnumerable<Sealed> SealedValues => Events.SelectMany(e => e.Data switch
    {
        UserCreated x           => [x.FirstName, x.LastName],
        NamesChanged x          => [x.FirstName, x.LastName],
        EmailAddressAdded x     => [x.Address],
        PhoneNumberAdded x      => [x.Number],
        PasskeyAdded x          => [x.Name],
        PasskeyRenamed x        => [x.Name],
        RecoveryStarted x       => [x.Reason],
        SignUpIdentifierGiven x => [x.Value],
        SignUpNameGiven x       => [x.FirstName, x.LastName],
        _                       => Array.Empty<Sealed?>(),
    }).OfType<Sealed>();

    /// <summary>Folds it again up to an instant, one event at a time.</summary>
    public Replay Replay(DateTimeOffset at, Personal personal)
    {
        var (steps, past) = (new List<Step>(), new List<IEvent>());
        var before = Kind.Name is "instance" ? InstanceRows.Of(Domain.Instances.Instance.Initial) : StreamState.Nothing;
        foreach (var e in Events.Where(e => e.Timestamp <= at))
        {
            past.Add(e);
            var after = StreamState.Of(past, e.Timestamp, personal);
            steps.Add(new(e, Phrases.Of(e, personal), after.Stage, [.. after.Since(before)], Why(e, past)));
            before = after;
        }

        return new([.. steps], at, StreamState.Of(past, at, personal).Stage);
    }

    private Reason? Why(IEvent e, List<IEvent> past) => e.Data switch
    {
        SignUpCodeRefused x     => Refused(x.Authenticator, x.Reason, past),
        VerificationRefused x   => Refused(x.Authenticator, x.Reason, past),
        AuthenticatorDisabled x => Disabled(Failures.InARow(new(Guid.Empty, [], [], Others, 0), e, x.Authenticator), x.Authenticator),
        _                       => null,
    };

    private static Reason? Refused(Authenticator on, RefusalReason reason, List<IEvent> past) => reason switch
    {
        RefusalReason.Closed      => past.FindAll(x => Missed(x) == on) is var wrong ? new($"{wrong.Count} wrong guesses", wrong) : null,
        RefusalReason.CodeExpired => past.LastOrDefault(x => x.Message()?.Authenticator == on) is { } sent ? new($"its code was good until {Changes.Time(sent.Message()!.Code.ExpiresAt)}", [sent]) : null,
        _                         => null,
    };

    private static Reason Disabled(List<IEvent> row, Authenticator on) =>
        row.Count == 0 ? new("of failures outside of sign-ins", []) : new($"{row.Count} failures in a row on the {Changes.Name(on)}", row);

    private static Authenticator? Missed(IEvent e) => e.Data switch { SignUpCodeRejected x => x.Authenticator, VerificationRejected x => x.Authenticator, _ => null };
}
