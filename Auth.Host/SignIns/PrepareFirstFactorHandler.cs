using Auth.Domain.SignIns;
using Auth.Host.Factors;
using Auth.Host.Instances;
using Auth.Host.Keys;
using Auth.Host.Limits;
using Auth.Host.Passkeys;
using Marten;
using Wolverine;

namespace Auth.Host.SignIns;

/// <summary>Step 2: have a code sent to the identifier that was typed; a stranger's step does the same work, and nothing leaves (R51, R58).</summary>
public static class PrepareFirstFactorHandler
{
    /// <summary>Reads, decides, queues; the transaction commits before the answer leaves.</summary>
    public static async Task<Answer> Handle(
        PrepareFirstFactorStep step, IDocumentSession session, IMessageContext bus, IKeyring keyring, AddressLimits limits, Tenants tenants, Drawing drawing, TimeProvider clock, CancellationToken ct)
    {
        var (tenant, now) = (session.TenantId, clock.GetUtcNow());
        var keys = await keyring.Of(tenant, ct);
        var reading = await SignInReading.Of(session, keyring, step.Caller, step.SignIn, now, ct);
        var settings = reading.Settings.InForce;

        if (step.Strategy is Strategy.Passkey)
        {
            var asked = SignInDecider.Decide(new ChallengeFirstFactor(PasskeyChallenges.New(keys.Code, now)), reading.SignIn, Circumstances.At(now, reading.Person?.User) with { Settings = settings });
            return await session.Record(asked, reading, step.Caller, keyring, drawing, now);
        }

        var command = Asked(step.Strategy, reading.Typed, keys, now);
        var guesses = reading.GuessesOn(keys, new(step.Strategy ?? Strategy.Password, reading.Typed));
        var sending = CodeSending.First(reading, reading.Client?.Typed ?? "", await Place(step, reading, keys, drawing, tenant), tenants.Of(session.TenantId).Name.HomeCountry, limits, tenant, step.Caller, now);
        var decision = SignInDecider.Decide(command, reading.SignIn, new(now, reading.Person?.User, guesses.Standing, sending.Sendings, settings));

        await sending.Queue(decision, step.SignIn, command.Text, session, bus, limits, step.Caller, now, settings);
        return await session.Record(decision, reading, step.Caller, keyring, drawing, now);
    }

    /// <summary>Where a text would go: what was typed, a stranger's too (R57).</summary>
    private static async ValueTask<TextPlace?> Place(PrepareFirstFactorStep step, SignInReading reading, InstanceKeys keys, Drawing drawing, string tenant) =>
        step.Strategy?.Traits().By is Channel.Text && reading.SignIn is SignIn.Begun { Identity.Kind: IdentifierKind.PhoneNumber } begun
        && await drawing.Identifier(begun, reading.Person, tenant) is { } number ? TextPlace.Of(keys, number) : null;

    internal static PrepareFirstFactor Asked(Strategy? strategy, Guid? identifier, InstanceKeys keys, DateTimeOffset now) =>
        new(strategy, identifier, Guid.CreateVersion7(now), OneTimeCodes.NewNonce(), keys.Code.Id);
}
