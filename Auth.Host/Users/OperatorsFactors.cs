using Auth.Domain.Sessions;
using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Host.Delivery;
using Auth.Host.Delivery.Mail;
using Auth.Host.Factors;
using Auth.Host.Http;
using Auth.Host.Keys;
using Auth.Host.Recoveries;
using Auth.Host.Sessions;
using Auth.Host.SignIns;
using Auth.Host.Wiring;
using Marten;
using Wolverine;

namespace Auth.Host.Users;

/// <summary>What an operator may do to one second factor. The last one goes only by a recovery, which waits and tells (R65).</summary>
public static class OperatorsFactors
{
    /// <summary>Maps them.</summary>
    public static void MapOperatorsFactors(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/v1/users/{id}").RequireSecretKey().WithTags("Backend API: people");
        api.MapDelete("/totp", RemoveApp).Produces<OfUserResource>();
        api.MapDelete("/backup_code", RemoveBackupCodes).Produces<OfUserResource>();
        api.MapPost("/verify_totp", VerifyCode).Reads<VerifyCodeRequest>().Produces<VerifiedCodeResource>();
    }

    /// <summary>Takes the authenticator app off.</summary>
    public static Task<OfUserResource> RemoveApp(UserId id, Caller caller, IMessageBus bus, CancellationToken ct) =>
        bus.Ask<OfUserResource>(new RemoveFactorStep(caller, id.Value, Strategy.Totp), ct);

    /// <summary>Takes the backup codes off.</summary>
    public static Task<OfUserResource> RemoveBackupCodes(UserId id, Caller caller, IMessageBus bus, CancellationToken ct) =>
        bus.Ask<OfUserResource>(new RemoveFactorStep(caller, id.Value, Strategy.BackupCode), ct);

    /// <summary>Compares a code of the authenticator app, or a backup code, which is used up by it. Wrong ones count like those at a sign-in.</summary>
    public static async Task<IResult> VerifyCode(UserId id, VerifyCodeRequest request, Caller caller, IMessageBus bus, CancellationToken ct) =>
        await bus.Ask<CodeAnswer>(request.For(caller, id), ct);
}

/// <summary>An operator takes a factor off somebody.</summary>
public sealed record RemoveFactorStep(Caller Caller, Guid User, Strategy Factor);

/// <summary>Takes it off, and everything that was built on it ends (R63).</summary>
public static class RemoveFactorHandler
{
    /// <summary>Refused for the last one.</summary>
    public static async Task<OfUserResource> Handle(RemoveFactorStep step, IDocumentSession session, IMessageContext bus, IKeyring keyring, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (user, key, settings) = await session.Locked(step.User, keyring, now, ct);
        session.Sign(step.Caller, key, settings);
        await session.TakeOff(bus, user, step.Factor is Strategy.Totp ? new RemoveAuthenticatorApp() : new RemoveBackupCodes(), now, ct);
        return OfUserResource.Of(user.Id);
    }
}

/// <summary>A code to compare.</summary>
/// <param name="Code">Six digits of an authenticator app, or a backup code.</param>
public sealed record VerifyCodeRequest(string Code) : IFromFields<VerifyCodeRequest>
{
    /// <inheritdoc />
    public static VerifyCodeRequest From(Fields fields) => new(fields.Text("code").Given(64));

    internal VerifyCodeStep For(Caller caller, UserId id) => Code is { Length: 6 } && Code.All(char.IsAsciiDigit)
        ? new(caller, id.Value, Strategy.Totp, new Offer.OfCode(new(Code)))
        : new(caller, id.Value, Strategy.BackupCode, new Offer.OfBackupCode(OfferedBackupCode.Of(Code) ?? throw Problems.FieldMalformed.About("code").Refuse()));

    /// <summary>Nothing of it.</summary>
    public override string ToString() => "VerifyCodeRequest(hidden)";
}

/// <summary>An operator asks whether this is a code of that person.</summary>
public sealed record VerifyCodeStep(Caller Caller, Guid User, Strategy Strategy, Offer Offer);

/// <summary>It was one (Clerk's shape).</summary>
/// <param name="CodeType"><c>totp</c> or <c>backup_code</c>.</param>
public sealed record VerifiedCodeResource(bool Verified, string CodeType);

/// <summary>What the operator is told, once a wrong guess is counted.</summary>
public sealed record CodeAnswer(ProblemAnswer? Problem, VerifiedCodeResource? Right) : IResult
{
    /// <inheritdoc />
    public Task ExecuteAsync(HttpContext httpContext) => Problem?.ExecuteAsync(httpContext) ?? TypedResults.Ok(Right).ExecuteAsync(httpContext);
}

/// <summary>A guess outside of a sign-in. It shares the row of those inside (R18), and a right one is used up like there (R31, R35).</summary>
public static class VerifyCodeHandler
{
    /// <summary>Reads, compares, counts; the count commits before the answer leaves.</summary>
    public static async Task<CodeAnswer> Handle(VerifyCodeStep step, IDocumentSession session, IMessageContext bus, IKeyring keyring, Comparing comparing, TimeProvider clock, CancellationToken ct)
    {
        var (tenant, now) = (session.TenantId, clock.GetUtcNow());
        var (user, key, settings) = await session.Locked(step.User, keyring, now, ct);
        var authenticator = step.Strategy is Strategy.Totp ? new Authenticator(Strategy.Totp, user.Totp) : Authenticator.BackupCode;
        if (!user.Has(authenticator)) return new(Problems.NoSecondFactors.Answer(), null);
        var clean = Guesses.Clean(await keyring.Of(tenant, ct), user.Id, authenticator);
        var batch = session.CreateBatchQuery();
        var guessesRow = batch.Load<Guesses>(clean.Id);
        var (app, codes) = (batch.Load<AuthenticatorApp>(user.Totp ?? Guid.Empty), batch.Load<BackupCodeSet>(user.BackupCodes ?? Guid.Empty));
        await batch.Execute(ct);
        var guesses = await guessesRow ?? clean;
        if (guesses.Standing.Waits(now)) return new(Problems.TooManyRequests.After(guesses.WaitUntil!.Value - now), null);
        var comparison = await comparing.Compare(tenant, step.Offer, new(new(user, key), null, await app, await codes), null, ct);
        if (comparison.Verdict is Verdict.Right)
        {
            session.Hold(guesses);
            comparison.Taken?.Invoke(session);
            if (step.Strategy is Strategy.BackupCode) await bus.Notify(user.Id, NoticeKind.BackupCodeUsed, now);
            return new(null, new(true, step.Strategy.Traits().Name));
        }

        var failed = guesses.Standing.Failed(now, settings.InForce.Dials);
        session.Move(guesses with { Failures = failed.Failures, WaitUntil = failed.WaitUntil }, guesses.Version);
        return new(Problems.WrongCode.About("code"), null);
    }
}
