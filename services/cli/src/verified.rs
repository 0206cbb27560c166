//! What a verification says: what was checked, how much of it, who signed it and how old it is; and, if
//! it fails, what to do with that.

use std::error::Error;

use chasqui_tlog::checkpoint::SignedCheckpoint;
use chasqui_tlog::sealing::OpenedEvent;
use chasqui_verify::{
    Age, Audited, CheckedFile, CheckedHistory, CheckedReceipt, Signers, VerifyError,
};
use jiff::Timestamp;
use serde_json::{Map, Value, json};

pub(crate) fn log(audited: &Audited) -> Value {
    let mut found = signed("log", &audited.checkpoint, &audited.signers, &audited.age);
    found["entries"] = json!(audited.entries);
    found["events"] = json!(audited.events);
    found["data_sets"] = json!(audited.datasets);
    found["tiles"] = json!(audited.tiles);
    found["bundles"] = json!(audited.bundles);
    found["bytes"] = json!(audited.bytes);
    found["first_entry"] = json!(moment(audited.times.0));
    found["last_entry"] = json!(moment(audited.times.1));
    found["continues"] = json!(audited.continues);
    found
}

pub(crate) fn receipt(checked: &CheckedReceipt) -> Value {
    let mut found = signed(
        "receipt",
        &checked.checkpoint,
        &checked.signers,
        &checked.age,
    );
    found["entries"] = json!(1);
    found["index"] = json!(checked.index);
    found["leaf"] = json!(checked.leaf.hash().to_string());
    found["leaf_symbols"] = json!(checked.leaf.hash().symbols());
    found["sealed_at"] = json!(moment(checked.leaf.time.seconds()));
    found["fields"] = fields(&checked.event);
    found["hidden"] = json!(checked.event.hidden());
    found
}

pub(crate) fn history(checked: &CheckedHistory) -> Value {
    let mut found = log(&checked.log);
    found["kind"] = json!("history");
    found["history"] = checked
        .events
        .iter()
        .map(|one| json!({"index": one.index, "sealed_at": moment(one.leaf.time.seconds()), "fields": fields(&one.event)}))
        .collect();
    found
}

pub(crate) fn file(checked: &CheckedFile) -> Value {
    let mut found = log(&checked.log);
    found["kind"] = json!("file");
    found["published"] = checked
        .entries
        .iter()
        .map(|(index, entry)| {
            let (name, sha256) = (entry.name.as_str(), entry.sha256.to_string());
            let at = moment(entry.time.seconds());
            json!({"index": index, "name": name, "size": entry.size, "sha256": sha256, "at": at})
        })
        .collect();
    found
}

fn signed(kind: &str, one: &SignedCheckpoint, signers: &Signers, age: &Age) -> Value {
    let tree = one.checkpoint();
    let witnesses = signers.witnesses.iter();
    let witnesses = witnesses.map(|(name, time)| json!({"name": name, "at": moment(*time)}));
    json!({
        "holds": true,
        "kind": kind,
        "origin": tree.origin(),
        "size": tree.size(),
        "root": tree.root().to_string(),
        "root_symbols": tree.root().symbols(),
        "signer": signers.log,
        "witnesses": witnesses.collect::<Vec<_>>(),
        "age_seconds": age.seconds,
        "age_by": if age.by_witness { "witness" } else { "entry" },
    })
}

fn fields(event: &OpenedEvent) -> Value {
    let open = event.disclosures().iter();
    let open = open.map(|one| (one.field().to_string(), one.value().clone()));
    Value::Object(open.collect::<Map<_, _>>())
}

fn moment(seconds: u64) -> String {
    let seconds = i64::try_from(seconds).ok();
    let moment = seconds.and_then(|seconds| Timestamp::from_second(seconds).ok());
    moment.map(|one| one.to_string()).unwrap_or_default()
}

/// The same for people.
pub(crate) fn text(found: &Value) -> String {
    let is = |kind: &str| found["kind"] == kind;
    let mut lines = Vec::new();
    if is("receipt") {
        lines.push(format!(
            "the receipt holds: entry {} is in the log",
            found["index"]
        ));
        lines.extend(receipt_lines(found));
        match found.get("log") {
            Some(log) => lines.push(format!("\nand the log still has it:\n{}", text(log))),
            None => {
                lines.push("not compared with the log of today: give --against to do that".into())
            }
        }
        return lines.join("\n");
    }
    lines.push(match found["history"].as_array() {
        Some(events) => format!(
            "the history is whole: {} events, each in the log once, in order, and none after the last",
            events.len()
        ),
        None if is("file") => "the log says that this file was published".to_owned(),
        None => "the log is sound".to_owned(),
    });
    for event in found["history"].as_array().into_iter().flatten() {
        let (index, fields) = (&event["index"], &event["fields"]);
        let (kind, day) = (word(&fields["type"]), word(&fields["recorded_at"]));
        lines.push(format!(
            "  entry {index}: {kind}, recorded {day}, sealed {}",
            word(&event["sealed_at"])
        ));
    }
    for entry in found["published"].as_array().into_iter().flatten() {
        let (name, index, at) = (word(&entry["name"]), &entry["index"], word(&entry["at"]));
        lines.push(format!(
            "  entry {index}: {name}, {at}, as of {} entries",
            entry["size"]
        ));
    }
    lines.extend(log_lines(found));
    lines.join("\n")
}

