using Auth.Host.Wiring;

namespace Auth.Host.Limits;

/// <summary>How much one address may ask for (<c>Auth:Limits</c>). The numbers shipped are the promise; the double is the most that starts.</summary>
public sealed record AddressDials
{
    private static readonly AddressDials Shipped = new();

    /// <summary>REQUESTS: new sign-ins.</summary>
    public int CreatesAMinute { get; init; } = 30;

    /// <inheritdoc cref="CreatesAMinute"/>
    public int CreatesAnHour { get; init; } = 300;

    /// <summary>REQUESTS: guesses.</summary>
    public int AttemptsAMinute { get; init; } = 60;

    /// <inheritdoc cref="AttemptsAMinute"/>
    public int AttemptsAnHour { get; init; } = 600;

    /// <summary>Texts that leave for one block of addresses.</summary>
    public int TextsAnHour { get; init; } = 20;

    /// <summary>Off only for measurements and parallel specs, and only in Development.</summary>
    public bool PerAddress { get; init; } = true;

    public static AddressDials From(IConfiguration configuration, IHostEnvironment environment)
    {
        var section = configuration.GetSection("Auth:Limits");
        var dials = new AddressDials
        {
            CreatesAMinute = Read(section, nameof(CreatesAMinute), Shipped.CreatesAMinute),
            CreatesAnHour = Read(section, nameof(CreatesAnHour), Shipped.CreatesAnHour),
            AttemptsAMinute = Read(section, nameof(AttemptsAMinute), Shipped.AttemptsAMinute),
            AttemptsAnHour = Read(section, nameof(AttemptsAnHour), Shipped.AttemptsAnHour),
            TextsAnHour = Read(section, nameof(TextsAnHour), Shipped.TextsAnHour),
            PerAddress = section[nameof(PerAddress)] switch
            {
                null or "on" => true,
                "off" => false,
                _ => throw new SettingException("Auth:Limits:PerAddress is on or off."),
            },
        };
        return dials.PerAddress || environment.IsDevelopment() ? dials : throw new SettingException("Auth:Limits:PerAddress=off is for Development only.");
    }

    private static int Read(IConfigurationSection section, string name, int shipped) =>
        section.GetValue(name, shipped) is var number && number >= 1 && number <= 2 * shipped
            ? number
            : throw new SettingException($"Auth:Limits:{name} must be 1 to {2 * shipped}.");

    internal (int AMinute, int AnHour) Of(LimitKind kind) => kind switch
    {
        LimitKind.Create => (CreatesAMinute, CreatesAnHour),
        LimitKind.Attempt => (AttemptsAMinute, AttemptsAnHour),
        _ => (int.MaxValue, TextsAnHour),
    };
}

/// <summary>What is counted.</summary>
public enum LimitKind { Create, Attempt, Text }
