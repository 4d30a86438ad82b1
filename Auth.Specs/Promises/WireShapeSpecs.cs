using System.Text.Json.Nodes;
using Auth.Specs.Given;

namespace Auth.Specs.Promises;

/// <summary>
/// What published clients read: every member in snake case, and whether it may be null, as seen over whole sign-ins.
/// Others depend on each of them, so a shape changes only together with its lines here and in the changelog.
/// </summary>
public class WireShapeSpecs(RunningHost host)
{
    [Fact]
    public async Task a_sign_in() => Has(
        (await SignIns()).Select(answer => answer["response"]),
        """
        { object: text, id: text, status: text, supported_identifiers: [text], identifier: text, supported_first_factors: [{ strategy: text, safe_identifier?: text,
        email_address_id?: text }], supported_second_factors: null | [{ strategy: text, safe_identifier: text, phone_number_id: text, default: flag }], first_factor_verification: null |
        { object: text, status: text, strategy: text, attempts: number, expire_at: null }, second_factor_verification: null | { object: text, status: text,
        strategy: text, attempts: number, expire_at: number }, user_data: null | { first_name: text, last_name: text, image_url: text, has_image: flag },
        created_session_id: null | text, abandon_at: number }
        """);

    [Fact]
    public async Task a_client_without_its_sign_in_and_sessions() => Has(
        (await SignIns()).Select(answer => Without(answer["client"]!, "sign_in", "sessions")),
        """
        { object: text, id: text, sessions: null, sign_in: null, sign_up: null, last_active_session_id: null | text, last_authentication_strategy: null |
        text, cookie_expires_at: number, captcha_bypass: flag, created_at: number, updated_at: number }
        """);

    [Fact]
    public async Task a_session_without_its_user() => Has(
        (await Sessions()).Select(session => Without(session, "user")),
        """
        { id: text, object: text, status: text, expire_at: number, abandon_at: number, last_active_at: number, last_active_token: { object: text, jwt: text },
        actor: null, tasks: null, last_active_organization_id: null, user: null, public_user_data: { first_name: text, last_name: text, image_url: text,
        has_image: flag, identifier: text }, factor_verification_age: [number], created_at: number, updated_at: number }
        """);

    [Fact]
    public async Task a_user_without_their_identifiers() => Has(
        (await Sessions()).Select(session => Without(session["user"]!, "email_addresses", "phone_numbers")),
        """
        { id: text, object: text, username: null, first_name: text, last_name: text, image_url: text, has_image: flag, primary_email_address_id: text,
        primary_phone_number_id: text, primary_web3_wallet_id: null, password_enabled: flag, two_factor_enabled: flag, totp_enabled: flag,
        backup_code_enabled: flag, email_addresses: null, phone_numbers: null, web3_wallets: [], passkeys: [], external_accounts: [], saml_accounts: [],
        enterprise_accounts: [], public_metadata: {}, unsafe_metadata: {}, external_id: null, last_sign_in_at: number, banned: flag, locked: flag,
        lockout_expires_in_seconds: null, verification_attempts_remaining: null, created_at: number, updated_at: number, delete_self_enabled: flag,
        create_organization_enabled: flag, last_active_at: number, mfa_enabled_at: null | number, mfa_disabled_at: null, legal_accepted_at: null }
        """);

    [Fact]
    public async Task an_email_address() => Has(
        (await Sessions()).SelectMany(session => session["user"]!["email_addresses"]!.AsArray()),
        """
        { id: text, object: text, email_address: text, reserved: flag, verification: { object: text, status: text, strategy: text, attempts: null, expire_at:
        number }, linked_to: [], created_at: number, updated_at: number }
        """);

    [Fact]
    public async Task a_phone_number_of_the_person_and_of_the_operator()
    {
        var person = await Person.Make(host, twoStep: false);
        var changed = await new Operator(host).Patch($"/v1/phone_numbers/{person.PhoneNumberId}", new { reserved_for_second_factor = true });

        Has(
            (await Sessions()).SelectMany(session => session["user"]!["phone_numbers"]!.AsArray()).Append(changed.Json),
            """
            { id: text, object: text, phone_number: text, reserved: flag, reserved_for_second_factor: flag, default_second_factor: flag, verification: { object:
            text, status: text, strategy: text, attempts: null, expire_at: number }, linked_to: [], created_at: number, updated_at: number }
            """);
    }

    [Fact]
    public async Task a_user_is_the_same_for_themselves_and_for_the_operator()
    {
        var person = await Person.Make(host);
        var visit = new Visit(host, person);
        await visit.Through();

        var (me, user) = ((await visit.Browser.Get("/v1/me")).Response, (await new Operator(host).Get($"/v1/users?email_address={person.EmailAddress}")).Json[0]!);

        user.AsObject().Select(member => member.Key).ShouldBe(me.AsObject().Select(member => member.Key));
    }

