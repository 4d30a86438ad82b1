namespace Auth.Host.Sessions.Tokens;

/// <summary>Wires session tokens.</summary>
public static class TokenSetup
{
    /// <summary>Adds minting and reading of session tokens. Needs the keys and the front door.</summary>
    public static WebApplicationBuilder AddSessionTokens(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<TokenOptions>().BindConfiguration(TokenOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<SigningKeys>();
        builder.Services.AddSingleton<SessionTokens>();
        return builder;
    }
}
