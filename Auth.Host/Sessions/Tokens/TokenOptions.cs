using System.ComponentModel.DataAnnotations;

namespace Auth.Host.Sessions.Tokens;

/// <summary>What a session token says beyond the session (<c>Auth:Tokens</c>).</summary>
public sealed class TokenOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Auth:Tokens";

    /// <summary><c>aud</c>; without it tokens name no audience.</summary>
    [MinLength(1)]
    public string? Audience { get; set; }

    /// <summary>How long a token lives. A session that has ended lives on in its tokens for that long (R70).</summary>
    [Range(5, 300)]
    public int LifeSeconds { get; set; } = 60;
}
