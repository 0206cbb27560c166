//! The sentence of a rejection in a language. Each language is one file with one match: a new rejection
//! does not compile until it has its words in all of them.

use chasqui_deadlines::Language;

use super::reason::Rejection;
use super::{en, es, qu};

impl Rejection {
    /// What forbids it and what to do about it, for people, without the article.
    ///
    /// ```
    /// use chasqui_deadlines::Language;
    /// use chasqui_procedures::rejection::Rejection;
    ///
    /// let on = "2026-03-19".parse()?;
    /// let refused = Rejection::AlreadyEnded { on };
    /// let spanish = "El trámite terminó el jueves 19 de marzo de 2026. Si debe seguir, reábralo.";
    /// assert_eq!(refused.sentence(Language::Es), spanish);
    /// assert!(refused.sentence(Language::En).contains("19 March 2026"));
    /// # Ok::<(), jiff::Error>(())
    /// ```
    #[must_use]
    pub fn sentence(&self, language: Language) -> String {
        match language {
            Language::Es => es::sentence(self),
            Language::En => en::sentence(self),
            Language::Qu => qu::sentence(self),
        }
    }
}
