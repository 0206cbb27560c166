//! The real event logs, with what another tool has computed from them. They stand beside the checkout
//! where the project is built; elsewhere the tests that need them say that they were not run.

use std::path::PathBuf;

use serde_json::Value;

use super::repository;

/// One real log.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RealLog {
    pub(crate) name: &'static str,
    pub(crate) format: &'static str,
    file: &'static str,
}

pub(crate) const RECEIPT: RealLog = RealLog {
    name: "receipt",
    format: "xes",
    file: "receipt.xes.gz",
};
pub(crate) const BPIC15: RealLog = RealLog {
    name: "bpic15_1",
    format: "xes",
    file: "bpic15_1.xes.gz",
};
pub(crate) const TORONTO: RealLog = RealLog {
    name: "foi_toronto",
    format: "csv",
    file: "foi_toronto.csv",
};

impl RealLog {
    /// The log's file; none, and a message, where the logs are not.
    pub(crate) fn file(self) -> Option<PathBuf> {
        let path = repository()
            .join("../shared/data")
            .join(self.name)
            .join(self.file);
        if !path.is_file() {
            eprintln!("NOT RUN: the real log {} is not on this machine", self.name);
            return None;
        }
        Some(path)
    }

    pub(crate) fn mapping(self) -> String {
        format!("deploy/examples/{}.toml", self.name)
    }

    pub(crate) fn truth(self) -> Value {
        let path = repository()
            .join("../shared/data")
            .join(self.name)
            .join("truth.json");
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
    }
}
