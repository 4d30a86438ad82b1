using Auth.Domain;
using Auth.Domain.SignIns;
using JasperFx.Events;
using Marten.Events.Aggregation;

namespace Auth.Projections;

/// <summary>One line in a person's list of sign-ins: how far one attempt came, with what, from where. A stranger's has no user, nor has one with a passkey before that said whose it is.</summary>
/// <param name="EndsAt">When it runs out of time, unless the second factor is due earlier.</param>
/// <param name="UpTo">The last event in it, by its number in the whole store.</param>
public sealed record SignInHistory(
    Guid Id, Guid? User, Guid Client, IdentifierKind Kind, Sealed? Identifier, Sealed? Address, Sealed? Agent,
    DateTimeOffset StartedAt, DateTimeOffset EndsAt, long UpTo)
{
    /// <summary>Decided by the first factor, or by the new password: until when the second one has to be right.</summary>
    public DateTimeOffset? SecondFactorBy { get; init; }

    /// <summary>What was told; see <see cref="OutcomeAt"/> for what holds.</summary>
    public Outcome Outcome { get; init; }

    /// <summary>How the first factor was proved.</summary>
    public Strategy? FirstFactor { get; init; }

    /// <summary>How the second factor was proved.</summary>
    public Strategy? SecondFactor { get; init; }

    /// <summary>Wrong passwords and codes.</summary>
    public int WrongGuesses { get; init; }

    /// <summary>Turned away without a look; told once per authenticator, reason and wait.</summary>
    public int Refused { get; init; }

    /// <summary>The texts of this attempt.</summary>
    public Texts Texts { get; init; } = new(0, 0, 0);

    /// <summary>What it became.</summary>
    public Guid? Session { get; init; }

    /// <summary>When it became a session or ended otherwise.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Time ends a sign-in for every reader at once, whether or not that was told yet (R10).</summary>
    public Outcome OutcomeAt(DateTimeOffset now) =>
        Outcome is Outcome.Open && (now >= EndsAt || now >= SecondFactorBy) ? Outcome.Expired : Outcome;

    /// <summary>The same line with one event more; what it holds already changes nothing.</summary>
    public static SignInHistory? Fold(SignInHistory? row, IEvent e) => row switch
    {
        null                                 => e.Data is Identified begun ? Begin(begun, e) : null,
        { UpTo: var upTo } when e.Sequence <= upTo => row,
        _                                    => row.After(e) with { UpTo = e.Sequence },
    };

    private static SignInHistory Begin(Identified begun, IEvent e) => new(
        e.StreamId, begun.User, begun.Client, begun.Kind, begun.Identifier,
        EventHeaders.Read(e.GetHeader(EventHeaders.Address)), EventHeaders.Read(e.GetHeader(EventHeaders.Agent)),
        e.Timestamp, begun.EndsAt, e.Sequence);

    private SignInHistory After(IEvent e) => e.Data switch
    {
        FirstFactorVerified first                         => this with { User = User ?? first.User, FirstFactor = first.Authenticator.Strategy, SecondFactorBy = first.Authenticator.Strategy.Traits().Resets ? null : first.SecondFactorBy },
        PasswordReset reset                               => this with { SecondFactorBy = reset.SecondFactorBy },
        SecondFactorVerified second                       => this with { SecondFactor = second.Authenticator.Strategy },
        FirstFactorRejected or SecondFactorRejected       => this with { WrongGuesses = WrongGuesses + 1 },
        FirstFactorRefused or SecondFactorRefused         => this with { Refused = Refused + 1 },
        TextHandedOver                                    => this with { Texts = Texts with { Sent = Texts.Sent + 1 } },
        TextDelivered                                     => this with { Texts = Texts with { Delivered = Texts.Delivered + 1 } },
        TextUndeliverable                                 => this with { Texts = Texts with { Undeliverable = Texts.Undeliverable + 1 } },
        Converted session when Outcome is Outcome.Open    => this with { Outcome = Outcome.Converted, FinishedAt = e.Timestamp, Session = session.Session },
        Expired when Outcome is Outcome.Open              => this with { Outcome = Outcome.Expired, FinishedAt = e.Timestamp },
        Superseded when Outcome is Outcome.Open           => this with { Outcome = Outcome.Superseded, FinishedAt = e.Timestamp },
        Invalidated when Outcome is Outcome.Open          => this with { Outcome = Outcome.Invalidated, FinishedAt = e.Timestamp },
        _                                                 => this,
    };
}

/// <summary>How a sign-in came out.</summary>
public enum Outcome { Open, Converted, Expired, Superseded, Invalidated }

/// <summary>Texts the provider took over, and what became of them, which may be told late.</summary>
public sealed record Texts(int Sent, int Delivered, int Undeliverable);

/// <summary>Keeps one line per sign-in.</summary>
public sealed class SignInHistoryProjection : SingleStreamProjection<SignInHistory, Guid>
{
    /// <summary>Only what a sign-in is made of.</summary>
    public SignInHistoryProjection()
    {
        Name = nameof(SignInHistory);
        SignInFold.IncludeAll<SignInEvent>(this);
    }

    /// <inheritdoc />
    public override SignInHistory? Evolve(SignInHistory? snapshot, Guid id, IEvent e) => SignInHistory.Fold(snapshot, e);
}
