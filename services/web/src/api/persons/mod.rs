//! The persons of procedures: read for a purpose, erased by two, and shown who read them.

mod asked;
pub(crate) mod erase;
pub(crate) mod given;
pub(crate) mod read;
pub(crate) mod readings;
