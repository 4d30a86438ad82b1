namespace Auth.Domain.SignIns;

/// <summary>Nobody asks for this end: the sweep finds what ran out of time and has it told.</summary>
public sealed record Expire : SignInCommand;
