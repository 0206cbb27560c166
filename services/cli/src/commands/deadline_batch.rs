//! `chasqui deadline --batch`: a question a line, an answer a line, in the same order. It streams:
//! no more than one line is held, however long the input is or its lines are.

use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::process::ExitCode;

use chasqui_deadlines::{BatchCalculator, BatchInput, DeadlineError};
use serde_json::json;

use crate::output::{Failure, environment, say};

/// The longest line that is read; what is longer is refused and passed over.
const LONGEST_LINE: usize = 256 * 1024;

/// How many lines that were not understood are told of one by one.
const MOST_TOLD: u64 = 20;

/// Answers standard input.
pub(crate) fn run() -> Result<ExitCode, Failure> {
    let input = BufReader::with_capacity(64 * 1024, io::stdin().lock());
    let output = BufWriter::new(io::stdout().lock());
    let told = |number: u64, error: &DeadlineError| {
        say(format_args!("line {number}: {}: {error}", error.name()));
    };
    match answer_all(input, output, told) {
        Ok(0) => Ok(ExitCode::SUCCESS),
        Ok(malformed) => {
            say(format_args!(
                "lines not understood: {malformed}\n\nhint: a question is one JSON object a line, \
                 such as {{\"filed_at\":\"2025-10-31T17:30:00-05:00\",\"term\":{{\"amount\":15,\
                 \"unit\":\"business_days\"}}}}"
            ));
            Ok(ExitCode::from(1))
        }
        // Whoever reads has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(ExitCode::SUCCESS),
        Err(error) => Err(environment(
            error,
            "check where the input comes from and the output goes",
        )),
    }
}

/// Answers every line that is not blank; says how many were not understood.
fn answer_all(
    mut input: BufReader<impl Read>,
    mut output: impl Write,
    told: impl Fn(u64, &DeadlineError),
) -> io::Result<u64> {
    let mut calculator = BatchCalculator::default();
    let (mut number, mut malformed) = (0, 0);
    let mut line = Vec::new();
    while let Some(length) = next_line(&mut input, &mut line)? {
        number += 1;
        if length == line.len() && line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let question = match length > line.len() {
            true => Err(DeadlineError::TooMany {
                what: "bytes in a question",
                limit: LONGEST_LINE,
            }),
            false => parse(&line),
        };
        let understood = question.is_ok();
        match question.and_then(|question| calculator.answer(&question)) {
            Ok(answer) => serde_json::to_writer(&mut output, &answer)?,
            Err(error) => {
                serde_json::to_writer(&mut output, &json!({ "error": error.name() }))?;
                if !understood || matches!(error, DeadlineError::InvalidInput { .. }) {
                    malformed += 1;
                    if malformed <= MOST_TOLD {
                        told(number, &error);
                    }
                }
            }
        }
        output.write_all(b"\n")?;
        // A program at the other end may wait for this answer before it asks again.
        if input.buffer().is_empty() {
            output.flush()?;
        }
    }
    output.flush()?;
    Ok(malformed)
}

fn parse(line: &[u8]) -> Result<BatchInput, DeadlineError> {
    let text = str::from_utf8(line).map_err(|error| DeadlineError::InvalidInput {
        detail: error.to_string(),
    })?;
    BatchInput::parse(text)
}

/// Reads one line without its end, of which at most [`LONGEST_LINE`] bytes are kept; answers how many
/// it had, or nothing at the end of the input.
fn next_line(input: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<Option<usize>> {
    line.clear();
    let mut length = 0;
    loop {
        let buffer = match input.fill_buf() {
            Ok(buffer) => buffer,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if buffer.is_empty() {
            return Ok((length > 0).then_some(length));
        }
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let part = &buffer[..end.unwrap_or(buffer.len())];
        length += part.len();
        let room = LONGEST_LINE - line.len();
        line.extend_from_slice(&part[..part.len().min(room)]);
        let used = part.len() + usize::from(end.is_some());
        input.consume(used);
        if end.is_some() {
            return Ok(Some(length));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    /// The answers, and the numbers of the lines that were not understood.
    fn answered(input: &[u8]) -> (Vec<String>, Vec<u64>) {
        let told = RefCell::new(Vec::new());
        let mut output = Vec::new();
        // A buffer of seven bytes: lines cross it everywhere.
        let input = BufReader::with_capacity(7, input);
        let malformed = answer_all(input, &mut output, |number, _| {
            told.borrow_mut().push(number)
        });
        assert_eq!(malformed.unwrap(), told.borrow().len() as u64);
        let output = String::from_utf8(output).unwrap();
        (
            output.lines().map(str::to_owned).collect(),
            told.into_inner(),
        )
    }

    #[test]
    fn every_line_is_answered_in_its_place() {
        let input = b"{\"reporting_month\":\"2026-01\"}\n\nnonsense\r\n\xff\xfe\n{}\n\
            {\"trigger_date\":\"2025-09-01\",\"term\":{\"amount\":48,\"unit\":\"hours\"}}\n\
            {\"reporting_month\":\"2026-01\"}";
        let (answers, malformed) = answered(input);
        let date = r#"{"register_by":"2026-02-18","weekday":"Wed"}"#;
        let invalid = r#"{"error":"InvalidInput"}"#;
        let hours = r#"{"error":"HoursForbidden"}"#;
        assert_eq!(answers, [date, invalid, invalid, invalid, hours, date]);
        assert_eq!(
            malformed,
            [3, 4, 5],
            "a refusal by law is an answer, not a malformed line"
        );
    }

    #[test]
    fn a_line_of_any_length_is_passed_over_without_being_held() {
        let mut input = vec![b'x'; 3 * LONGEST_LINE];
        input.extend(b"\n{\"reporting_month\":\"2026-01\"}\n");
        let (answers, malformed) = answered(&input);
        assert_eq!(answers[0], r#"{"error":"TooMany"}"#);
        assert!(answers[1].contains("register_by"));
        assert_eq!((answers.len(), malformed), (2, vec![1]));
        let blanks = vec![b' '; LONGEST_LINE + 1];
        assert_eq!(answered(&blanks).0, [r#"{"error":"TooMany"}"#]);
    }

    #[test]
    fn no_input_has_no_answer() {
        assert_eq!(answered(b""), (vec![], vec![]));
        assert_eq!(answered(b"\n\n  \r\n"), (vec![], vec![]));
    }
}
