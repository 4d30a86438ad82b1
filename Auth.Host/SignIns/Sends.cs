using Auth.Domain.SignIns;
using Auth.Host.Keys;
using Auth.Host.Users;

namespace Auth.Host.SignIns;

/// <summary>When texts left for one number, or for one person; oldest first, no more than the limits look at (R56).</summary>
public sealed record Sends(string Id, IReadOnlyList<DateTimeOffset> At)
{
    /// <summary>Revision of the row.</summary>
    public long Version { get; set; }

    /// <summary>One more.</summary>
    public Sends With(DateTimeOffset now, Dials dials) => this with { At = [.. At.TakeLast(dials.TextsPerNumberAndDay - 1), now] };

    /// <summary>The row of a person.</summary>
    public static string IdOf(Guid user) => $"user:{user:N}";

    /// <summary>The row of a person's notices by text, which are counted apart from codes.</summary>
    public static string IdOfNotices(Guid user) => $"notices:{user:N}";

    /// <summary>The row of a number: the same HMAC that finds its owner.</summary>
    public static string IdOf(InstanceKeys keys, string e164) => Identifier.IdOf(keys, IdentifierKind.PhoneNumber, e164);
}