fn receipt_lines(found: &Value) -> Vec<String> {
    let mut lines = Vec::new();
    for (name, value) in found["fields"].as_object().into_iter().flatten() {
        lines.push(format!("  {name:13} {}", word(value)));
    }
    lines.push(format!(
        "  and {} fields that it does not open",
        found["hidden"]
    ));
    lines.push(format!("sealed     {}", word(&found["sealed_at"])));
    lines.push(format!("leaf       {}", word(&found["leaf_symbols"])));
    lines.extend(tree_lines(found));
    lines
}

fn log_lines(found: &Value) -> Vec<String> {
    let count = |name: &str| found[name].to_string();
    let mut lines = vec![format!(
        "checked    {} entries ({} events, {} data sets), {} tiles, {} bundles, {} bytes",
        count("entries"),
        count("events"),
        count("data_sets"),
        count("tiles"),
        count("bundles"),
        count("bytes"),
    )];
    let (first, last) = (word(&found["first_entry"]), word(&found["last_entry"]));
    lines.push(format!("from       {first} to {last}"));
    lines.extend(tree_lines(found));
    for size in found["continues"].as_array().into_iter().flatten() {
        lines.push(format!(
            "continues  the tree of {size} entries that was signed before"
        ));
    }
    lines
}

fn tree_lines(found: &Value) -> Vec<String> {
    let mut lines = vec![
        format!("log        {}", word(&found["origin"])),
        format!("size       {}", found["size"]),
        format!(
            "root       {} ({})",
            word(&found["root_symbols"]),
            word(&found["root"])
        ),
        format!("signed by  {}", word(&found["signer"])),
    ];
    let witnesses = found["witnesses"].as_array();
    for one in witnesses.into_iter().flatten() {
        lines.push(format!(
            "witness    {} at {}",
            word(&one["name"]),
            word(&one["at"])
        ));
    }
    if witnesses.is_none_or(Vec::is_empty) {
        let none =
            "none that you asked for: only who keeps checkpoints or receipts can tell a fork";
        lines.push(format!("witnesses  {none}"));
    }
    let by = match found["age_by"].as_str() {
        Some("witness") => "when a witness signed",
        _ => "the newest entry; the log's own signature has no time",
    };
    lines.push(format!("age        {} s ({by})", found["age_seconds"]));
    lines
}

fn word(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// An error with its causes, in one line.
pub(crate) fn chain(error: &VerifyError) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        let said = next.to_string();
        if !text.contains(&said) {
            text.push_str(": ");
            text.push_str(&said);
        }
        cause = next.source();
    }
    text
}

/// What to do with a failed verification.
pub(crate) fn hint(error: &VerifyError) -> &'static str {
    use VerifyError as E;
    match error {
        E::Read { .. } => "check the address and the network; it says nothing about the log",
        E::File { .. } => "check the file and its owner; it says nothing about the log",
        E::Key(_) | E::PolicyFile(_) => "compare the key with the one on paper",
        E::Missing { .. } | E::Empty => {
            "check the address; if it is right, ask the municipality, and keep what you have"
        }
        E::Stale {
            by_witness: false, ..
        } => {
            "a log at rest and a server that shows an old one look the same without a witness; if \
             nothing was filed since, give --max-age"
        }
        E::Stale { .. } => {
            "ask again later; if it stays old, the server hides what was sealed since"
        }
        E::Future { .. } => "check this machine's clock",
        E::Signature(_) => "check the key; if it is right, this was not signed by its owner",
        E::RolledBack { .. } | E::Forked { .. } | E::OtherEntry { .. } => {
            "keep both signed checkpoints and show them to others: together they are the proof"
        }
        E::OtherLog { .. } => "use a file of its own with --state for each log",
        E::UnknownFile { datasets: 0 } => "this log names no data sets: it vouches for no file",
        E::UnknownFile { .. } => {
            "it is not, byte for byte, a file that the log names; compare sha256sum"
        }
        E::History(_) | E::Receipt(_) => {
            "download it again; if it stays so, show it to others together with docs/verify.md"
        }
        E::Checkpoint(_)
        | E::Tile { .. }
        | E::OtherTile { .. }
        | E::Leaf { .. }
        | E::Contradiction(_)
        | E::OtherRoot { .. }
        | E::Tree(_) => "keep a copy of these files, and show them to others: see docs/verify.md",
    }
}
