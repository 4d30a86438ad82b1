using System.Diagnostics;
using System.Globalization;
using Auth.Domain;
using Auth.Domain.Sessions;
using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Host.Clients;
using Auth.Host.Http;
using Auth.Host.Instances;
using Auth.Host.Keys;
using Auth.Host.Sessions;
using Auth.Projections;
using Marten;

namespace Auth.Host.SignIns;

/// <summary>What a step's one write batch holds besides the sign-in's own events. Nothing here runs before the commit; a guard that fails takes everything back.</summary>
public static class SignInWriting
{
    /// <summary>Beside every event of this step: settings, and where it came from, sealed under the person's key or the strangers' of the day.</summary>
    public static void Sign(this IDocumentSession session, Caller caller, Key key, InstanceSettings settings)
    {
        session.SetHeader(EventHeaders.Settings, settings.Version.ToString(CultureInfo.InvariantCulture));
        session.SetHeader(EventHeaders.Trace, caller.TraceId);
        if (caller.Address is { } address) session.SetHeader(EventHeaders.Address, EventHeaders.Write(key.Seal(address.ToString())));
        if (caller.UserAgent is { } agent) session.SetHeader(EventHeaders.Agent, EventHeaders.Write(key.Seal(agent)));
    }

    /// <summary>Beside events that no request caused: reports of a provider, the sweep.</summary>
    public static void SignAsSystem(this IDocumentSession session, InstanceSettings settings)
    {
        session.SetHeader(EventHeaders.Settings, settings.Version.ToString(CultureInfo.InvariantCulture));
        if (Activity.Current?.TraceId.ToHexString() is { } trace) session.SetHeader(EventHeaders.Trace, trace);
    }

    /// <summary>A guess counts in the commit that answers it (R16): wrong ones move the row, right ones hold it still, and only a conversion clears it (R18).</summary>
    /// <returns>What is to be told of the person, if that was one too many.</returns>
    public static UserEvent[] Count(this IDocumentSession session, Guesses row, Guess guess, Decision decision, DateTimeOffset now, Dials dials)
    {
        var after = row.Standing.After(decision, now, dials);
        if (after != row.Standing) session.Move(row.With(after), row.Version);
        else if (guess.Verdict is Verdict.Right) session.Hold(row);
        return row.Disabling(after);
    }

    /// <summary>What is to be told of the person when a row comes to stand like that: told once, and nothing of a stranger.</summary>
    public static UserEvent[] Disabling(this Guesses row, Standing after) => after.Disabled && !row.Disabled && row.UserId is not null ? [new AuthenticatorDisabled(row.On, row.Lane)] : [];

    /// <summary>A right guess on a row with failures holds it still; there is nothing to hold before the first one.</summary>
    public static void Hold(this IDocumentSession session, Guesses row)
    {
        if (row.Version > 0) session.QueueOperation(new GuessesUnchanged(session.TenantId, row));
    }

    /// <summary>Writes a row that nobody else may have moved meanwhile.</summary>
    public static void Move<T>(this IDocumentSession session, T row, long version) where T : notnull
    {
        if (version == 0) session.Insert(row);
        else session.UpdateRevision(row, version + 1);
    }

    /// <summary>Queues what a step under way decided, and draws its answer; a decision without facts writes nothing.</summary>
    public static async ValueTask<Answer> Record(
        this IDocumentSession session, Decision decision, SignInReading reading, Caller caller, IKeyring keyring, Drawing drawing, DateTimeOffset now)
    {
        var (signIn, client, sessions, issued) = (reading.SignIn, reading.Client, reading.Sessions, (IssuedSecret?)null);
        if (decision.Events.Count > 0)
        {
            session.Sign(caller, reading.Person?.Key ?? await keyring.OfStrangers(session.TenantId, DateOnly.FromDateTime(now.UtcDateTime)), reading.Settings);
            reading.Stream!.AppendMany(decision.Events);
            signIn = decision.Events.Aggregate(signIn, SignIn.Evolve);
        }

        // A passkey named them, and something else is still to be proved: the next step reads what is theirs.
        if (signIn is SignIn.AwaitingSecondFactor named && client is { UserId: null } anybody) session.Move(client = anybody with { UserId = named.Identity.User, UpdatedAt = now }, anybody.Version);

        if (signIn is SignIn.Finished finished && decision.Converts)
        {
            var conversion = session.Convert(finished, reading, client!, caller, await keyring.Of(session.TenantId), now);
            (client, sessions, issued) = (conversion.Client with { LastStrategy = (finished.Second ?? finished.First.Authenticator).Strategy.Traits().Name }, [.. reading.Settings.InForce.SingleSession ? [] : reading.Sessions, conversion.Session], new(new(client!.Id), conversion.Secret, conversion.Client.CookieExpiresAt));
            session.Move(client, client.Version);
        }

        return await drawing.Answer(decision, signIn, reading, session.TenantId, caller, client, sessions, issued);
    }

    /// <summary>The one place where a session begins (R03): bound to the person as the decision saw them, the client gets a new secret, and its older session ends.</summary>
    /// <param name="provedAt">When the first factor was right; now, where it was this step's.</param>
    public static Conversion Convert(this IDocumentSession session, SignIn.Finished signIn, SignInReading reading, Client client, Caller caller, InstanceKeys keys, DateTimeOffset now, DateTimeOffset? provedAt = null)
    {
        var (user, settings) = (reading.Person!.User, reading.Settings.InForce);
        var secret = ClientSecret.Make();
        var started = new Session(
            signIn.Conversion.Session, user.Id, client.Id, signIn.Id, signIn.First.Authenticator.Strategy, signIn.Second?.Strategy,
            signIn.First.SecondFactorBy is { } by ? by - settings.Dials.SecondFactorLife : provedAt ?? now, signIn.Second is null && !signIn.First.UserVerified ? null : now, now, now, signIn.Conversion.SessionExpiresAt, now, null)
        { Seen = Seen.By(caller, reading.Person.Key), Task = signIn.Conversion.Task, UserVerified = signIn.First.UserVerified || signIn.SecondVerifiedUser };

        // What this step itself tells of the person is bound to the same version already.
        if (session.PendingChanges.Streams().All(stream => stream.Id != user.Id)) session.QueueOperation(new UserUnchanged(session.TenantId, user));
        session.Insert(started);
        foreach (var replaced in settings.SingleSession ? reading.Sessions : []) session.End(replaced, EndReason.Replaced, now);
        if (client.LaneOf(keys, user.Id) is not null)
            foreach (var missed in new[] { signIn.First.Authenticator, signIn.Second }.OfType<Authenticator>().Select(reading.MissedByStrangers).OfType<Guesses>())
                session.QueueOperation(new FailuresForgotten(session.TenantId, missed));
        return new(started, client.KnownTo(keys, user.Id) with { SecretHash = secret.Hash, SignIn = null, UserId = null, Typed = null, UpdatedAt = now, CookieExpiresAt = now + Client.CookieLife }, secret);
    }
}

/// <summary>What a conversion made.</summary>
public sealed record Conversion(Session Session, Client Client, ClientSecret Secret);
