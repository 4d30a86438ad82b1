using Auth.Host.Http;
using Auth.Host.Wiring;

namespace Auth.Host.SignUps;

/// <summary>Whether people may make an account by themselves (<c>Auth:SignUp</c>).</summary>
public sealed record SignUpMode(bool IsOpen)
{
    /// <summary>As Clerk's clients call it.</summary>
    public string Name => IsOpen ? "public" : "restricted";

    /// <summary>Reads it; open where nothing is said.</summary>
    public static SignUpMode From(IConfiguration configuration) => configuration["Auth:SignUp"] switch
    {
        null or "open" => new(true),
        "closed"       => new(false),
        _              => throw new SettingException("Auth:SignUp is open or closed."),
    };

    /// <summary>Goes on, or refuses every step of a sign-up: also of one that was begun before it was closed.</summary>
    public void Demand()
    {
        if (!IsOpen) throw Problems.SignUpClosed.Refuse();
    }
}