    [Fact]
    public async Task a_token()
    {
        var visit = new Visit(host, await Person.Make(host));
        var session = await visit.Through();

        Has([(await visit.Browser.Post($"/v1/client/sessions/{session}/tokens")).Json], "{ object: text, jwt: text }");
    }

    [Fact]
    public async Task a_session_in_the_persons_list_has_its_latest_activity()
    {
        var visit = new Visit(host, await Person.Make(host)) { Browser = new(host) { Agent = Devices.SafariOnIPhone } };
        await visit.Through();

        Has(
            (await visit.Browser.Get("/v1/me/sessions")).Json.AsArray().Concat((await visit.Browser.Get("/v1/me/sessions/active")).Json.AsArray()).Select(session => Without(session!, "user")),
            """
            { id: text, object: text, status: text, expire_at: number, abandon_at: number, last_active_at: number, last_active_token: null, actor: null, tasks: null,
            last_active_organization_id: null, user: null, public_user_data: { first_name: text, last_name: text, image_url: text, has_image: flag, identifier: text },
            factor_verification_age: [number], created_at: number, updated_at: number, latest_activity: { object: text, id: text, is_mobile: flag, device_type: text,
            browser_name: text, browser_version: text, ip_address: text } }
            """);
    }

    [Fact]
    public async Task a_session_and_a_client_of_the_operator()
    {
        var visit = new Visit(host, await Person.Make(host));
        var session = await visit.Through();
        var client = (string)(await visit.Browser.Get("/v1/client")).Response["id"]!;

        Has(
            [(await new Operator(host).Get($"/v1/sessions/{session}")).Json, (await new Operator(host).Get($"/v1/clients/{client}")).Json["sessions"]![0]],
            """
            { object: text, id: text, user_id: text, client_id: text, actor: null, status: text, last_active_organization_id: null, last_active_at: number,
            latest_activity: { object: text, id: text, is_mobile: flag, ip_address: text }, expire_at: number, abandon_at: number, updated_at: number, created_at: number }
            """);
        Has(
            [Without((await new Operator(host).Get($"/v1/clients/{client}")).Json, "sessions")],
            """
            { object: text, id: text, session_ids: [text], sessions: null, sign_in_id: null, sign_up_id: null, last_active_session_id: text,
            last_authentication_strategy: text, updated_at: number, created_at: number }
            """);
    }

    [Fact]
    public async Task nobody_known() => Has([(await new Browser(host).Get("/v1/client")).Json], "{ response: null, client: null }");

    [Fact]
    public async Task an_error() => Has(
        [(await new Browser(host).Get("/v1/me")).Json],
        """
        { type: text, title: text, status: number, detail: text, instance: text, code: text, traceId: text, errors: [{ code: text, message: text,
        long_message: text }], clerk_trace_id: text }
        """);

    [Fact]
    public async Task a_wrong_code_names_its_field()
    {
        var visit = new Visit(host, await Person.Make(host));
        var wrong = await visit.UpToCode() == "000000" ? "000001" : "000000";

        Has((await visit.Attempt(wrong)).Json["errors"]!.AsArray(), "{ code: text, message: text, long_message: text, meta: { param_name: text } }");
    }

