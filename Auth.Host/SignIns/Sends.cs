using Auth.Domain.SignIns;

namespace Auth.Host.SignIns;

/// <summary>When messages left for one number or address (its row is named like its owner's, <see cref="Users.Identifier"/>), or for one person; oldest first, no more than the limits look at (R56).</summary>
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
}
