using Auth.Domain.Instances;
using Auth.Domain.Sessions;
using Auth.Domain.SignIns;
using Auth.Domain.SignUps;
using Auth.Domain.Tickets;
using Auth.Domain.Verifications;
using Auth.Host.Audit.Telling;
using Auth.Host.Http;
using Auth.Host.Instances;
using JasperFx.Events;

namespace Auth.Host.Audit.Streams;

/// <summary>A session, row by row; its start is told by the sign-in that became it.</summary>
internal static class SessionRows
{
    internal static StreamState Of(IReadOnlyList<IEvent> events)
    {
        var (stage, rows) = ("under way", new Dictionary<string, string>());
        foreach (var e in events)
            switch (e.Data)
            {
                case Converted x:
                    (rows["begun in"], rows["good until"]) = ($"{new SignInId(e.StreamId)}", Look.Instant(x.SessionExpiresAt));
                    if (x.Task is { } task) rows["left to do"] = AuditJson.Snake($"{task}");
                    break;
                case SteppedUp x: rows["proved once more"] = string.Join(" and ", new[] { x.First, x.Second }.OfType<Authenticator>().Select(Changes.Name)) + $" at {Changes.Time(e.Timestamp)}"; break;
                case TaskCompleted: rows.Remove("left to do"); break;
                case Ended x: stage = $"ended: {AuditJson.Snake($"{x.Reason}").Replace('_', ' ')}"; break;
            }

        return new(rows.ContainsKey("left to do") && stage is "under way" ? "pending: something is left to do" : stage, rows);
    }
}

/// <summary>A sign-up, row by row.</summary>
internal static class SignUpRows
{
    internal static StreamState Of(SignUp signUp, DateTimeOffset at, Personal personal)
    {
        var rows = new Dictionary<string, string>();
        if ((signUp as SignUp.Open ?? (signUp as SignUp.Complete)?.Last) is { } given)
        {
            foreach (var one in given.Identifiers) rows[$"{(one.Kind is IdentifierKind.EmailAddress ? "address" : "number")} {personal.Show(one.Value)}"] = one.VerifiedAt is null ? "given" : "verified";
            if (given.FirstName is { } first) rows["first name"] = personal.Show(first);
            if (given.LastName is { } last) rows["last name"] = personal.Show(last);
            if (given.HasPassword) rows["password"] = "chosen";
            VerificationRows.Tell(given.Record, rows);
        }

        return new(Stage(signUp, at), rows);
    }

    private static string Stage(SignUp signUp, DateTimeOffset at) => signUp switch
    {
        SignUp.Open open when open.IsOver(at)      => "expired: its time is over, not yet told",
        SignUp.Open { Identifiers.IsEmpty: true }  => "waiting for an address or a number",
        SignUp.Open open when open.Identifiers.Exists(given => given.VerifiedAt is null) => "waiting for the code",
        SignUp.Open                                => "waiting for what else is asked for",
        SignUp.Complete                            => "complete: there is a person",
        SignUp.Abandoned { Why: SignUpSuperseded } => "superseded",
        SignUp.Abandoned                           => "expired",
        _                                          => "not begun",
    };
}

/// <summary>A ticket, row by row.</summary>
internal static class TicketRows
{
    internal static StreamState Of(Ticket ticket, DateTimeOffset at) => new(AuditJson.Snake($"{ticket.State(at)}"), new Dictionary<string, string>
    {
        ["signs in"] = $"{new UserId(ticket.Made.User)}",
        ["good until"] = Look.Instant(ticket.Made.EndsAt),
    });
}

/// <summary>A verification, row by row.</summary>
internal static class VerificationRows
{
    internal static StreamState Of(Verification verification, DateTimeOffset at)
    {
        var rows = new Dictionary<string, string> { ["for"] = AuditJson.Snake($"{verification.Begun!.Purpose}").Replace('_', ' ') };
        Tell(verification.Record, rows);
        foreach (var proved in verification.Proved) rows[$"the {Changes.Name(proved)}"] = "right";
        return new(verification.IsOver(at) ? "over" : verification.Prepared is not null ? "waiting for the code" : verification.Challenge is not null ? "waiting for the passkey" : verification.Proved.IsEmpty ? "begun" : "proved", rows);
    }

    internal static void Tell(Record record, Dictionary<string, string> rows)
    {
        foreach (var (authenticator, text) in record.Texts)
            rows[$"{authenticator.Noun()}s"] = FormattableString.Invariant($"{text.TextNumber}, code {text.Code.Issue}, good until {Changes.Time(text.Code.ExpiresAt)}");
        foreach (var (authenticator, wrong) in record.WrongGuesses) rows[$"wrong guesses at the {Changes.Name(authenticator)}"] = FormattableString.Invariant($"{wrong}");
    }
}

/// <summary>The operator's settings, row by row.</summary>
internal static class InstanceRows
{
    internal static StreamState Of(Instance instance)
    {
        var rows = new Dictionary<string, string>();
        Tell(SettingsDrawing.Json(instance.InForce), "", rows);
        if (instance.Staged is { } staged)
            foreach (var change in Difference.Between(SettingsDrawing.Json(instance.InForce), SettingsDrawing.Json(staged.Settings)))
                rows[$"staged {change.Field}"] = change.After?.ToJsonString() ?? "null";
        return new(FormattableString.Invariant($"version {instance.Number}{(instance.Staged is null ? "" : ", a change is staged")}"), rows);
    }

    private static void Tell(System.Text.Json.Nodes.JsonObject body, string path, Dictionary<string, string> rows)
    {
        foreach (var (name, value) in body)
            if (value is System.Text.Json.Nodes.JsonObject inner) Tell(inner, $"{path}{name}.", rows);
            else rows[$"{path}{name}"] = value?.ToJsonString() ?? "null";
    }
}
