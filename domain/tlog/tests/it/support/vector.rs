//! The published vectors, which lie beside the tests of the whole.

use std::path::Path;

/// A vector's bytes.
#[expect(
    clippy::disallowed_methods,
    reason = "a test reads its vectors; the crate does not"
)]
pub(crate) fn bytes(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/tlog");
    let path = folder.join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A vector's text.
pub(crate) fn text(name: &str) -> String {
    String::from_utf8(bytes(name)).unwrap()
}
