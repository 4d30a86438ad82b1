using Auth.Host.Http;

namespace Auth.Host.Me;

/// <summary>Somebody who is signed in, asking about themselves: the client's session that is named, else its last one.</summary>
/// <param name="Session">The session named (<c>_clerk_session_id</c>); null where none was, empty for what is no id.</param>
public sealed record SignedIn(Caller Caller, Guid? Session)
{
    /// <summary>Reads it from a request.</summary>
    public static ValueTask<SignedIn?> BindAsync(HttpContext http)
    {
        var named = http.Request.Query["_clerk_session_id"].ToString();
        return ValueTask.FromResult<SignedIn?>(new(Caller.Of(http), named.Length == 0 ? null : SessionId.TryParse(named, out var id) ? id.Value : Guid.Empty));
    }
}
