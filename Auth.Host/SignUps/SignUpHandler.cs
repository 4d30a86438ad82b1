using Auth.Domain.SignIns;
using Auth.Domain.SignUps;
using Auth.Domain.Users;
using Auth.Host.Clients;
using Auth.Host.Factors;
using Auth.Host.Http;
using Auth.Host.Instances;
using Auth.Host.Keys;
using Auth.Host.Limits;
using Auth.Host.Passwords;
using Auth.Host.Resources;
using Auth.Host.SignIns;
using Auth.Host.Users;
using Marten;
using Wolverine;
using PasswordRules = Auth.Host.Passwords.PasswordRules;
using Settings = Auth.Domain.Instances.Settings;

namespace Auth.Host.SignUps;

/// <summary>The steps of a sign-up. Nothing in an answer tells that an identifier is somebody's until the right code to it was offered (R51).</summary>
public static class SignUpHandler
{
    /// <summary>Begins one, and ends the client's older one. The key of the person to be is made with it.</summary>
    public static async Task<SignUpAnswer> Handle(
        CreateSignUpStep step, IDocumentSession session, IKeyring keyring, PasswordHashing hashing, PasswordRules rules, SignUpMode mode, Drawing drawing, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var reading = await SignInReading.OfClient(session, keyring, step.Caller, now, ct);
        var settings = reading.Settings.InForce;
        mode.Demand(settings);
        var (client, secret) = reading.Client is { } known ? (known, null) : Client.New(now);
        var (id, user) = (Guid.CreateVersion7(now), Guid.CreateVersion7(now));
        var (key, stored) = keyring.NewPersonKey(user);
        Check(session.TenantId, rules, step.Typed, step.Typed.OwnWords, settings);
        var phc = await Hash(hashing, session.TenantId, step.Typed.Password, ct);

        var decision = SignUpDecider.Decide(new BeginSignUp(client.Id, user, Given(step.Typed, key, now)), SignUp.Initial, Circumstances.At(now, null) with { Settings = settings });
        var signUp = decision.Events.Aggregate(SignUp.Initial with { Id = id }, (s, happened) => SignUp.Evolve(s, happened, now));

        session.Sign(step.Caller, key, reading.Settings);
        if (client.SignUp is { } older) await session.Supersede(older, id, now, settings, ct);
        session.Events.StartStream<SignUp>(id, decision.Events);
        session.Insert(stored);
        session.Insert(new OpenSignUp(id, user, now + SignUpDecider.Life));
        if (phc is not null) session.Insert(new PasswordCredential(user, phc));
        var after = client with { SignUp = id, UpdatedAt = now };
        session.Move(after, client.Version);

        var resource = SignUpResource.Of(signUp, key, now, settings);
        return new(null, null, null, resource, await drawing.Client(after, reading.Sessions, reading, null, session.TenantId, step.Caller, resource), CreateSignInHandler.Issue(after, secret));
    }

    /// <summary>Gives more, or something else instead. What was proved already may make it whole.</summary>
    public static async Task<SignUpAnswer> Handle(
        GiveMoreStep step, IDocumentSession session, IKeyring keyring, PasswordHashing hashing, PasswordRules rules, SignUpMode mode, Drawing drawing, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var reading = await SignUpReading.Of(session, keyring, step.Caller, step.SignUp, now, ct);
        var settings = reading.Settings.InForce;
        mode.Demand(settings);
        if (reading.SignUp is SignUp.Open) Check(session.TenantId, rules, step.Typed, [.. step.Typed.OwnWords, .. reading.OwnWords], settings);
        var phc = reading.SignUp is SignUp.Open ? await Hash(hashing, session.TenantId, step.Typed.Password, ct) : null;
        var given = reading.Key is { } key ? Given(Changed(step.Typed, reading), key, now) : Particulars.Nothing;

        var decision = SignUpDecider.Decide(new GiveMore(given, Ending(reading, now)), reading.SignUp, Circumstances.At(now, null) with { Settings = settings });
        if (phc is not null && decision.Events.Any(happened => happened is SignUpPasswordChosen)) session.Store(new PasswordCredential(((SignUp.Begun)reading.SignUp).Identity.User, phc));
        return await session.Record(decision, reading, step.Caller, drawing, now);
    }

