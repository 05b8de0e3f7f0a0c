//! The token: the one place where its name and decimals are written.
//!
//! A file of constants without dependencies, because a runtime's build script includes it as well:
//! the RFC-78 metadata digest covers both values.

/// Symbol of the token.
pub const TOKEN_SYMBOL: &str = "CSN";

/// Decimal places of the token.
pub const TOKEN_DECIMALS: u8 = 12;
