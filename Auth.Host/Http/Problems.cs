using System.Collections.Frozen;
using System.Reflection;

namespace Auth.Host.Http;

/// <summary>
/// Every no of the service, once. Codes and statuses are promises to clients; where Clerk has a code for it, it is Clerk's.
/// The type links, <c>docs/errors.md</c> and every answer come from here.
/// </summary>
public static class Problems
{
    // What was asked cannot be read.
    public static readonly Problem MalformedRequest      = new("malformed_request_parameters",            400, "The request cannot be read.",              "Send one JSON object or one form, in UTF-8, every key once, nothing after it, nested at most 8 deep.");
    public static readonly Problem UnsupportedContent    = new("unsupported_content_type",                400, "The content type is not supported.",       "Send application/json or application/x-www-form-urlencoded, unpacked and in UTF-8.");
    public static readonly Problem BodyTooLarge          = new("request_body_too_large",                  413, "The request is too large.",                "A request has at most 16 KiB.");
    public static readonly Problem NotFound              = new("resource_not_found",                      404, "Not found.",                               "There is nothing here for you.");
    public static readonly Problem MethodNotAllowed      = new("method_not_allowed",                      405, "This method is not allowed here.",         "Ask with another method.");

    // A field of it is not what it should be.
    public static readonly Problem FieldMissing          = new("form_param_missing",                      422, "A field is missing.",                      "This field must be included.");
    public static readonly Problem FieldEmpty            = new("form_param_nil",                          422, "A field is empty.",                        "This field must not be empty.");
    public static readonly Problem FieldMalformed        = new("form_param_format_invalid",               422, "A field has the wrong form.",              "This field does not have the form it should have.");
    public static readonly Problem FieldUnknownValue     = new("form_param_value_invalid",                422, "A field has an unknown value.",            "This field has a value that is not known here.");
    public static readonly Problem FieldTooLong          = new("form_param_max_length_exceeded",          422, "A field is too long.",                     "This field is too long.");
    public static readonly Problem FieldUnknown          = new("form_param_unknown",                      422, "A field is unknown.",                      "This field is not known here.");
    public static readonly Problem IdentifierTaken       = new("form_identifier_exists",                  422, "Already in use.",                          "This address or number is already in use. Try another.");
    public static readonly Problem PasswordTooShort      = new("form_password_length_too_short",          422, "The password is too short.",               "Choose a longer password.");
    public static readonly Problem PasswordTooLong       = new("form_password_length_too_long",           422, "The password is too long.",                "Choose a password of at most 256 characters.");
    public static readonly Problem PasswordCommon        = new("form_password_pwned",                     422, "The password is known to everybody.",      "This password is on lists that attackers try first. Choose another.");
    public static readonly Problem PasswordOwnWord       = new("form_password_not_strong_enough",         422, "The password is easy to guess.",           "Do not use a name, an address or the name of this service as the password.");
    public static readonly Problem NotTextable           = new("unsupported_country_code",                403, "We cannot text this number.",              "Text messages to numbers of this kind are not offered.");
    public static readonly Problem NotVerifiedYet        = new("form_verification_needed",                422, "Not verified yet.",                        "Verify this address or number first.");

