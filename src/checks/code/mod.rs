//! Rules about TypeScript: who may call, what is answered, where parts come from.

pub(super) mod components;
pub(super) mod handlers;
pub(super) mod imports;
mod interfaces;
mod public_buckets;
mod require_auth;
mod response_format;
mod service_role;
mod signed_urls;

use super::Check;

pub(super) const CHECKS: [Check; 6] = [
    require_auth::CHECK,
    service_role::CHECK,
    signed_urls::CHECK,
    response_format::CHECK,
    components::CHECK,
    interfaces::CHECK,
];
