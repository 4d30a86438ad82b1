namespace Auth.Domain.SignIns;

/// <summary>Facts to record, and the reason if the answer is no.</summary>
public sealed record Decision(IReadOnlyList<SignInEvent> Events, Refusal? Refusal, DateTimeOffset? Until = null)
{
    /// <summary>Whether a session begins with it.</summary>
    public bool Converts => Events.Any(happened => happened is Converted);

    /// <summary>Yes, and this is what happened.</summary>
    public static Decision Accept(params SignInEvent[] events) => new(events, null);

    /// <summary>No. Some refusals leave a trace: a wrong code must count against the next one.</summary>
    public static Decision Refuse(Refusal refusal, params SignInEvent[] leaving) => new(leaving, refusal);

    /// <summary>No, but later.</summary>
    public static Decision RefuseUntil(DateTimeOffset? until, Refusal refusal, params SignInEvent[] leaving) => new(leaving, refusal, until);

    /// <summary>The same answer, with this told first.</summary>
    public Decision After(SignInEvent first) => this with { Events = [first, .. Events] };
}
