//! What Meta documents of each code that a send can meet: its HTTP status and its words (Meta, "Error codes", 2026). The
//! one table that refusals, failed statuses and scripted faults take them from.

use axum::http::StatusCode;

/// Code, HTTP status and title. A code that is only told by webhook has the status of a refusal all the same, for
/// faults that refuse with it.
const CODES: [(i64, u16, &str); 84] = [
    (0, 401, "AuthException"),
    (1, 400, "API Unknown"),
    (2, 503, "API Service"),
    (3, 500, "API Method"),
    (4, 400, "Application request limit reached"),
    (10, 403, "Permission Denied"),
    (33, 400, "Parameter value is not valid"),
    (100, 400, "Invalid parameter"),
    (190, 401, "Access token has expired"),
    (200, 403, "API Permission"),
    (368, 403, "Temporarily blocked for policies violations"),
    (80_007, 400, "Rate limit issues"),
    (130_403, 400, "Business blocked user"),
    (130_429, 400, "Rate limit hit"),
    (130_472, 400, "User's number is part of an experiment"),
    (
        130_497,
        403,
        "Business account is restricted from messaging users in this country",
    ),
    (131_000, 500, "Something went wrong"),
    (131_005, 403, "Access denied"),
    (131_008, 400, "Required parameter is missing"),
    (131_009, 400, "Parameter value is not valid"),
    (131_016, 500, "Service unavailable"),
    (131_021, 400, "Recipient cannot be sender"),
    (131_026, 400, "Message undeliverable"),
    (131_031, 403, "Account has been locked"),
    (131_037, 400, "Display name approval needed"),
    (131_041, 400, "Unknown group"),
    (131_042, 400, "Business eligibility payment issue"),
    (131_045, 500, "Incorrect certificate"),
    (131_047, 400, "Re-engagement message"),
    (131_048, 400, "Spam rate limit hit"),
    (131_049, 400, "Meta chose not to deliver"),
    (131_050, 400, "User has stopped marketing messages"),
    (131_051, 400, "Unsupported message type"),
    (131_052, 400, "Media download error"),
    (131_053, 400, "Media upload error"),
    (131_055, 400, "Method not allowed"),
    (131_056, 400, "(Business Account, Consumer Account) pair rate limit hit"),
    (131_057, 500, "Account in maintenance mode"),
    (131_059, 400, "Invalid page cursor"),
    (131_060, 400, "This message is currently unavailable"),
    (
        131_062,
        400,
        "Business-scoped user id recipients are not supported for this message",
    ),
    (131_063, 400, "Marketing messages are not allowed on Cloud API"),
    (131_064, 400, "Template classification limit reached"),
    (131_201, 400, "Partial success"),
    (
        132_000,
        400,
        "Number of parameters does not match the expected number of params",
    ),
    (132_001, 404, "Template name does not exist in the translation"),
    (132_005, 400, "Translated text too long"),
    (132_007, 400, "Template format character policy violated"),
    (
        132_012,
        400,
        "Parameter format does not match format in the created template",
    ),
    (132_015, 400, "Template is Paused"),
    (132_016, 400, "Template is Disabled"),
    (132_018, 400, "There's an issue with the parameters in your template"),
    (132_068, 400, "Flow is blocked"),
    (132_069, 400, "Flow is throttled"),
    (133_000, 500, "Incomplete deregistration"),
    (133_004, 503, "Server temporarily unavailable"),
    (133_005, 400, "Two step verification PIN mismatch"),
    (133_006, 400, "Phone number re-verification needed"),
    (133_008, 400, "Too many two step verification PIN guesses"),
    (133_009, 400, "Two step verification PIN guessed too fast"),
    (133_010, 400, "Phone number not registered"),
    (
        133_015,
        400,
        "Please wait a few minutes before attempting to register this phone number",
    ),
    (133_016, 400, "Account register deregister rate limit exceeded"),
    (134_011, 400, "WhatsApp Payments terms of service has not been accepted"),
    (134_100, 400, "Only marketing messages supported"),
    (134_101, 400, "Template is still syncing"),
    (134_102, 500, "Template unavailable for use"),
    (135_000, 400, "Generic user error"),
    (136_024, 400, "Phone number is already verified"),
    (139_100, 400, "Failed to block/unblock users"),
    (139_102, 400, "Blocklist concurrent update"),
    (147_001, 400, "Business username error"),
    (1_752_041, 400, "Onboarding was already requested"),
    (2_388_001, 400, "Phone number cannot be migrated"),
    (2_388_012, 400, "Phone number is already registered"),
    (2_388_019, 400, "Message template limit reached"),
    (2_388_091, 400, "Phone number cannot be migrated"),
    (2_388_093, 400, "Phone number cannot be migrated"),
    (2_388_103, 400, "Phone number cannot be migrated"),
    (2_494_100, 400, "Phone number is in maintenance mode"),
    (2_494_191, 400, "Taking control of the thread is not permitted"),
    (2_593_107, 400, "SMB data sync limit exceeded"),
    (2_593_108, 400, "SMB data sync is not allowed"),
    (
        2_593_109,
        400,
        "History sync is turned off by the business from the WhatsApp Business App",
    ),
];

/// Codes after which Graph says itself that the same call may work later (Meta, "Graph API: Handle errors", 2026).
const TRANSIENT: [i64; 5] = [2, 4, 131_016, 131_057, 133_004];

/// The HTTP status of a refusal with that code; 400 for one not listed.
pub(crate) fn http(code: i64) -> StatusCode {
    let known = CODES.iter().find(|(known, ..)| *known == code);
    known
        .and_then(|(_, http, _)| StatusCode::from_u16(*http).ok())
        .unwrap_or(StatusCode::BAD_REQUEST)
}

/// What Meta calls it.
pub(crate) fn title(code: i64) -> &'static str {
    let known = CODES.iter().find(|(known, ..)| *known == code);
    known.map_or("An unknown error has occurred.", |(_, _, title)| *title)
}

/// Whether the same call may work later.
pub(crate) fn is_transient(code: i64) -> bool {
    TRANSIENT.contains(&code)
}
