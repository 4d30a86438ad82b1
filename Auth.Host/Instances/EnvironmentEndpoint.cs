using System.Text.Json.Nodes;
using Auth.Domain;
using Auth.Domain.Instances;
using Auth.Domain.SignIns;
using Auth.Host.Http;
using Auth.Host.SignUps;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Auth.Host.Instances;

/// <summary>What a client must know before it draws a sign-in (Clerk's <c>GET /v1/environment</c>): what is on, and where things are. The shape is closed.</summary>
public static class EnvironmentEndpoint
{
    private static readonly string[] Attributes =
        ["username", "web3_wallet", "first_name", "last_name", "authenticator_app", "ticket", "backup_code", "passkey", "email_address", "phone_number", "password"];

    private static readonly IEnumerable<Strategy> Begun = Strategies.All.Where(row => row.Value.Begins).Select(row => row.Key);

    private static readonly string[] Pages =
    [
        "waitlist_url", "oauth_consent_url", "logo_link_url", "after_sign_in_url", "after_sign_up_url", "after_sign_out_one_url", "after_sign_out_all_url",
        "after_switch_session_url", "after_join_waitlist_url", "organization_profile_url", "create_organization_url", "after_leave_organization_url", "after_create_organization_url",
    ];

    /// <summary>Maps it; a client with a development key asks by PATCH.</summary>
    public static void MapEnvironment(this IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/environment", Answer).WithTags("Frontend API: environment").WithSummary("What is on, and where things are.");
        app.MapPatch("/v1/environment", Answer).WithTags("Frontend API: environment").WithSummary("The same; nothing is changed.");
    }

    private static async Task<Ok<JsonObject>> Answer(Tenant tenant, SignUpMode signUp, SettingsReading reading, TimeProvider clock, CancellationToken ct) =>
        TypedResults.Ok(Draw(tenant.Door, tenant.Name, signUp, (await reading.InForce(tenant.Id, ct)).InForce, clock.GetUtcNow()));

    private static JsonObject Draw(FrontDoor door, InstanceName instance, SignUpMode signUp, Settings settings, DateTimeOffset now) => new()
    {
        ["auth_config"] = AuthConfig(settings),
        ["display_config"] = DisplayConfig(door, instance.Under(settings).Name, settings),
        ["user_settings"] = UserSettings(signUp, settings, now),
        ["organization_settings"] = JsonNode.Parse("""
            {
              "enabled": false, "max_allowed_memberships": 0, "actions": { "admin_delete": false },
              "domains": { "enabled": false, "enrollment_modes": [], "default_role": "org:member" }, "creator_role": "org:admin"
            }
            """),
        ["maintenance_mode"] = false,
    };

    private static JsonObject AuthConfig(Settings settings) => JsonNode.Parse($$"""
        {
          "object": "auth_config", "id": "aconf_default", "first_name": "on", "last_name": "on", "email_address": "on", "phone_number": "on", "username": "off",
          "password": "{{(settings.AsksPassword() ? "required" : "off")}}", "identification_requirements": [{{string.Join(", ", Identifying(settings).Select(name => $"[{name}]"))}}], "identification_strategies": [{{string.Join(", ", Identifying(settings))}}],
          "first_factors": [{{Names(settings.FirstFactors.Concat(Begun))}}], "second_factors": [{{Names(settings.SecondFactors)}}],
          "email_address_verification_strategies": ["email_code"], "single_session_mode": {{Word(settings.SingleSession)}}, "enhanced_email_deliverability": false, "test_mode": false,
          "url_based_session_syncing": false, "claimed_at": null, "reverification": false,
          "native_settings": {
            "object": "native_settings", "api_enabled": true, "trusted_device_sign_in_enabled": false,
            "trusted_device_enrollment_prompt_after_sign_in_enabled": false, "trusted_device_enrollment_prompt_after_sign_up_enabled": false
          }
        }
        """)!.AsObject();

    private static JsonObject DisplayConfig(FrontDoor door, string name, Settings settings)
    {
        var config = JsonNode.Parse($$"""
            {
              "object": "display_config", "id": "dconf_default", "instance_environment_type": "{{(door.IsDevelopment ? "development" : "production")}}", "theme": {},
              "preferred_sign_in_strategy": "{{(settings.FirstFactors.Contains(Strategy.Password) ? "password" : "otp")}}", "branded": false, "experimental_force_oauth_first": false, "clerk_js_version": null, "show_devmode_warning": false,
              "google_one_tap_client_id": null, "help_url": null, "privacy_policy_url": null, "terms_url": null, "support_email": null,
              "logo_image_url": null, "favicon_image_url": null, "logo_url": null, "favicon_url": null, "logo_image": null, "favicon_image": null,
              "captcha_public_key": null, "captcha_widget_type": null, "captcha_public_key_invisible": null, "captcha_provider": null, "captcha_oauth_bypass": []
            }
            """)!.AsObject();
        config["application_name"] = name;
        foreach (var logo in (string[])["logo_image_url", "logo_url"]) config[logo] = settings.Branding.LogoUrl;
        foreach (var (page, path) in Pages.Select(page => (page, "/")).Concat([("home_url", "/"), ("sign_in_url", "/sign-in"), ("sign_up_url", "/sign-up"), ("user_profile_url", "/user")]))
            config[page] = new Uri(door.PublicUrl, path).ToString();
        return config;
    }