    [Fact]
    public async Task the_environment_without_its_attributes()
    {
        var environment = (await new Browser(host).Get("/v1/environment")).Json;
        environment["user_settings"]!["attributes"] = null;

        Has(
            [environment],
            """
            { auth_config: { object: text, id: text, first_name: text, last_name: text, email_address: text, phone_number: text, username: text, password: text,
            identification_requirements: [[text]], identification_strategies: [text], first_factors: [text], second_factors: [text],
            email_address_verification_strategies: [text], single_session_mode: flag, enhanced_email_deliverability: flag, test_mode: flag,
            url_based_session_syncing: flag, claimed_at: null, reverification: flag, native_settings: { object: text, api_enabled: flag,
            trusted_device_sign_in_enabled: flag, trusted_device_enrollment_prompt_after_sign_in_enabled: flag,
            trusted_device_enrollment_prompt_after_sign_up_enabled: flag } }, display_config: { object: text, id: text, instance_environment_type: text, theme:
            {}, preferred_sign_in_strategy: text, branded: flag, experimental_force_oauth_first: flag, clerk_js_version: null, show_devmode_warning: flag,
            google_one_tap_client_id: null, help_url: null, privacy_policy_url: null, terms_url: null, support_email: null, logo_image_url: null,
            favicon_image_url: null, logo_url: null, favicon_url: null, logo_image: null, favicon_image: null, captcha_public_key: null, captcha_widget_type:
            null, captcha_public_key_invisible: null, captcha_provider: null, captcha_oauth_bypass: [], application_name: text, waitlist_url: text,
            oauth_consent_url: text, logo_link_url: text, after_sign_in_url: text, after_sign_up_url: text, after_sign_out_one_url: text, after_sign_out_all_url:
            text, after_switch_session_url: text, after_join_waitlist_url: text, organization_profile_url: text, create_organization_url: text,
            after_leave_organization_url: text, after_create_organization_url: text, home_url: text, sign_in_url: text, sign_up_url: text, user_profile_url: text
            }, user_settings: { social: {}, saml: { enabled: flag }, enterprise_sso: { enabled: flag }, sign_in: { second_factor: { required: flag } }, sign_up: {
            captcha_enabled: flag, captcha_widget_type: text, custom_action_required: flag, progressive: flag, mode: text, legal_consent_enabled: flag },
            restrictions: { allowlist: { enabled: flag }, blocklist: { enabled: flag }, allowlist_blocklist_disabled_on_sign_in: { enabled: flag },
            block_email_subaddresses: { enabled: flag }, block_disposable_email_domains: { enabled: flag } }, password_settings: { disable_hibp: flag,
            disable_password_reverification: flag, min_length: number, max_length: number, require_special_char: flag, require_numbers: flag, require_uppercase:
            flag, require_lowercase: flag, show_zxcvbn: flag, min_zxcvbn_strength: number, enforce_hibp_on_sign_in: flag, allowed_special_characters: text },
            username_settings: { min_length: number, max_length: number, allow_extended_special_characters: flag, allow_numeric_usernames: flag }, actions: {
            delete_self: flag, create_organization: flag, create_organizations_limit: null }, attack_protection: { user_lockout: { enabled: flag, max_attempts:
            number, duration_in_minutes: number }, pii: { enabled: flag }, email_link: { require_same_client: flag }, enumeration_protection: { enabled: flag } },
            passkey_settings: { allow_autofill: flag, show_sign_in_button: flag, satisfies_second_factor: flag }, attributes: null }, organization_settings: {
            enabled: flag, max_allowed_memberships: number, actions: { admin_delete: flag }, domains: { enabled: flag, enrollment_modes: [], default_role: text },
            creator_role: text }, maintenance_mode: flag }
            """);
    }

    [Fact]
    public async Task the_environment_is_the_same_for_a_client_with_a_development_key()
    {
        var browser = new Browser(host);

        var (asked, touched) = (await browser.Get("/v1/environment"), await browser.Post("/v1/environment?_method=PATCH"));

        touched.Text.ShouldBe(asked.Text);
    }

    [Fact]
    public async Task the_attributes_of_the_environment()
    {
        var attributes = (await new Browser(host).Get("/v1/environment")).Json["user_settings"]!["attributes"]!.AsObject();

        attributes.Select(attribute => attribute.Key).ShouldBe(["username", "web3_wallet", "first_name", "last_name", "authenticator_app", "ticket",
            "backup_code", "passkey", "email_address", "phone_number", "password"]);
        Has(
            attributes.Select(attribute => attribute.Value),
            """
            { enabled: flag, required: flag, used_for_first_factor: flag, first_factors: [text], used_for_second_factor: flag, second_factors: [text], verifications:
            [text], verify_at_sign_up: flag, immutable: flag }
            """);
    }

    /// <summary>All that clients get to see on their ways: a stranger's, one with a slip at each step, one without a second factor.</summary>
    private async Task<IReadOnlyList<JsonNode>> SignIns()
    {
        var person = await Person.Make(host);
        var (visit, stranger, simple) = (new Visit(host, person), new Visit(host, person), new Visit(host, await Person.Make(host, twoStep: false)));
        List<Reply> replies = [await stranger.Identify("nobody@example.com"), await visit.Identify(), await simple.Create()];
        await visit.AttemptFirst("not their password, but long");
        replies.Add(await visit.Browser.Get($"/v1/client/sign_ins/{visit.SignIn}"));
        replies.AddRange([await visit.AttemptFirst(), await visit.Prepare()]);
        replies.Add(await visit.Attempt(await person.LatestCode(host)));
        return [.. replies.Select(reply => reply.Json)];
    }

    private async Task<IReadOnlyList<JsonNode>> Sessions() => [.. (await SignIns()).SelectMany(answer => answer["client"]!["sessions"]!.AsArray()).OfType<JsonNode>()];

    private static JsonNode Without(JsonNode answer, params IEnumerable<string> members)
    {
        foreach (var member in members.Where(answer.AsObject().ContainsKey)) answer[member] = null;
        return answer;
    }

    private static void Has(IEnumerable<JsonNode?> samples, string shape) => Shape.Of(samples).ShouldBe(Shape.Flat(shape));
}
