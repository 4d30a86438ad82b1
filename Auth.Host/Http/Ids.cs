namespace Auth.Host.Http;

// Each kind binds from a route or a body. What is not an id of that kind binds as the empty Guid, which nobody has:
// the endpoint answers its own 404 and the framework never answers a 400 (R09).

/// <summary>One attempt to sign in. Written <c>sia_…</c>.</summary>
public readonly record struct SignInId(Guid Value)
{
    public const string Prefix = "sia_";

    public static bool TryParse(string? text, out SignInId id)
    {
        id = new(PrefixedId.Read(Prefix, text));
        return true;
    }

    public override string ToString() => PrefixedId.Write(Prefix, Value);
}

/// <summary>A person with an account. Written <c>user_…</c>.</summary>
public readonly record struct UserId(Guid Value)
{
    public const string Prefix = "user_";

    public static bool TryParse(string? text, out UserId id)
    {
        id = new(PrefixedId.Read(Prefix, text));
        return true;
    }

    public override string ToString() => PrefixedId.Write(Prefix, Value);
}

/// <summary>What a sign-in became. Written <c>sess_…</c>.</summary>
public readonly record struct SessionId(Guid Value)
{
    public const string Prefix = "sess_";

    public static bool TryParse(string? text, out SessionId id)
    {
        id = new(PrefixedId.Read(Prefix, text));
        return true;
    }

    public override string ToString() => PrefixedId.Write(Prefix, Value);
}

/// <summary>A browser or an app installation. Written <c>client_…</c>.</summary>
public readonly record struct ClientId(Guid Value)
{
    public const string Prefix = "client_";

    public static bool TryParse(string? text, out ClientId id)
    {
        id = new(PrefixedId.Read(Prefix, text));
        return true;
    }

    public override string ToString() => PrefixedId.Write(Prefix, Value);
}

/// <summary>An e-mail address or phone number of a person. Written <c>idn_…</c>.</summary>
public readonly record struct IdentifierId(Guid Value)
{
    public const string Prefix = "idn_";

    public static bool TryParse(string? text, out IdentifierId id)
    {
        id = new(PrefixedId.Read(Prefix, text));
        return true;
    }

    public override string ToString() => PrefixedId.Write(Prefix, Value);
}

/// <summary>One text that was, or is to be, sent. Written <c>ver_…</c>.</summary>
public readonly record struct TextId(Guid Value)
{
    public const string Prefix = "ver_";

    public static bool TryParse(string? text, out TextId id)
    {
        id = new(PrefixedId.Read(Prefix, text));
        return true;
    }

    public override string ToString() => PrefixedId.Write(Prefix, Value);
}

/// <summary>One notice that was, or is to be, mailed. Written <c>ntc_…</c>.</summary>
public readonly record struct NoticeId(Guid Value)
{
    public const string Prefix = "ntc_";

    public override string ToString() => PrefixedId.Write(Prefix, Value);
}

/// <summary>One fact in a history. Written <c>evt_…</c>.</summary>
public readonly record struct EventId(Guid Value)
{
    public const string Prefix = "evt_";

    public static bool TryParse(string? text, out EventId id)
    {
        id = new(PrefixedId.Read(Prefix, text));
        return true;
    }

    public override string ToString() => PrefixedId.Write(Prefix, Value);
}

/// <summary>A device that is spared the second factor. Written <c>tdev_…</c>.</summary>
public readonly record struct TrustedDeviceId(Guid Value)
{
    public const string Prefix = "tdev_";

    public static bool TryParse(string? text, out TrustedDeviceId id)
    {
        id = new(PrefixedId.Read(Prefix, text));
        return true;
    }

    public override string ToString() => PrefixedId.Write(Prefix, Value);
}

/// <summary>An authenticator app of a person. Written <c>totp_…</c>.</summary>
public readonly record struct AppId(Guid Value)
{
    public const string Prefix = "totp_";

    public override string ToString() => PrefixedId.Write(Prefix, Value);
}

/// <summary>A person's backup codes, all of them together. Written <c>bc_…</c>.</summary>
public readonly record struct BackupCodesId(Guid Value)
{
    public const string Prefix = "bc_";

    public override string ToString() => PrefixedId.Write(Prefix, Value);
}

/// <summary>A passkey of a person. Written <c>passkey_…</c>.</summary>
public readonly record struct PasskeyId(Guid Value)
{
    public const string Prefix = "passkey_";

    public static bool TryParse(string? text, out PasskeyId id)
    {
        id = new(PrefixedId.Read(Prefix, text));
        return true;
    }

    public override string ToString() => PrefixedId.Write(Prefix, Value);
}

/// <summary>One attempt to get an account. Written <c>sua_…</c>.</summary>
public readonly record struct SignUpId(Guid Value)
{
    public const string Prefix = "sua_";

    public static bool TryParse(string? text, out SignUpId id)
    {
        id = new(PrefixedId.Read(Prefix, text));
        return true;
    }

    public override string ToString() => PrefixedId.Write(Prefix, Value);
}

/// <summary>A ticket, as its maker names it. Written <c>sit_…</c>.</summary>
public readonly record struct TicketId(Guid Value)
{
    public const string Prefix = "sit_";

    public static bool TryParse(string? text, out TicketId id)
    {
        id = new(PrefixedId.Read(Prefix, text));
        return true;
    }

    public override string ToString() => PrefixedId.Write(Prefix, Value);
}