    private static JsonObject UserSettings(SignUpMode signUp, Settings settings, DateTimeOffset now)
    {
        var drawn = JsonNode.Parse($$"""
            {
              "social": {}, "saml": { "enabled": false }, "enterprise_sso": { "enabled": false }, "sign_in": { "second_factor": { "required": {{Word(settings.DemandsSecondFactor(now))}} } },
              "sign_up": { "captcha_enabled": false, "captcha_widget_type": "smart", "custom_action_required": false, "progressive": true, "mode": "{{signUp.Name(settings)}}", "legal_consent_enabled": false },
              "restrictions": {
                "allowlist": { "enabled": false }, "blocklist": { "enabled": false }, "allowlist_blocklist_disabled_on_sign_in": { "enabled": false },
                "block_email_subaddresses": { "enabled": false }, "block_disposable_email_domains": { "enabled": false }
              },
              "password_settings": {
                "disable_hibp": true, "disable_password_reverification": false, "min_length": {{settings.Passwords.MinLength}}, "max_length": 256, "require_special_char": false, "require_numbers": false,
                "require_uppercase": false, "require_lowercase": false, "show_zxcvbn": false, "min_zxcvbn_strength": 0, "enforce_hibp_on_sign_in": false, "allowed_special_characters": ""
              },
              "username_settings": { "min_length": 4, "max_length": 64, "allow_extended_special_characters": false, "allow_numeric_usernames": false },
              "actions": { "delete_self": false, "create_organization": false, "create_organizations_limit": null },
              "attack_protection": {
                "user_lockout": { "enabled": true, "max_attempts": {{settings.Dials.WaitFrom}}, "duration_in_minutes": {{(int)settings.Dials.LongestWait.TotalMinutes}} }, "pii": { "enabled": true },
                "email_link": { "require_same_client": true }, "enumeration_protection": { "enabled": true }
              },
              "passkey_settings": { "allow_autofill": false, "show_sign_in_button": {{Word(settings.FirstFactors.Contains(Strategy.Passkey))}}, "satisfies_second_factor": true }
            }
            """)!.AsObject();
        var attributes = new JsonObject();
        foreach (var name in Attributes) attributes[name] = Attribute(name, settings);
        drawn["attributes"] = attributes;
        return drawn;
    }

    private static JsonObject Attribute(string name, Settings settings)
    {
        var password = settings.AsksPassword();
        var (first, second) = (Of(name, settings.FirstFactors), Names(Of(name, settings.SecondFactors).Where(settings.MayEnrol)));
        var (enabled, required, identifies) = name switch
        {
            "email_address"                         => (true, !settings.MaySignUpWith(IdentifierKind.PhoneNumber) && settings.MaySignUpWith(IdentifierKind.EmailAddress), Identifies(IdentifierKind.EmailAddress, settings)),
            "phone_number"                          => (true, !settings.MaySignUpWith(IdentifierKind.EmailAddress) && settings.MaySignUpWith(IdentifierKind.PhoneNumber), Identifies(IdentifierKind.PhoneNumber, settings)),
            "password"                              => (password, password, false),
            "first_name" or "last_name" or "ticket" => (true, false, false),
            _                                       => (first.Any() || second.Length > 0, false, first.Any()),
        };
        IEnumerable<Strategy> verified = name switch
        {
            "email_address" => [Strategy.EmailCode],
            "phone_number"  => [Strategy.PhoneCode],
            "passkey"       => first.Union(Of(name, settings.SecondFactors)),
            _               => [],
        };
        return JsonNode.Parse($$"""
            {
              "enabled": {{Word(enabled)}}, "required": {{Word(required)}}, "used_for_first_factor": {{Word(identifies)}}, "first_factors": [{{(name is "password" ? "" : Names(first))}}],
              "used_for_second_factor": {{Word(second.Length > 0)}}, "second_factors": [{{second}}], "verifications": [{{Names(verified)}}], "verify_at_sign_up": {{Word(name is "email_address" or "phone_number")}}, "immutable": false
            }
            """)!.AsObject();
    }

    /// <summary>Whether somebody who types one can go on; a passkey is taken beside both.</summary>
    private static bool Identifies(IdentifierKind kind, Settings settings) => settings.MaySignUpWith(kind) || settings.FirstFactors.Contains(Strategy.Passkey);

    private static IEnumerable<string> Identifying(Settings settings) =>
        new[] { (IdentifierKind.EmailAddress, "\"email_address\""), (IdentifierKind.PhoneNumber, "\"phone_number\"") }.Where(row => Identifies(row.Item1, settings)).Select(row => row.Item2);

    /// <summary>The strategies that prove by that attribute; what resets a password proves nothing to sign in with.</summary>
    private static IEnumerable<Strategy> Of(string attribute, Choice<Strategy> strategies) => strategies.Where(strategy => attribute == strategy.Traits().Name switch
    {
        "phone_code" => "phone_number",
        "email_code" => "email_address",
        "totp"       => "authenticator_app",
        var same     => same,
    });

    private static string Names(IEnumerable<Strategy> strategies) => string.Join(", ", strategies.Select(strategy => $"\"{strategy.Traits().Name}\""));

    private static string Word(bool value) => value ? "true" : "false";
}
