using Auth.Domain.SignIns;
using Auth.Domain.SignUps;
using Auth.Host.Instances;
using Auth.Host.SignIns;
using Marten;

namespace Auth.Host.SignUps;

/// <summary>A sign-up seems to have run out of time.</summary>
public sealed record EndSignUp(Guid SignUp);

/// <summary>Tells the end that nobody asks for, if it is true, and destroys the key of somebody who will never be.</summary>
public static class EndSignUpHandler
{
    /// <summary>Decides on the stream, never on the row that found it.</summary>
    public static async Task Handle(EndSignUp command, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var settings = await InstanceSettings.Of(session, ct);
        var stream = await session.Events.FetchForWriting<SignUp>(command.SignUp, ct);
        session.SignAsSystem(settings);
        if (stream.Aggregate is SignUp.Open signUp) session.End(stream, SignUpDecider.Decide(new ExpireSignUp(), signUp, Circumstances.At(clock.GetUtcNow(), null) with { Settings = settings.InForce }));
        else session.Delete<OpenSignUp>(command.SignUp);
    }
}
