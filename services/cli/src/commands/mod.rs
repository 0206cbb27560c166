//! One file for each subcommand.

pub(crate) mod act;
pub(crate) mod calendar;
pub(crate) mod catalogue;
pub(crate) mod code;
pub(crate) mod deadline;
pub(crate) mod deadline_batch;
pub(crate) mod demo;
pub(crate) mod doctor;
pub(crate) mod file;
pub(crate) mod import;
pub(crate) mod indicators;
pub(crate) mod init;
pub(crate) mod key;
pub(crate) mod log;
pub(crate) mod manual;
pub(crate) mod person;
pub(crate) mod print_config;
pub(crate) mod serve;
pub(crate) mod vault;
pub(crate) mod verify;
pub(crate) mod views;
pub(crate) mod witness;
