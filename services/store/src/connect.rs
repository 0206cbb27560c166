//! Where a store is, and whether it may be brought to today's form on opening.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use crate::error::OpenError;

/// The address of an event database.
///
/// Its `Display` and `Debug` leave the password out, so that it may appear in a message.
#[derive(Clone, PartialEq, Eq)]
pub enum StoreUrl {
    /// `postgres://user:password@host/database`, as PostgreSQL's own clients read it.
    Postgres(String),
    /// `sqlite:///absolute/path` or `sqlite://relative/path`.
    Sqlite(PathBuf),
}

impl FromStr for StoreUrl {
    type Err = OpenError;

    fn from_str(text: &str) -> Result<Self, OpenError> {
        match text.strip_prefix("sqlite://") {
            Some("") => Err(OpenError::Address),
            Some(path) => Ok(Self::Sqlite(PathBuf::from(path))),
            None if text.starts_with("postgres://") || text.starts_with("postgresql://") => {
                Ok(Self::Postgres(text.to_owned()))
            }
            None => Err(OpenError::Address),
        }
    }
}

impl fmt::Display for StoreUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite://{}", path.display()),
            Self::Postgres(url) => {
                let (scheme, rest) = url.split_once("://").unwrap_or(("postgres", url));
                let rest = &mask_parameter(rest);
                match rest.rsplit_once('@') {
                    Some((user, place)) => {
                        let user = user.split(':').next().unwrap_or_default();
                        write!(f, "{scheme}://{user}:***@{place}")
                    }
                    None => write!(f, "{scheme}://{rest}"),
                }
            }
        }
    }
}

/// `?password=` is another place for it.
fn mask_parameter(url: &str) -> String {
    let Some((place, parameters)) = url.split_once('?') else {
        return url.to_owned();
    };
    let masked = parameters.split('&').map(|parameter| {
        if parameter.starts_with("password=") {
            "password=***"
        } else {
            parameter
        }
    });
    format!("{place}?{}", masked.collect::<Vec<_>>().join("&"))
}

impl fmt::Debug for StoreUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Whether opening a store may change the database's form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Migrate {
    /// Apply what is missing, under a lock, so that several starting processes do not collide.
    #[default]
    Auto,
    /// Change nothing; fail if something is missing.
    Check,
    /// Change nothing and ask nothing.
    Off,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_never_shows() {
        let url: StoreUrl = "postgres://chasqui:s3cret@db.example:5432/log"
            .parse()
            .unwrap();
        assert_eq!(format!("{url} {url:?}").matches("s3cret").count(), 0);
        assert_eq!(
            url.to_string(),
            "postgres://chasqui:***@db.example:5432/log"
        );
    }

    #[test]
    fn a_password_among_the_parameters_never_shows_either() {
        let text = "postgres:///log?host=/run&password=s3cret&user=me";
        let url: StoreUrl = text.parse().unwrap();
        assert_eq!(
            url.to_string(),
            "postgres:///log?host=/run&password=***&user=me"
        );
    }

    #[test]
    fn other_addresses_are_refused() {
        for text in ["", "mysql://x", "sqlite://", "/var/lib/chasqui", "http://x"] {
            assert!(text.parse::<StoreUrl>().is_err(), "{text}");
        }
    }
}
