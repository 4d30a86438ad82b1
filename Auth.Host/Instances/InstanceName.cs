using System.Text.RegularExpressions;
using Auth.Domain.Instances;
using Auth.Host.Factors;
using Auth.Host.Http;
using Auth.Host.Wiring;
using Microsoft.Extensions.Options;
using PhoneNumbers;

namespace Auth.Host.Instances;

/// <summary>What an instance calls itself.</summary>
public sealed partial class InstanceOptions
{
    /// <summary>The only variable word of a text, where the settings say no other: at most 20 letters, digits and spaces (R26).</summary>
    public string Name { get; set; } = "Auth";

    /// <summary>The country whose numbers are always texted (ISO 3166, two capital letters); null: only those that the settings list.</summary>
    public string? HomeCountry { get; set; }

    /// <summary>The fake texts to the United States as shipped; nobody else's country is guessed.</summary>
    internal static string? Home(string? configured, bool development) => configured ?? (development ? "US" : null);

    /// <summary>Reads them, or says which does not do.</summary>
    public static InstanceOptions From(InstanceSection section)
    {
        var options = new InstanceOptions { Name = section[nameof(Name)] ?? "Auth", HomeCountry = section[nameof(HomeCountry)] };
        if (!Plain().IsMatch(options.Name)) throw new SettingException($"{section.Key(nameof(Name))} must be 1 to 20 letters, digits and spaces: it is the one variable word of a text.");
        if (options.HomeCountry is { } home && !PhoneNumberUtil.GetInstance().GetSupportedRegions().Contains(home)) throw new SettingException($"{section.Key(nameof(HomeCountry))} must be a country as two capital letters, such as SE.");
        return options;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9 ]{1,20}\z")]
    internal static partial Regex Plain();
}

/// <summary>The fixed template of a text: one segment, no link, nothing a caller wrote, bound to our host by its last line (R26).</summary>
public sealed class InstanceName(IOptions<InstanceOptions> options, FrontDoor door)
{
    private string? Branded { get; init; }

    /// <summary>How the service is called.</summary>
    public string Name => Branded ?? options.Value.Name;

    /// <summary>The same service as it is called under those settings.</summary>
    public InstanceName Under(Settings settings) => new(options, door) { Branded = settings.Branding.Name };

    /// <summary>The country whose numbers are always texted; in Development that of the numbers in the documentation.</summary>
    public string? HomeCountry => InstanceOptions.Home(options.Value.HomeCountry, door.IsDevelopment);

    /// <summary>The host that browsers bind the code to.</summary>
    public string Host => door.PublicUrl.Host;

    /// <summary>The text, code first. It names no minutes: a resend has fewer left.</summary>
    public string TextOf(OfferedCode code) => $"{code.Digits} is your {Name} code.\n\n@{Host} #{code.Digits}";
}
