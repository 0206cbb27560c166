//! Writes the sheets as Markdown pages into a folder: `-- docs/indicators`.

use std::error::Error;
use std::path::PathBuf;

use chasqui_indicators::sheet::{pages, sheets};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os()
        .nth(1)
        .map(PathBuf::from)
        .ok_or("name the folder to write to: docs/indicators")?;
    std::fs::create_dir_all(&folder)?;
    for (name, text) in pages(sheets()) {
        std::fs::write(folder.join(name), text)?;
    }
    Ok(())
}
