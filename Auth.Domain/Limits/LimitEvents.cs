namespace Auth.Domain.Limits;

/// <summary>What was turned away before it could be told which sign-in it belongs to: one stream per instance and day, nothing is ever decided from it.</summary>
public abstract record LimitEvent;

/// <summary>In that minute, requests from one block of addresses were turned away for one reason. The block is sealed under the strangers' key of the day.</summary>
/// <param name="Reason">The code of the problem they were answered with.</param>
public sealed record Limited(string Reason, DateTimeOffset Minute, Sealed Block, int Requests) : LimitEvent;

/// <summary>In that minute there were more blocks than are told one by one; these are all the others together.</summary>
public sealed record LimitedElsewhere(DateTimeOffset Minute, int Blocks, int Requests) : LimitEvent;

/// <summary>The stream of a day.</summary>
public sealed record LimitDay(Guid Id);
