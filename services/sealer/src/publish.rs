//! Signing and publishing one checkpoint. The order is the promise; `docs/decisions/0017` says why.

use chasqui_store::SignedText;
use chasqui_tlog::checkpoint::{Checkpoint, SignedCheckpoint};
use chasqui_tlog::merkle::{Hash, root_at};
use chasqui_tlog::tile::{encode_bundle, partial_bundle};

use crate::error::{Refusal, SealerError};
use crate::sealer::Sealer;

impl Sealer {
    /// Files first, then the database's note, the mark, the witnesses, and the checkpoint last: what is
    /// published was marked, and what is marked is there. A crash in between leaves a mark that the
    /// database still fulfils.
    pub(crate) async fn publish(&mut self) -> Result<(), SealerError> {
        let size = self.frontier.size();
        for tile in self.frontier.partial_tiles() {
            self.folder.put(&tile.id().to_string(), &tile.encode())?;
        }
        if let Some(id) = partial_bundle(size) {
            let bundle = encode_bundle(&self.open).map_err(SealerError::format)?;
            self.folder.put(&id.to_string(), &bundle)?;
        }
        let root = self.frontier.root();
        let mut signed = match &self.current {
            // The cosignatures that it has stay until there are newer ones.
            Some(current) if current.checkpoint().size() == size => current.clone(),
            Some(_) | None => self.sign(size, root)?,
        };
        // From the files, as a stranger would: what is on the disk is what is signed.
        let on_disk = root_at(&self.folder, size).map_err(SealerError::format)?;
        let again = SignedCheckpoint::parse(signed.to_string().as_bytes());
        let again = again.map_err(SealerError::format)?;
        if on_disk != root
            || signed.checkpoint().root() != root
            || self.policy.check(&again).is_err()
        {
            return Err(SealerError::SelfCheck { size });
        }
        for there in [self.mark.read()?, self.folder.checkpoint()?] {
            let found = there.map_or(0, |one| one.checkpoint().size());
            if found > size {
                return Err(Refusal::Overtaken { size, found }.into());
            }
        }
        self.keep(&signed).await?;
        self.mark.write(&signed)?;
        let heard = self.witnesses.ask(&self.folder, &signed).await;
        if self.weigh(heard, &mut signed).await? {
            self.keep(&signed).await?;
        }
        self.folder.publish(&signed)?;
        self.current = Some(signed);
        Ok(())
    }

    /// Keeps a signed checkpoint in the database: the fence against another sealer with another tree.
    pub(crate) async fn keep(&self, signed: &SignedCheckpoint) -> Result<(), SealerError> {
        let size = signed.checkpoint().size();
        let checkpoint = signed.note().text().to_owned();
        let note = signed.to_string();
        let text = SignedText {
            size,
            checkpoint,
            note,
        };
        if self.store.keep_note(text).await? {
            Ok(())
        } else {
            Err(Refusal::Signed { size }.into())
        }
    }

    pub(crate) fn sign(&self, size: u64, root: Hash) -> Result<SignedCheckpoint, SealerError> {
        let name = self.key.verifier().name();
        let checkpoint = Checkpoint::new(name, size, root).map_err(SealerError::format)?;
        SignedCheckpoint::sign(checkpoint, self.key.signer()).map_err(SealerError::format)
    }
}
