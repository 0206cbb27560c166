//! JSON Schemas (draft 2020-12) of every event in today's form, made from the types that read and write
//! it. Compiled with the feature `schema` only; the schemas themselves are in `docs/schemas/events`.

mod events;
mod tidy;
mod values;

pub use events::{EventSchema, of_events};