    /// <summary>Has a code sent to what they gave, whoever has it.</summary>
    public static async Task<SignUpAnswer> Handle(
        PrepareSignUpStep step, IDocumentSession session, IMessageContext bus, IKeyring keyring, SignUpMode mode, AddressLimits limits, Tenants tenants, Drawing drawing, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var reading = await SignUpReading.Of(session, keyring, step.Caller, step.SignUp, now, ct);
        var settings = reading.Settings.InForce;
        mode.Demand(settings);
        var to = (reading.SignUp as SignUp.Open)?.Proving(step.Strategy);
        var sending = CodeSending.SignUp(reading, to, tenants.Of(session.TenantId).Name.HomeCountry, limits, session.TenantId, step.Caller, now);
        var command = new PrepareSignUpCode(step.Strategy, Guid.CreateVersion7(now), OneTimeCodes.NewNonce(), reading.Keys.Code.Id);

        var decision = SignUpDecider.Decide(command, reading.SignUp, new(now, null, reading.GuessesOn(to)?.Standing ?? Standing.Clean, sending.Sendings, settings));
        await sending.Queue(decision, step.SignUp, command.Text, session, bus, limits, step.Caller, now, settings);
        return await session.Record(decision, reading, step.Caller, drawing, now);
    }

    /// <summary>The right code makes it theirs; if it leads to an account already, that is told now.</summary>
    public static async Task<SignUpAnswer> Handle(
        AttemptSignUpStep step, IDocumentSession session, IKeyring keyring, Comparing comparing, SignUpMode mode, Drawing drawing, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var reading = await SignUpReading.Of(session, keyring, step.Caller, step.SignUp, now, ct);
        var settings = reading.Settings.InForce;
        mode.Demand(settings);
        var to = (reading.SignUp as SignUp.Open)?.Proving(step.Strategy);
        var guesses = reading.GuessesOn(to);
        var circumstances = new Circumstances(now, null, guesses?.Standing ?? Standing.Clean, Sendings.None, settings);
        var command = new AttemptSignUpCode(step.Strategy, Verdict.NotChecked, Ending(reading, now));
        if (SignUpDecider.MayGuess(command, reading.SignUp, circumstances))
            command = command with { Verdict = await comparing.Compare(session.TenantId, step.Code, new(step.SignUp, OneTimeCodes.SignUp, ((SignUp.Open)reading.SignUp).Record.TextFor(to!)!), ct) };

        var decision = SignUpDecider.Decide(command, reading.SignUp, circumstances);
        if (guesses is not null) session.Count(guesses, decision, now, settings.Dials);
        return await session.Record(decision, reading, step.Caller, drawing, now);
    }

    private static Ending Ending(SignUpReading reading, DateTimeOffset now) => new(Guid.CreateVersion7(now), Guid.CreateVersion7(now), reading.Taken);

    /// <summary>The same address or number once more is no other one: what was proved stays proved.</summary>
    private static Typed Changed(Typed typed, SignUpReading reading) => typed with
    {
        EmailAddress = typed.EmailAddress?.Value == reading.Read(IdentifierKind.EmailAddress) ? null : typed.EmailAddress,
        PhoneNumber = typed.PhoneNumber?.Value == reading.Read(IdentifierKind.PhoneNumber) ? null : typed.PhoneNumber,
    };

    private static Particulars Given(Typed typed, Key key, DateTimeOffset now)
    {
        return new(New(typed.EmailAddress), New(typed.PhoneNumber), typed.FirstName is { } first ? key.Seal(first) : null, typed.LastName is { } last ? key.Seal(last) : null, typed.Password is not null);

        NewIdentifier? New(CanonicalIdentifier? identifier) => identifier is null ? null : new(Guid.CreateVersion7(now), key.Seal(identifier.Value));
    }

    private static void Check(string tenant, PasswordRules rules, Typed typed, IEnumerable<string> ownWords, Settings settings)
    {
        if (typed.Password is not null && !settings.AsksPassword()) throw Problems.FieldUnknown.About("password").Refuse();
        if (typed.Password is { } password && rules.Check(tenant, password, ownWords, settings.Passwords) is { } problem) throw PasswordFields.Refusal(problem);
    }

    private static async Task<string?> Hash(PasswordHashing hashing, string tenant, Password? password, CancellationToken ct) =>
        password is null ? null : await hashing.Hash(tenant, password, ct) ?? throw Problems.Unavailable.After(PasswordHashing.RetryAfter).Refuse();
}
