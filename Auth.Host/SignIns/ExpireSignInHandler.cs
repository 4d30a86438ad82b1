using Auth.Domain.SignIns;
using Auth.Host.Instances;
using Marten;

namespace Auth.Host.SignIns;

/// <summary>A sign-in seems to have run out of time.</summary>
public sealed record ExpireSignIn(Guid SignIn);

/// <summary>Tells the end that nobody asks for, if it is true: for every reader it was over already (R10).</summary>
public static class ExpireSignInHandler
{
    /// <summary>Decides on the stream, never on the reading that found it.</summary>
    public static async Task Handle(ExpireSignIn command, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var settings = await InstanceSettings.Of(session, ct);
        var stream = await session.Events.FetchForWriting<SignIn>(command.SignIn, ct);
        if (stream.Aggregate is not SignIn.Open signIn) return;

        var decision = SignInDecider.Decide(new Expire(), signIn, Circumstances.At(clock.GetUtcNow(), null) with { Settings = settings.InForce });
        session.SignAsSystem(settings);
        if (decision.Events.Count > 0) stream.AppendMany(decision.Events);
    }
}
