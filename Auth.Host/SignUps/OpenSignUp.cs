namespace Auth.Host.SignUps;

/// <summary>A sign-up that is under way: what the sweep finds, and what goes with it when it ends without a person.</summary>
/// <param name="UserId">The id that the person would have had: of their key, and of their password.</param>
public sealed record OpenSignUp(Guid Id, Guid UserId, DateTimeOffset EndsAt);
