//! How far a movement has come: received, sealed, witnessed. Read from the published checkpoint, never
//! from what is about to be published.

use std::fmt;

use chasqui_tlog::checkpoint::SignedCheckpoint;
use chasqui_tlog::merkle::Hash;
use chasqui_tlog::policy::{Policy, Quorum};

use crate::app::App;

/// What stands behind a movement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Assurance {
    /// It is recorded here.
    Received,
    /// It is in a tree that the log signed.
    Sealed,
    /// As many outside witnesses as the log's policy asks for have signed that tree.
    Witnessed,
}

/// The newest tree that was published.
pub(crate) struct Published {
    pub(crate) log: String,
    pub(crate) size: u64,
    pub(crate) root: Hash,
    /// How many witnesses of the log's policy cosigned.
    pub(crate) witnesses: usize,
    is_witnessed: bool,
}

impl Published {
    /// None if there is no log, or nothing signed yet.
    pub(crate) async fn read(app: &App) -> Option<Self> {
        let folder = app.log()?;
        let signed = tokio::fs::read(folder.join("checkpoint")).await.ok()?;
        let signed = SignedCheckpoint::parse(&signed).ok()?;
        let policy = tokio::fs::read(folder.join("policy")).await.ok();
        let policy = policy.and_then(|text| Policy::parse(&text).ok());
        Some(Self::of(&signed, policy.as_ref()))
    }

    fn of(signed: &SignedCheckpoint, policy: Option<&Policy>) -> Self {
        let accepted = policy.map(|policy| (policy.quorum(), policy.check(signed)));
        let (is_witnessed, witnesses) = match accepted {
            Some((quorum, Ok(one))) => (quorum != Quorum::None, one.cosigners.len()),
            Some((_, Err(_))) | None => (false, 0),
        };
        let tree = signed.checkpoint();
        Self {
            log: tree.origin().to_owned(),
            size: tree.size(),
            root: tree.root(),
            witnesses,
            is_witnessed,
        }
    }
}

impl Assurance {
    pub(crate) fn of(is_sealed: bool, published: Option<&Published>) -> Self {
        match published {
            Some(published) if is_sealed && published.is_witnessed => Self::Witnessed,
            Some(_) if is_sealed => Self::Sealed,
            Some(_) | None => Self::Received,
        }
    }

    /// What it means, to whoever holds the paper.
    pub(crate) const fn meaning(self) -> &'static str {
        match self {
            Self::Received => {
                "está en el registro de la municipalidad. Todavía no está sellado: vuelva en un minuto e imprima otra vez."
            }
            Self::Sealed => {
                "está en el registro sellado y firmado. Con este papel y el recibo digital se nota cualquier cambio posterior; ningún testigo externo lo ha firmado."
            }
            Self::Witnessed => {
                "está en el registro sellado, y además lo firmaron testigos externos a la municipalidad."
            }
        }
    }
}

impl fmt::Display for Assurance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Received => "recibido",
            Self::Sealed => "sellado",
            Self::Witnessed => "atestiguado",
        })
    }
}

#[cfg(test)]
mod tests {
    use chasqui_tlog::checkpoint::Checkpoint;
    use chasqui_tlog::merkle::leaf_hash;
    use chasqui_tlog::note::{Algorithm, SeedSigner, Signer};

    use super::*;

    #[test]
    fn only_the_quorum_of_the_policy_makes_it_witnessed() {
        let log = SeedSigner::new(
            "a.example/log1".parse().unwrap(),
            Algorithm::Ed25519,
            &[1; 32],
        );
        let log = log.unwrap();
        let witnesses = [2, 3].map(|seed| {
            let name = format!("w{seed}.example").parse().unwrap();
            SeedSigner::new(name, Algorithm::Cosignature, &[seed; 32]).unwrap()
        });
        let keys = witnesses.each_ref().map(|one| one.key().clone());
        let policy = Policy::k_of_n(log.key().clone(), &keys, 2).unwrap();
        let checkpoint = Checkpoint::new(log.key().name(), 1, leaf_hash(b"x")).unwrap();
        let mut signed = SignedCheckpoint::sign(checkpoint, &log).unwrap();
        let assurance = |signed: &SignedCheckpoint, policy: Option<&Policy>| {
            Assurance::of(true, Some(&Published::of(signed, policy)))
        };
        assert_eq!(assurance(&signed, None), Assurance::Sealed);
        for (witness, then) in witnesses
            .iter()
            .zip([Assurance::Sealed, Assurance::Witnessed])
        {
            signed
                .add(signed.cosign(witness, 1_800_000_000).unwrap())
                .unwrap();
            assert_eq!(assurance(&signed, Some(&policy)), then);
        }
        let published = Published::of(&signed, Some(&policy));
        assert_eq!(Assurance::of(false, Some(&published)), Assurance::Received);
        let none = Policy::k_of_n(log.key().clone(), &[], 0).unwrap();
        assert_eq!(assurance(&signed, Some(&none)), Assurance::Sealed);
        assert_eq!(Assurance::of(true, None), Assurance::Received);
    }
}
