using System.Text.Json.Nodes;
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

    private static Ok<JsonObject> Answer(FrontDoor door, InstanceName instance, SignUpMode signUp, Dials dials) => TypedResults.Ok(Draw(door, instance.Name, signUp, dials));

    private static JsonObject Draw(FrontDoor door, string name, SignUpMode signUp, Dials dials) => new()
    {
        ["auth_config"] = AuthConfig(),
        ["display_config"] = DisplayConfig(door, name),
        ["user_settings"] = UserSettings(signUp, dials),
        ["organization_settings"] = JsonNode.Parse("""
            {
              "enabled": false, "max_allowed_memberships": 0, "actions": { "admin_delete": false },
              "domains": { "enabled": false, "enrollment_modes": [], "default_role": "org:member" }, "creator_role": "org:admin"
            }
            """),
        ["maintenance_mode"] = false,
    };

    private static JsonObject AuthConfig() => JsonNode.Parse($$"""
        {
          "object": "auth_config", "id": "aconf_default", "first_name": "on", "last_name": "on", "email_address": "on", "phone_number": "on", "username": "off",
          "password": "required", "identification_requirements": [["email_address"], ["phone_number"]], "identification_strategies": ["email_address", "phone_number"],
          "first_factors": [{{Names(strategy => strategy.First)}}], "second_factors": [{{Names(strategy => strategy.Second)}}],
          "email_address_verification_strategies": ["email_code"], "single_session_mode": true, "enhanced_email_deliverability": false, "test_mode": false,
          "url_based_session_syncing": false, "claimed_at": null, "reverification": false,
          "native_settings": {
            "object": "native_settings", "api_enabled": true, "trusted_device_sign_in_enabled": false,
            "trusted_device_enrollment_prompt_after_sign_in_enabled": false, "trusted_device_enrollment_prompt_after_sign_up_enabled": false
          }
        }
        """)!.AsObject();

    private static JsonObject DisplayConfig(FrontDoor door, string name)
    {
        var config = JsonNode.Parse($$"""
            {
              "object": "display_config", "id": "dconf_default", "instance_environment_type": "{{(door.IsDevelopment ? "development" : "production")}}", "theme": {},
              "preferred_sign_in_strategy": "password", "branded": false, "experimental_force_oauth_first": false, "clerk_js_version": null, "show_devmode_warning": false,
              "google_one_tap_client_id": null, "help_url": null, "privacy_policy_url": null, "terms_url": null, "support_email": null,
              "logo_image_url": null, "favicon_image_url": null, "logo_url": null, "favicon_url": null, "logo_image": null, "favicon_image": null,
              "captcha_public_key": null, "captcha_widget_type": null, "captcha_public_key_invisible": null, "captcha_provider": null, "captcha_oauth_bypass": []
            }
            """)!.AsObject();
        config["application_name"] = name;
        foreach (var (page, path) in Pages.Select(page => (page, "/")).Concat([("home_url", "/"), ("sign_in_url", "/sign-in"), ("sign_up_url", "/sign-up"), ("user_profile_url", "/user")]))
            config[page] = new Uri(door.PublicUrl, path).ToString();
        return config;
    }

    private static JsonObject UserSettings(SignUpMode signUp, Dials dials)
    {
        var settings = JsonNode.Parse($$"""
            {
              "social": {}, "saml": { "enabled": false }, "enterprise_sso": { "enabled": false }, "sign_in": { "second_factor": { "required": false } },
              "sign_up": { "captcha_enabled": false, "captcha_widget_type": "smart", "custom_action_required": false, "progressive": true, "mode": "{{signUp.Name}}", "legal_consent_enabled": false },
              "restrictions": {
                "allowlist": { "enabled": false }, "blocklist": { "enabled": false }, "allowlist_blocklist_disabled_on_sign_in": { "enabled": false },
                "block_email_subaddresses": { "enabled": false }, "block_disposable_email_domains": { "enabled": false }
              },
              "password_settings": {
                "disable_hibp": true, "disable_password_reverification": false, "min_length": 15, "max_length": 256, "require_special_char": false, "require_numbers": false,
                "require_uppercase": false, "require_lowercase": false, "show_zxcvbn": false, "min_zxcvbn_strength": 0, "enforce_hibp_on_sign_in": false, "allowed_special_characters": ""
              },
              "username_settings": { "min_length": 4, "max_length": 64, "allow_extended_special_characters": false, "allow_numeric_usernames": false },
              "actions": { "delete_self": false, "create_organization": false, "create_organizations_limit": null },
              "attack_protection": {
                "user_lockout": { "enabled": true, "max_attempts": {{dials.WaitFrom}}, "duration_in_minutes": {{(int)dials.LongestWait.TotalMinutes}} }, "pii": { "enabled": true },
                "email_link": { "require_same_client": true }, "enumeration_protection": { "enabled": true }
              },
              "passkey_settings": { "allow_autofill": false, "show_sign_in_button": false, "satisfies_second_factor": false }
            }
            """)!.AsObject();
        var attributes = new JsonObject();
        foreach (var name in Attributes) attributes[name] = Attribute(name);
        settings["attributes"] = attributes;
        return settings;
    }

    private static JsonObject Attribute(string name)
    {
        var (enabled, required, first, second, verified) = name switch
        {
            "email_address"                         => (true, false, true, "", "\"email_code\""),
            "phone_number"                          => (true, false, true, "\"phone_code\"", "\"phone_code\""),
            "password"                              => (true, true, false, "", ""),
            "first_name" or "last_name" or "ticket" => (true, false, false, "", ""),
            _                                       => (false, false, false, "", ""),
        };
        return JsonNode.Parse($$"""
            {
              "enabled": {{Word(enabled)}}, "required": {{Word(required)}}, "used_for_first_factor": {{Word(first)}}, "first_factors": [],
              "used_for_second_factor": {{Word(second.Length > 0)}}, "second_factors": [{{second}}], "verifications": [{{verified}}], "verify_at_sign_up": {{Word(verified.Length > 0)}}, "immutable": false
            }
            """)!.AsObject();
    }

    private static string Names(Func<StrategyTraits, bool> which) => string.Join(", ", Strategies.All.Values.Where(which).Select(strategy => $"\"{strategy.Name}\""));

    private static string Word(bool value) => value ? "true" : "false";
}
