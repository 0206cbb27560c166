//! What a witness says of itself, as text: one block for each log, then its newest cosigned checkpoint.

use std::fmt;

use crate::witness::State;

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "witness {}", self.key)?;
        for (log, seen) in &self.logs {
            writeln!(f, "\nlog {log}")?;
            writeln!(f, "forks {}\nrefused {}", seen.forks, seen.refused)?;
            match &seen.checkpoint {
                Some(checkpoint) => {
                    let by = checkpoint.note().verify(&[&self.key]);
                    let time = by.ok().and_then(|by| by.first().and_then(|by| by.time));
                    writeln!(f, "cosigned {}", time.unwrap_or(0))?;
                    writeln!(f, "size {}\n\n{checkpoint}", checkpoint.checkpoint().size())?;
                }
                None => writeln!(f, "size 0")?,
            }
        }
        Ok(())
    }
}
