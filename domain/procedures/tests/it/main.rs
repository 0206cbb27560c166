//! The promises of the crate, kept from outside: what each wish does and why it is refused, what a
//! source's claims become, how a procedure stands, what is stored and what is published.

#![expect(
    clippy::unwrap_used,
    reason = "a helper of a test that cannot unwrap has failed it"
)]

mod aggregate;
mod clock;
mod contradictions;
mod ending;
mod filing;
mod generators;
mod given;
mod golden;
mod historical;
mod judge;
mod laws;
mod lifecycle;
mod matrix;
mod progress;
mod publication;
mod recorded;
mod rejections;
mod reopening;
mod samples;
mod schemas;
mod standing;
mod subprocedures;
mod upcasts;
