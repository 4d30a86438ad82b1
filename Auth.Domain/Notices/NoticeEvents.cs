using Auth.Domain.SignIns;

namespace Auth.Domain.Notices;

/// <summary>A fact of one notice that somebody gets, or was to get, as a text (R64). A notice holds no code. Names and bodies are for ever.</summary>
public abstract record NoticeEvent;

/// <summary>It is on its way to that number.</summary>
/// <param name="About">What it tells of, by its name.</param>
/// <param name="Country">Of the number, for the ledger of texts.</param>
/// <param name="Noted">The rule it would have been kept by, had the operator enforced it.</param>
public sealed record NoticeTexted(Guid User, Guid PhoneNumber, Guid Text, string About, string? Country, RefusalReason? Noted) : NoticeEvent;

/// <summary>It did not leave: the money for texts is used up, or the country is closed.</summary>
public sealed record NoticeKept(Guid User, Guid PhoneNumber, string About, string? Country, RefusalReason Reason) : NoticeEvent;
