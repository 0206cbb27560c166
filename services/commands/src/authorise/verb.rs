//! Everything that somebody may be allowed to do: one verb for each command and each private read.
//!
//! What the public may read needs no verb. A new verb is one line here; the matrix beside the rule does
//! not compile until it says who may.

use std::fmt;

use chasqui_procedures::command::Wish;

/// On what a verb acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// On what is with one unit.
    Unit,
    /// On what all units share: only whoever acts for the whole municipality may.
    Municipality,
}

macro_rules! verbs {
    ($($(#[$doc:meta])* $verb:ident = $name:literal on $reach:ident;)*) => {
        /// Something that is allowed or refused. Its name is also the scope of a key.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Verb {
            $($(#[$doc])* $verb,)*
        }

        impl Verb {
            /// All verbs.
            pub const ALL: &'static [Self] = &[$(Self::$verb),*];

            /// The verb's name: small letters and hyphens, as the command line and the API have it.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$verb => $name,)*
                }
            }

            /// On what it acts.
            #[must_use]
            pub fn reach(self) -> Reach {
                match self {
                    $(Self::$verb => Reach::$reach,)*
                }
            }
        }
    };
}

verbs! {
    /// File a procedure with the unit.
    File = "file" on Unit;
    /// Take a procedure up.
    Admit = "admit" on Unit;
    /// Give it to a section for work.
    Assign = "assign" on Unit;
    /// Begin or complete a step.
    Step = "step" on Unit;
    /// Ask the applicant to complete or correct something (COA 140).
    RequestRectification = "request-rectification" on Unit;
    /// Record that the applicant answered.
    AnswerRectification = "answer-rectification" on Unit;
    /// Suspend the term (COA 162).
    Suspend = "suspend" on Unit;
    /// Let the term go on.
    Resume = "resume" on Unit;
    /// Extend the term (COA 161).
    Extend = "extend" on Unit;
    /// Give it to another unit. It is the unit that gives it away that must be allowed to.
    Transfer = "transfer" on Unit;
    /// Ask another unit to do a part.
    OpenSubprocedure = "open-subprocedure" on Unit;
    /// Record that the part was done: also for the unit that does it.
    AnswerSubprocedure = "answer-subprocedure" on Unit;
    /// Do without the part.
    CancelSubprocedure = "cancel-subprocedure" on Unit;
    /// Decide (COA 201).
    Decide = "decide" on Unit;
    /// Record that the decision reached the applicant (COA 164).
    Notify = "notify" on Unit;
    /// Record that the applicant withdrew.
    Withdraw = "withdraw" on Unit;
    /// Record that the applicant abandoned it.
    Abandon = "abandon" on Unit;
    /// Close the file.
    Archive = "archive" on Unit;
    /// Open it again.
    Reopen = "reopen" on Unit;
    /// Record an appeal.
    Appeal = "appeal" on Unit;
    /// Say what is right instead of an earlier entry.
    Correct = "correct" on Unit;
    /// Revoke a procedure's tracking code.
    RevokeCode = "revoke-code" on Unit;
    /// Give a procedure another tracking code.
    ReissueCode = "reissue-code" on Unit;
    /// List a unit's procedures.
    ListProcedures = "list-procedures" on Unit;
    /// Read a procedure's whole history, also what the public does not see.
    ReadHistory = "read-history" on Unit;
    /// Read who a procedure's persons are, for a purpose; it is recorded, and they can see it.
    ReadPerson = "read-person" on Unit;
    /// Take part in erasing a procedure's person; it takes two.
    ErasePerson = "erase-person" on Unit;
    /// Publish a unit's record in the catalogue.
    PublishUnit = "publish-unit" on Municipality;
    /// Publish a procedure type's next version.
    PublishType = "publish-type" on Municipality;
    /// Publish a decree, which moves due dates.
    PublishDecree = "publish-decree" on Municipality;
    /// Import histories.
    Import = "import" on Municipality;
}

impl Verb {
    /// The verb of this name, if there is one.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|verb| verb.name() == name)
    }
}

impl fmt::Display for Verb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl From<&Wish> for Verb {
    /// What must be allowed for a command to be tried.
    fn from(wish: &Wish) -> Self {
        match wish {
            Wish::File(_) => Self::File,
            Wish::Admit => Self::Admit,
            Wish::Assign { .. } => Self::Assign,
            Wish::StartStep { .. } | Wish::CompleteStep { .. } => Self::Step,
            Wish::RequestRectification { .. } => Self::RequestRectification,
            Wish::AnswerRectification => Self::AnswerRectification,
            Wish::Suspend { .. } => Self::Suspend,
            Wish::Resume { .. } => Self::Resume,
            Wish::Extend { .. } => Self::Extend,
            Wish::Transfer { .. } => Self::Transfer,
            Wish::OpenSubprocedure { .. } => Self::OpenSubprocedure,
            Wish::AnswerSubprocedure { .. } => Self::AnswerSubprocedure,
            Wish::CancelSubprocedure { .. } => Self::CancelSubprocedure,
            Wish::Decide { .. } => Self::Decide,
            Wish::Notify { .. } => Self::Notify,
            Wish::Withdraw => Self::Withdraw,
            Wish::Archive => Self::Archive,
            Wish::Correct { .. } => Self::Correct,
            Wish::ReplaceCode { code: Some(_) } => Self::ReissueCode,
            Wish::ReplaceCode { code: None } => Self::RevokeCode,
            Wish::ErasePerson { .. } => Self::ErasePerson,
            Wish::Appeal => Self::Appeal,
            Wish::Reopen { .. } => Self::Reopen,
        }
    }
}
