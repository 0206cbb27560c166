//! Reading lines of the form `name value`, in the order in which they must come. Values are the
//! business of their types.

use crate::error::LeafError;

/// The longest leaf that is looked at: a key's leaf with the longest name needs less than half.
pub const MAX_LEAF_BYTES: usize = 1024;

/// What is left of a leaf's text.
pub(crate) struct Lines<'t> {
    rest: &'t str,
}

impl<'t> Lines<'t> {
    /// The lines after the first one, which must be `kind`.
    pub(crate) fn after(kind: &str, text: &'t str) -> Result<Self, LeafError> {
        let rest = text
            .strip_prefix(kind)
            .and_then(|rest| rest.strip_prefix('\n'));
        rest.map(|rest| Self { rest }).ok_or(LeafError::UnknownKind)
    }

    /// The value on the next line, which must begin with `name` and end in a newline.
    pub(crate) fn value(&mut self, name: &'static str) -> Result<&'t str, LeafError> {
        let (line, rest) = self
            .rest
            .split_once('\n')
            .ok_or(LeafError::Field { name })?;
        let value = line
            .strip_prefix(name)
            .and_then(|line| line.strip_prefix(' '));
        self.rest = rest;
        value.ok_or(LeafError::Field { name })
    }

    /// The value on the next line, understood.
    pub(crate) fn parsed<T: std::str::FromStr>(
        &mut self,
        name: &'static str,
    ) -> Result<T, LeafError> {
        self.value(name)?
            .parse()
            .map_err(|_| LeafError::Field { name })
    }

    /// Nothing may follow the last line.
    pub(crate) fn end(self) -> Result<(), LeafError> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(LeafError::Tail {
                bytes: self.rest.len(),
            })
        }
    }
}
