using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Host.Http;
using Auth.Host.Instances;
using Auth.Host.Keys;
using Auth.Host.Passwords;
using Auth.Host.SignIns;
using Marten;

namespace Auth.Host.Users;

/// <summary>A password to compare with a person's.</summary>
public sealed record VerifyPasswordRequest(string Password) : IFromFields<VerifyPasswordRequest>
{
    /// <inheritdoc />
    public static VerifyPasswordRequest From(Fields fields) => new(fields.Text("password").Given());

    internal VerifyPasswordStep For(Caller caller, UserId id) => new(caller, id.Value, PasswordFields.Typed(Password));

    /// <summary>Nothing of it.</summary>
    public override string ToString() => "VerifyPasswordRequest(hidden)";
}

/// <summary>An operator asks whether this is a person's password.</summary>
public sealed record VerifyPasswordStep(Caller Caller, Guid User, Password Password);

/// <summary>It was the one.</summary>
public sealed record VerifiedResource(bool Verified);

/// <summary>What the operator is told, once a wrong guess is counted.</summary>
public sealed record PasswordAnswer(ProblemAnswer? Problem) : IResult
{
    /// <inheritdoc />
    public Task ExecuteAsync(HttpContext httpContext) => Problem?.ExecuteAsync(httpContext) ?? TypedResults.Ok(new VerifiedResource(true)).ExecuteAsync(httpContext);
}

/// <summary>A guess outside of a sign-in. It shares the row of those inside (R18), so nobody guesses more often by asking here.</summary>
public static class VerifyPasswordHandler
{
    /// <summary>Reads, compares, counts; the count commits before the answer leaves.</summary>
    public static async Task<PasswordAnswer> Handle(
        VerifyPasswordStep step, IDocumentSession session, IKeyring keyring, PasswordHashing hashing, TimeProvider clock, CancellationToken ct)
    {
        var (tenant, now) = (session.TenantId, clock.GetUtcNow());
        var clean = Guesses.Clean(await keyring.Of(tenant, ct), step.User, Authenticator.Password);
        var batch = session.CreateBatchQuery();
        var (userRow, guessesRow, credential) = (batch.Load<User>(step.User), batch.Load<Guesses>(clean.Id), batch.Load<PasswordCredential>(step.User));
        var settings = batch.Load<InstanceSettings>(InstanceSettings.TheOne);
        await batch.Execute(ct);

        if (await userRow is not { } user) throw Problems.NotFound.Refuse();
        if (await credential is not { } stored) throw Problems.NoPassword.Refuse();
        var guesses = await guessesRow ?? clean;
        if (guesses.Standing.Waits(now)) return new(Problems.TooManyRequests.After(guesses.WaitUntil!.Value - now));

        var guess = await PasswordGuess.Check(hashing, tenant, step.Password, stored, ct);
        if (guess.Better is { } better) session.QueueOperation(better);
        if (guess.Verdict is Verdict.Right)
        {
            session.Hold(guesses);
            return new(user.IsLocked(now) ? Problems.UserLocked.Answer() : null);
        }

        var failed = guesses.Standing.Failed(now, (await settings ?? InstanceSettings.Shipped).InForce.Dials);
        session.Move(guesses with { Failures = failed.Failures, WaitUntil = failed.WaitUntil }, guesses.Version);
        return new(Problems.PasswordIncorrect.About("password"));
    }
}
