//! Whom to trust: a key line, or a policy with witnesses. Both come from outside; this never reads the
//! key that stands beside a log.

use chasqui_tlog::note::VerifierKey;
use chasqui_tlog::policy::Policy;

use crate::error::VerifyError;

/// The policy in this text: a tlog-policy, or one line with the log's key (`name+hash+key`), by which no
/// witness is asked for.
///
/// ```
/// let vkey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
/// let policy = chasqui_verify::trust(vkey.as_bytes())?;
/// assert_eq!(policy.logs()[0].key.to_string(), vkey);
/// assert!(chasqui_verify::trust(b"example.com/foo").is_err());
/// # Ok::<(), chasqui_verify::VerifyError>(())
/// ```
pub fn trust(text: &[u8]) -> Result<Policy, VerifyError> {
    let line = std::str::from_utf8(text).unwrap_or_default().trim();
    if line.contains('\n') {
        return Ok(Policy::parse(text)?);
    }
    let key: VerifierKey = line.parse()?;
    Ok(Policy::k_of_n(key, &[], 0)?)
}