    // A proof was wrong, or is not one.
    public static readonly Problem WrongPassword         = new("form_password_or_identifier_incorrect",   422, "Password or identifier is incorrect.",     "Password or identifier is incorrect. Try again, or use another method.");
    public static readonly Problem PasswordIncorrect     = new("form_password_incorrect",                 422, "The password is incorrect.",               "The password is incorrect. Try again, or use another method.");
    public static readonly Problem NoPassword            = new("no_password_set",                         400, "There is no password.",                    "This person has no password.");
    public static readonly Problem WrongCode             = new("form_code_incorrect",                     422, "The code is incorrect.",                   "This is not the right code.");
    public static readonly Problem WrongPasskey          = new("passkey_invalid_verification",            422, "The passkey was not accepted.",            "This passkey was not accepted. Try again, or use another method.");
    public static readonly Problem CodeExpired           = new("verification_expired",                    400, "The code has expired.",                    "This code has expired. Ask for a new one.");
    public static readonly Problem TooManyGuesses        = new("verification_failed",                     400, "Too many wrong tries.",                    "Too many wrong tries. Use another method, or start again.");
    public static readonly Problem NothingPrepared       = new("verification_missing",                    400, "Nothing to verify yet.",                   "Ask for a code before you enter one.");
    public static readonly Problem CodeNotSent           = new("verification_not_sent",                   400, "No code was sent.",                        "Ask for a code before you enter one.");
    public static readonly Problem TicketInvalid         = new("ticket_invalid",                          400, "This link cannot be used.",                "This link cannot be used, or not any more. Ask for a new one.");
    public static readonly Problem TicketSpent           = new("sign_in_token_cannot_be_revoked",         400, "It cannot be taken back any more.",        "This sign-in token was used already.");
    public static readonly Problem AlreadyVerified       = new("verification_already_verified",           400, "Already verified.",                        "This has been verified before.");
    public static readonly Problem StrategyNotHere       = new("verification_strategy_invalid",           400, "This method cannot be used here.",         "This method cannot be used for this step.");
    public static readonly Problem StrategyNotForUser    = new("strategy_for_user_invalid",               400, "This method is not available.",            "This method is not available for this sign-in.");
    public static readonly Problem NoSecondFactors       = new("no_second_factors",                       400, "No second factor of this kind.",           "This sign-in has no second factor of this kind.");
    public static readonly Problem SecondFactorUnverified = new("identification_update_second_factor_unverified", 400, "Only a verified number can be a second factor.", "Verify this number before it becomes a second factor.");

    // Not now, not in this state.
    public static readonly Problem OutOfOrder            = new("client_state_invalid",                    400, "This is not the next step.",               "This is waiting for another step, or is complete.");
    public static readonly Problem SignInEnded           = new("sign_in_expired",                         400, "This sign-in has ended.",                  "This sign-in took too long, or something changed meanwhile. Start again.");
    public static readonly Problem SignUpEnded           = new("sign_up_expired",                         400, "This sign-up has ended.",                  "This sign-up took too long, or a newer one was started here. Start again.");
    public static readonly Problem Superseded            = new("resource_forbidden",                      403, "This sign-in was replaced.",               "A newer sign-in was started here. Continue with that one.");
    public static readonly Problem ClientMissing         = new("client_not_found",                        400, "No client.",                               "Start a sign-in first.");
    public static readonly Problem SessionExists         = new("session_exists",                          400, "You are already signed in.",               "You are already signed in.");
    public static readonly Problem AlreadySignedIn       = new("identifier_already_signed_in",            400, "You are already signed in.",               "You are already signed in with this identifier.");
    public static readonly Problem Busy                  = new("resource_locked",                         409, "Somebody else was faster.",                "This is being changed by another request. Try again.");
    public static readonly Problem NoSessionsMade        = new("session_creation_not_allowed",            409, "Sessions cannot be made here.",            "A session comes only from a sign-in that proved everything it had to.");
    public static readonly Problem IdempotencyKeyReused  = new("idempotency_key_reused",                  422, "This Idempotency-Key was used before.",    "Another request was sent under this Idempotency-Key. Use a new one.");
    public static readonly Problem SettingsChanged       = new("settings_version_mismatch",               412, "The settings have changed.",               "Read the settings again; another version is in force.");
    public static readonly Problem SettingsVersionNeeded = new("settings_version_required",               428, "Which settings?",                          "Say in If-Match which version of the settings you looked at, as in If-Match: \"3\".");
    public static readonly Problem NothingStaged         = new("settings_nothing_staged",                 409, "Nothing is staged.",                       "Stage a change before you apply it.");
    public static readonly Problem SettingOutOfBounds    = new("setting_out_of_bounds",                   422, "A setting is out of its bounds.",          "This setting must lie between its bounds.");
    public static readonly Problem SettingsContradict    = new("settings_contradictory",                  422, "Settings contradict each other.",          "This setting does not go together with another one.");
    public static readonly Problem SettingNeedsReason    = new("setting_reason_required",                 422, "A reason is needed.",                      "This setting goes beyond what is recommended. Apply it with a reason.");
    public static readonly Problem DefaultStays          = new("form_disable_default_second_factor_not_allowed", 422, "A default second factor is needed.", "Make another number the default second factor instead.");
    public static readonly Problem LastIdentifier        = new("identification_deletion_failed",          400, "This is the last one.",                    "Without it you could not sign in any more. Add another address or number first.");
    public static readonly Problem TooManyUnverified     = new("too_many_unverified_identifications",     400, "Too many were tried.",                     "Too many addresses or numbers were given. Try again later.");
    public static readonly Problem TooManyPasskeys       = new("passkeys_limit_exceeded",                 400, "There are too many passkeys.",             "Remove a passkey before you add another one.");
    public static readonly Problem AppEnrolled           = new("totp_already_enabled",                    400, "There is an authenticator app already.",   "Remove the authenticator app before you add another one.");
    public static readonly Problem FactorOff             = new("feature_not_enabled",                     403, "This is not switched on.",                 "This kind of factor cannot be added here.");
    public static readonly Problem NothingToBackUp       = new("backup_codes_not_available",              400, "Backup codes need another factor.",        "Enable another second factor before you make backup codes.");
    public static readonly Problem LastFactor            = new("second_factor_deletion_not_allowed",      400, "This second factor is needed.",            "Add another second factor before this one goes.");

