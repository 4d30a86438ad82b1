using Auth.Host.Users;
using Auth.Host.Wiring;
using Auth.Projections.Proof;

namespace Auth.Host.Witnesses;

/// <summary>Who is told how the history stands, outside the database (<c>Auth:Witnesses</c>), and how often that is signed (<c>Auth:Seals</c>).</summary>
/// <param name="Folder">Where each host appends the checkpoints to a file; null for nowhere.</param>
/// <param name="Url">Who gets the newest one by POST.</param>
/// <param name="Authorization">The header of that request.</param>
/// <param name="Mail">Who gets the newest one by mail …</param>
/// <param name="MailEvery">… and how often.</param>
public sealed record WitnessOptions(string? Folder, Uri? Url, string? Authorization, string? Mail, TimeSpan MailEvery, SealDials Seals)
{
    private const string Section = "Auth:Witnesses";

    /// <summary>Read at start, or the start fails with a sentence.</summary>
    public static WitnessOptions From(IConfiguration configuration, IHostEnvironment environment)
    {
        var folder = configuration[$"{Section}:Folder"] ?? (environment.IsDevelopment() && configuration["Auth:Keys:Folder"] is { } own ? Path.Combine(own, "witness") : null);
        var url = configuration[$"{Section}:Url"];
        var mail = configuration[$"{Section}:Mail"];
        return new(
            folder is null or "" or "off" ? null : Path.GetFullPath(folder),
            url is null ? null : Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0 && (uri.Scheme == "https" || uri.Scheme == "http" && (uri.IsLoopback || environment.IsDevelopment())) ? uri
                : throw new SettingException($"{Section}:Url holds '{url}', which is not an address such as https://witness.example.com/checkpoints"),
            configuration[$"{Section}:Authorization"],
            mail is null ? null : CanonicalIdentifier.OfEmailAddress(mail)?.Value ?? throw new SettingException($"{Section}:Mail holds '{mail}', which is not an email address."),
            Between(configuration, $"{Section}:MailEvery", TimeSpan.FromDays(1), TimeSpan.FromMinutes(1), TimeSpan.FromDays(31)),
            new(Between(configuration, "Auth:Seals:Every", SealDials.Shipped.Every, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)), SealDials.Shipped.Most));
    }

    /// <summary>What this machine's own witness wrote down, where it has one. Read it before the database: what is signed in between is in the file and not in the snapshot.</summary>
    internal IReadOnlyList<SignedNote> Kept() => Folder is { } folder && Directory.Exists(folder)
        ? [.. Directory.GetFiles(folder, "*.checkpoints").SelectMany(file => SignedNote.ParseAll(File.ReadAllText(file)) ?? [])] : [];

    /// <summary>Hides what opens the witness's door.</summary>
    public override string ToString() => "WitnessOptions(hidden)";

    private static TimeSpan Between(IConfiguration configuration, string key, TimeSpan otherwise, TimeSpan least, TimeSpan most) => configuration[key] is not { } text ? otherwise
        : TimeSpan.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var given) && given >= least && given <= most ? given
        : throw new SettingException($"{key} holds '{text}': give a time from {least} to {most}, such as {otherwise}.");
}
