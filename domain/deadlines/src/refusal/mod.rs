//! Why there is no deadline, for the person who asked: in three languages, with the article.

mod article;
mod en;
mod es;
mod qu;
mod sentence;
