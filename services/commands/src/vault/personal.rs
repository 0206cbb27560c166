//! What is known of a person, as a type that cannot be shown or stored by accident.

use std::fmt;

use serde::{Deserialize, Deserializer};
use zeroize::Zeroize;

/// Something personal. It has no `Display` and no `Serialize`, its `Debug` shows nothing, and its memory
/// is wiped. Whoever wants to see it says so, by [`Personal::reveal`].
///
/// ```
/// use chasqui_commands::vault::Personal;
/// let name = Personal::new("María".to_owned());
/// assert_eq!(format!("{name:?}"), "[personal]");
/// assert_eq!(name.reveal(), "María");
/// ```
///
/// It cannot be serialised, and so it cannot stand in an event, a view or an answer:
///
/// ```compile_fail,E0277
/// let name = chasqui_commands::vault::Personal::new("María".to_owned());
/// let _ = serde_json::to_string(&name);
/// ```
///
/// Nor can it be printed:
///
/// ```compile_fail,E0277
/// let name = chasqui_commands::vault::Personal::new("María".to_owned());
/// let _ = format!("{name}");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Personal<T: Zeroize>(T);

impl<T: Zeroize> Personal<T> {
    /// Takes something personal.
    #[must_use]
    pub fn new(value: T) -> Self {
        Self(value)
    }

    /// What it is. The caller answers for where it goes.
    #[must_use]
    pub fn reveal(&self) -> &T {
        &self.0
    }
}

impl<T: Zeroize> fmt::Debug for Personal<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[personal]")
    }
}

impl<T: Zeroize> Drop for Personal<T> {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl<'de, T: Zeroize + Deserialize<'de>> Deserialize<'de> for Personal<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self)
    }
}

/// Does not compile if [`Personal`] can be serialised or printed: then two implementations fit, and the
/// compiler cannot choose.
const _: fn() = || {
    trait Ambiguous<A> {
        fn ask() {}
    }
    struct Serialised;
    struct Printed;
    impl<T: ?Sized> Ambiguous<()> for T {}
    impl<T: ?Sized + serde::Serialize> Ambiguous<Serialised> for T {}
    impl<T: ?Sized + fmt::Display> Ambiguous<Printed> for T {}
    let _ = <Personal<String> as Ambiguous<_>>::ask;
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn something_personal_shows_nothing_however_deep_it_stands() {
        let nested = vec![Some(Personal::new("0102030405".to_owned()))];
        assert_eq!(format!("{nested:?}"), "[Some([personal])]");
    }
}
