//! Placeholder until the vectors run.
