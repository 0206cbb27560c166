//! Nothing to see here: the tests are in `it/`. Cargo wants a library or a binary in every package.
