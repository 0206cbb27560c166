//! Why a command is refused: the fact that forbids it, the article, and a sentence for people.

mod article;
mod en;
mod es;
mod qu;
mod reason;
mod sentence;

pub use article::Article;
pub use reason::Rejection;
