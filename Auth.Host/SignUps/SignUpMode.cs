using Auth.Domain.Instances;
using Auth.Host.Http;
using Auth.Host.Wiring;

namespace Auth.Host.SignUps;

/// <summary>Whether people may make an account by themselves: as the settings say, and where they say nothing, as configured (<c>Auth:SignUp</c>).</summary>
public sealed record SignUpMode(SignUpRule Configured)
{
    /// <summary>As Clerk's clients call it.</summary>
    public string Name(Settings settings) => IsOpen(settings) ? "public" : "restricted";

    /// <summary>Whether they may.</summary>
    public bool IsOpen(Settings settings) => settings.OpensSignUp(Configured);

    /// <summary>Reads what is configured; open where nothing is said.</summary>
    public static SignUpMode From(IConfiguration configuration) => configuration["Auth:SignUp"] switch
    {
        null or "open" => new(SignUpRule.Open),
        "closed"       => new(SignUpRule.Closed),
        _              => throw new SettingException("Auth:SignUp is open or closed."),
    };

    /// <summary>Goes on, or refuses every step of a sign-up: also of one that was begun before it was closed.</summary>
    public void Demand(Settings settings)
    {
        if (!IsOpen(settings)) throw Problems.SignUpClosed.Refuse();
    }
}
