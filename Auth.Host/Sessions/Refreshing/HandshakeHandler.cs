using Auth.Host.Clients;
using Auth.Host.Http;
using Auth.Host.Instances;
using Auth.Host.Keys;
using Auth.Host.Recoveries;
using Auth.Host.Sessions.Tokens;
using Auth.Host.SignIns;
using Marten;

namespace Auth.Host.Sessions.Refreshing;

/// <summary>A browser comes by for a fresh token, on its way back to an app.</summary>
/// <param name="Spoken">The app's backend asks for the rest itself, with a word; else the token goes along in the address, and no refresh value.</param>
public sealed record HandshakeStep(Caller Caller, string Origin, bool Spoken);

/// <summary>What goes along in the address.</summary>
public sealed record HandshakeAnswer(string Name, string Value)
{
    /// <summary>Not the value.</summary>
    public override string ToString() => $"HandshakeAnswer({Name})";
}

/// <summary>An app's backend shows the word.</summary>
public sealed record HandshakePayloadStep(Caller Caller, RefreshSecret Word)
{
    /// <summary>Nothing of it.</summary>
    public override string ToString() => "HandshakePayloadStep(hidden)";
}

/// <summary>What a handshake found, as cookies for the app's own host.</summary>
public sealed record HandshakePayloadResource(IReadOnlyList<string> Directives)
{
    /// <summary>No value in a log.</summary>
    public override string ToString() => "HandshakePayloadResource(hidden)";
}

/// <summary>How an app's backend learns who sits at a browser, and gets the first refresh value of a family (R67, R72).</summary>
public static class HandshakeHandler
{
    /// <summary>Finds the session that the browser used last.</summary>
    public static async Task<HandshakeAnswer> Handle(HandshakeStep step, IDocumentSession session, IKeyring keyring, Drawing drawing, SessionTokens tokens, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var reading = await SignInReading.Of(session, keyring, step.Caller, null, now, ct);
        var dials = reading.Settings.InForce.Dials;
        var held = reading.Client is null ? null : reading.Sessions.Where(one => one.IsActive(now, dials) && reading.PersonOf(one.UserId) is not null).MaxBy(one => one.LastActiveAt);
        if (step.Spoken)
        {
            var word = RefreshSecret.Make(RefreshSecret.Handshake);
            session.Insert(new HandshakeWord(word.Hash, held?.Id, step.Origin, now + HandshakeWord.Life));
            return new("__clerk_handshake_nonce", word.Write());
        }

        var cookies = held is null ? SessionCookies.None(step.Origin)
            : SessionCookies.Of(held, await drawing.Token(held, step.Caller with { Origin = step.Origin }, session.TenantId, now, dials), null, step.Origin, now);
        return new("__clerk_handshake", await tokens.Sign(session.TenantId, cookies, step.Origin, ct));
    }

    /// <summary>Once, within a minute. The token is made now, and a family begins with its first value; a session that ended meanwhile is none.</summary>
    public static async Task<HandshakePayloadResource> Handle(HandshakePayloadStep step, IDocumentSession session, IKeyring keyring, Drawing drawing, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var settings = await InstanceSettings.Of(session, ct);
        if (await session.LoadAsync<HandshakeWord>(step.Word.Hash, ct) is not { } word || now >= word.ExpiresAt) throw Problems.NotFound.Refuse();
        // Of two who show it at once the second one reads again and finds it over: since long ago, for it may have looked at the clock before the first one did.
        session.Move(word with { ExpiresAt = DateTimeOffset.UnixEpoch }, word.Version);
        var dials = settings.InForce.Dials;
        if (word.Session is not { } id || await session.LoadAsync<Session>(id, ct) is not { } held || !held.IsActive(now, dials)) return new(SessionCookies.None(word.Origin));
        if (await session.LoadAsync<Domain.Users.User>(held.UserId, ct) is not { Erased: false } user) return new(SessionCookies.None(word.Origin));
        user.Settled(now);

        var (row, secret) = RefreshValue.First(held, Guid.CreateVersion7(now));
        session.Insert(row);
        var token = await drawing.Token(held, step.Caller with { Origin = word.Origin }, session.TenantId, now, dials);
        return new(SessionCookies.Of(held, token, secret, word.Origin, now));
    }
}
