//! XES (IEEE 1849): `<log>` of `<trace>` of `<event>`, each with keyed attributes.
//!
//! Only what an import needs is read: the first level of attributes of traces and events. Extensions,
//! globals, classifiers and nested attributes are passed over. A DOCTYPE is refused, so there are no
//! entities to expand; depth, size and number of everything are bounded.

use std::path::{Path, PathBuf};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::error::ImportError;
use super::source::{self, Source};
use super::trace::{Attributes, SourceEvent, Trace};

const MAX_DEPTH: usize = 64;
const MAX_EVENTS_PER_TRACE: usize = 1_000_000;

/// The traces of a file, one at a time.
pub(super) struct Traces {
    file: PathBuf,
    reader: Reader<Source>,
    buffer: Vec<u8>,
    /// What encloses the next element.
    open: Vec<Element>,
    trace: Trace,
    event: SourceEvent,
    finished: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Element {
    Log,
    Trace,
    Event,
    Attribute,
    Other,
}

/// Opens a file. Fails if it cannot be read at all.
pub(super) fn open(path: &Path) -> Result<Traces, ImportError> {
    let file = path.to_owned();
    let source = source::open(path).map_err(|source| ImportError::Read { file, source })?;
    Ok(Traces {
        file: path.to_owned(),
        reader: Reader::from_reader(source),
        buffer: Vec::new(),
        open: Vec::new(),
        trace: Trace::default(),
        event: SourceEvent::default(),
        finished: false,
    })
}

impl Traces {
    /// The next trace; none at the end of the log.
    pub(super) fn next(&mut self) -> Result<Option<Trace>, ImportError> {
        while !self.finished {
            self.buffer.clear();
            self.reader.get_mut().mark();
            let mut buffer = std::mem::take(&mut self.buffer);
            let event = self.reader.read_event_into(&mut buffer);
            let complete = match event {
                Ok(event) => self.take(event)?,
                Err(error) => return Err(self.malformed(explain(&error))),
            };
            self.buffer = buffer;
            if complete {
                return Ok(Some(std::mem::take(&mut self.trace)));
            }
        }
        Ok(None)
    }

    /// Takes one piece of XML; true if it completed a trace.
    fn take(&mut self, event: Event<'_>) -> Result<bool, ImportError> {
        match event {
            Event::Start(start) => {
                let element = self.begin(&start)?;
                if self.open.len() >= MAX_DEPTH {
                    return Err(self.malformed(format!(
                        "elements are nested deeper than {MAX_DEPTH}; that is no event log"
                    )));
                }
                self.open.push(element);
                Ok(false)
            }
            Event::Empty(start) => {
                let element = self.begin(&start)?;
                self.end(element)
            }
            Event::End(_) => match self.open.pop() {
                Some(element) => self.end(element),
                None => Err(self.malformed("an element is closed that was never opened")),
            },
            Event::Eof if self.open.is_empty() && self.finished => Ok(false),
            Event::Eof => Err(self
                .malformed("the log ends in the middle: the file is incomplete; fetch it again")),
            Event::DocType(_) => Err(self.malformed(
                "it has a DOCTYPE, which an event log never needs; remove it if you trust the file",
            )),
            Event::GeneralRef(_) => Ok(false),
            Event::Text(_)
            | Event::CData(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_) => Ok(false),
        }
    }

    fn begin(&mut self, start: &BytesStart<'_>) -> Result<Element, ImportError> {
        let line = self.reader.get_ref().line();
        let inside = self.open.last().copied();
        let element = match (inside, start.local_name().as_ref()) {
            (None, "log") => Element::Log,
            (None, _) => {
                return Err(self.malformed("the first element is not <log>: this is not XES"));
            }
            (Some(Element::Log), "trace") => {
                self.trace = Trace {
                    line,
                    ..Trace::default()
                };
                Element::Trace
            }
            (Some(Element::Trace), "event") => {
                self.event = SourceEvent {
                    line,
                    ..SourceEvent::default()
                };
                Element::Event
            }
            (Some(Element::Trace | Element::Event), name) if is_attribute(name) => {
                let (key, value) = self.attribute(start)?;
                let attributes: &mut Attributes = match inside {
                    Some(Element::Event) => &mut self.event.attributes,
                    _ => &mut self.trace.attributes,
                };
                if !attributes.push(key, value) {
                    return Err(self.malformed("one event or trace has more than 1000 attributes"));
                }
                Element::Attribute
            }
            _ => Element::Other,
        };
        Ok(element)
    }

    fn end(&mut self, element: Element) -> Result<bool, ImportError> {
        match element {
            Element::Event => {
                if self.trace.events.len() == MAX_EVENTS_PER_TRACE {
                    return Err(self.malformed("one trace has more than a million events"));
                }
                self.trace.events.push(std::mem::take(&mut self.event));
                Ok(false)
            }
            Element::Trace => Ok(true),
            Element::Log => {
                self.finished = true;
                Ok(false)
            }
            Element::Attribute | Element::Other => Ok(false),
        }
    }

    fn attribute(&self, start: &BytesStart<'_>) -> Result<(String, String), ImportError> {
        let (mut key, mut value) = (None, None);
        for (count, attribute) in start.attributes().enumerate() {
            if count == 16 {
                return Err(self.malformed("one element has more than 16 XML attributes"));
            }
            let attribute = attribute.map_err(|error| self.malformed(error.to_string()))?;
            let slot = match attribute.key.as_ref() {
                "key" => &mut key,
                "value" => &mut value,
                _ => continue,
            };
            let text = attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .map_err(|error| self.malformed(error.to_string()))?;
            *slot = Some(text.into_owned());
        }
        match (key, value) {
            (Some(key), value) => Ok((key, value.unwrap_or_default())),
            (None, _) => Err(self.malformed("an attribute has no key")),
        }
    }

    fn malformed(&self, problem: impl Into<String>) -> ImportError {
        ImportError::Malformed {
            file: self.file.clone(),
            line: self.reader.get_ref().line(),
            problem: problem.into(),
        }
    }
}

fn is_attribute(name: &str) -> bool {
    matches!(
        name,
        "string" | "date" | "int" | "float" | "boolean" | "id" | "list" | "container"
    )
}

fn explain(error: &quick_xml::Error) -> String {
    if let quick_xml::Error::Io(error) = error {
        return error.to_string();
    }
    format!("not well-formed XML ({error}); export it again")
}
