using Auth.Domain.SignIns;

namespace Auth.Domain.Passkeys;

/// <summary>When a passkey is asked for anew: a challenge that nobody answered yet and that has time left is asked again, so that asking fills no stream.</summary>
internal static class Challenging
{
    internal static bool IsStillGood(PasskeyChallenge? challenge, Circumstances now) => challenge is not null && challenge.ExpiresAt - now.Now >= now.Dials.CodeLifeWorthSending;
}