    // Who asks.
    public static readonly Problem NotAuthenticated      = new("authentication_invalid",                  401, "Who are you?",                             "This needs a valid key or an active session.");
    public static readonly Problem StepUpNeeded          = new("session_reverification_required",         403, "Prove it once more.",                      "This needs a recent proof that it is you. Verify, then try again.");
    public static readonly Problem HostUnknown           = new("host_invalid",                            400, "There is nothing under this host name.",   "This host name belongs to none of the instances here. Check the address, and the publishable key of the app.");
    public static readonly Problem NotAllowed            = new("authorization_invalid",                   403, "Not allowed.",                             "You may not do this.");
    public static readonly Problem OriginNotAllowed      = new("origin_invalid",                          400, "This origin is not allowed.",              "Requests from this origin are not accepted.");
    public static readonly Problem RedirectNotAllowed    = new("redirect_url_invalid",                    400, "This address is not allowed.",             "A redirect goes to an allowed origin only.");
    public static readonly Problem SignUpClosed          = new("sign_up_mode_restricted",                 403, "Sign-up is closed.",                       "Nobody can sign up here by themselves. Ask for an account.");
    public static readonly Problem UserLocked            = new("user_locked",                             403, "This account is locked.",                  "This account is locked. Contact support.");
    public static readonly Problem FactorDisabled        = new("factor_disabled",                         403, "This method is switched off.",             "There were too many wrong tries. Use another method, or set this one up anew: choose a new password, or remove it and add it again.");
    public static readonly Problem UserBanned            = new("user_banned",                             403, "This account is closed.",                  "This account is closed. Contact support.");

    // Too much, too often, or we cannot.
    public static readonly Problem TooManyRequests       = new("too_many_requests",                       429, "Too many requests.",                       "Too many requests. Try again later.");
    public static readonly Problem SentMomentsAgo        = new("verification_code_too_many_requests",     429, "A code was sent moments ago.",             "Wait at least 30 seconds for the code before you ask again.");
    public static readonly Problem TooManyCodes          = new("verification_code_rate_limit_exceeded",   429, "Too many codes were sent.",                "Too many codes were sent. Try again later.");
    public static readonly Problem SendingFailed         = new("sms_send_error",                          400, "The text could not be sent.",              "The text could not be sent. Try again later, or use another method.");
    public static readonly Problem Unavailable           = new("service_unavailable",                     503, "The service is not available.",            "The service is not available right now. Try again in a moment.");
    public static readonly Problem Broken                = new("internal_clerk_error",                    500, "Something went wrong.",                    "Something went wrong on our side. It has been noted.");

    /// <summary>All of them, in the order of this page.</summary>
    public static IReadOnlyList<Problem> All { get; } =
        [.. typeof(Problems).GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.FieldType == typeof(Problem)).OrderBy(f => f.MetadataToken).Select(f => (Problem)f.GetValue(null)!)];

    private static readonly FrozenDictionary<string, Problem> ByCode = All.ToFrozenDictionary(p => p.Code);

    /// <summary>The one with this code.</summary>
    public static Problem? Of(string code) => ByCode.GetValueOrDefault(code);

    /// <summary>The one for a status that the framework chose.</summary>
    public static Problem OfStatus(int status) => status switch
    {
        401 => NotAuthenticated,
        403 => NotAllowed,
        404 => NotFound,
        405 => MethodNotAllowed,
        409 => Busy,
        412 => SettingsChanged,
        413 => BodyTooLarge,
        415 => UnsupportedContent,
        429 => TooManyRequests,
        503 => Unavailable,
        >= 500 => Broken,
        _ => MalformedRequest,
    };
}
