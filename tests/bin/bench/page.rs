//! `docs/performance.md`: what was measured, on which machine and when.

use std::path::Path;

use jiff::Zoned;

use crate::report::Section;

const BEGINNING: &str = "# Performance

Written by `cargo run --release -p chasqui-tests --bin bench -- all --json`; do not edit it. Each figure
stands beside that of a stock part, measured in the same run on the same server, in turns: machines differ,
ratios less so. Figures of several rounds are the one in the middle. What was chosen, and why, stands in
[decision 0011](decisions/0011-speed-of-the-store.md).

";

/// Writes the page.
pub(crate) fn write(sections: &[Section]) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/performance.md");
    let mut text = BEGINNING.to_owned();
    text += &format!(
        "- Measured: {}\n",
        Zoned::now().strftime("%Y-%m-%d %H:%M %Z")
    );
    text += &format!("- Machine: {}\n\n", machine());
    let all: Vec<String> = sections.iter().map(Section::markdown).collect();
    text += &all.join("\n");
    std::fs::write(path, text).unwrap();
}

fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let read = |file: &str| std::fs::read_to_string(file).unwrap_or_default();
    let field = |text: &str, name: &str| {
        let line = text.lines().find(|line| line.starts_with(name));
        let value = line.and_then(|line| line.split_once(':'));
        value.map_or_else(
            || "unknown".to_owned(),
            |(_, value)| value.trim().to_owned(),
        )
    };
    let processor = field(&read("/proc/cpuinfo"), "model name");
    let memory = field(&read("/proc/meminfo"), "MemTotal");
    let kernel = read("/proc/sys/kernel/osrelease");
    let load = read("/proc/loadavg");
    let load = load.split_whitespace().next().unwrap_or("unknown");
    format!(
        "{cores} cores of {processor}, {memory} of memory, Linux {}; load at the end {load}; client and \
         server on the one machine",
        kernel.trim()
    )
}
