using System.Text.Json.Nodes;
using Auth.Host.Audit.Telling;

namespace Auth.Host.Audit.Export;

/// <summary>
/// The Open Cybersecurity Schema Framework: proofs and sessions as Authentication (3002), what happens to accounts as Account Change (3001), the rest as
/// Base Event (0). Whatever has no place there is under <c>unmapped</c>.
/// </summary>
public sealed class OcsfForm : EventForm
{
    /// <summary>The version of the schema that these lines follow.</summary>
    public const string Version = "1.3.0";

    private const int Logon = 1, Logoff = 2, Ticket = 3, Preauth = 6, Other = 99;
    private const int Create = 1, Enable = 2, PasswordChange = 3, Disable = 5, Delete = 6, Lock = 9, MfaEnable = 10, MfaDisable = 11;

    private static readonly Dictionary<string, int> Accounts = new()
    {
        ["user.created"] = Create, ["sign_up.completed"] = Create, ["user.unbanned"] = Enable, ["user.password_set"] = PasswordChange, ["user.banned"] = Disable, ["user.erased"] = Delete,
        ["user.locked"] = Lock, ["user.authenticator_app_added"] = MfaEnable, ["user.passkey_added"] = MfaEnable, ["user.phone_number_reserved_for_second_factor"] = MfaEnable,
        ["user.backup_codes_made"] = MfaEnable, ["user.authenticator_app_removed"] = MfaDisable, ["user.passkey_removed"] = MfaDisable, ["user.recovered"] = MfaDisable,
        ["user.phone_number_released_from_second_factor"] = MfaDisable, ["user.backup_codes_removed"] = MfaDisable,
    };

    /// <inheritdoc />
    public override string ContentType => "application/x-ndjson";

    /// <inheritdoc />
    public override string Line(EventView e)
    {
        var (name, uid) = Class(e);
        var activity = uid == 3001 ? Accounts.GetValueOrDefault(e.Type, Other) : uid == 3002 ? Authentication(e) : Other;
        var line = new JsonObject
        {
            ["class_uid"] = uid,
            ["class_name"] = name,
            ["category_uid"] = uid / 1000,
            ["category_name"] = uid == 0 ? "Uncategorized" : "Identity & Access Management",
            ["activity_id"] = activity,
            ["activity_name"] = activity == Other ? e.Type : null,
            ["type_uid"] = (uid * 100) + activity,
            ["severity_id"] = e.Outcome is "refused" ? 2 : 1,
            ["time"] = e.At.ToUnixTimeMilliseconds(),
            ["status_id"] = e.Outcome switch { "success" => 1, null => 0, _ => 2 },
            ["status_detail"] = e.Facts["reason"]?.ToString() ?? e.Facts["flaw"]?.ToString(),
            ["message"] = e.Type,
            ["metadata"] = new JsonObject
            {
                ["version"] = Version,
                ["uid"] = e.Id,
                ["sequence"] = e.Sequence,
                ["event_code"] = e.Type,
                ["original_time"] = AuditJson.Time(e.At),
                ["correlation_uid"] = e.Trace,
                ["product"] = new JsonObject { ["name"] = "Auth", ["vendor_name"] = "Auth" },
            },
        };
        if (uid != 0) Identity(e, uid, line);
        line["unmapped"] = new JsonObject { ["stream"] = e.Stream, ["version"] = e.Version, ["settings"] = e.Settings, ["by"] = e.By, ["facts"] = e.Facts.DeepClone() };
        foreach (var nothing in line.Where(member => member.Value is null).Select(member => member.Key).ToList()) line.Remove(nothing);
        return Written(line);
    }

    private static (string Name, int Uid) Class(EventView e) => e.StreamKind switch
    {
        "sign_in" or "session" or "ticket" or "verification" => ("Authentication", 3002),
        "user" or "sign_up"                                  => ("Account Change", 3001),
        _                                                    => ("Base Event", 0),
    };

    private static int Authentication(EventView e) => e.Type switch
    {
        "sign_in.converted" or "session.stepped_up"               => Logon,
        "session.ended"                                           => Logoff,
        _ when e.StreamKind is "ticket"                           => Ticket,
        _ when e.StreamKind is "sign_in" && e.Outcome is not null => Preauth,
        _                                                         => Other,
    };

    private static void Identity(EventView e, int uid, JsonObject line)
    {
        var user = e.StreamKind is "user" ? e.Stream : e.Facts["user"]?.ToString();
        line["user"] = user is null ? new JsonObject { ["uid"] = e.Stream, ["type_id"] = 0 } : new JsonObject { ["uid"] = user, ["type_id"] = 1 };
        if (e.Address is not null) line["src_endpoint"] = new JsonObject { ["ip"] = e.Address };
        if (e.Agent is not null) line["http_request"] = new JsonObject { ["user_agent"] = e.Agent };
        if (uid != 3002) return;

        line["service"] = new JsonObject { ["name"] = "Auth" };
        line["is_mfa"] = e.Type.StartsWith("sign_in.second_factor", StringComparison.Ordinal) || e.Facts["user_verified"]?.ToString() is "true";
        if ((e.StreamKind is "session" ? e.Stream : e.Facts["session"]?.ToString()) is { } session) line["session"] = new JsonObject { ["uid"] = session };
        if (e.Facts["authenticator"]?["strategy"]?.ToString() is { } strategy) line["auth_factors"] = new JsonArray(new JsonObject { ["factor_type_id"] = Factor(strategy), ["factor_type"] = strategy });
    }

    private static int Factor(string strategy) => strategy switch
    {
        "phone_code" or "reset_password_phone_code" => 1,
        "totp" or "backup_code"                     => 7,
        "email_code" or "reset_password_email_code" => 8,
        "passkey"                                   => 10,
        "password"                                  => 11,
        _                                           => Other,
    };
}
