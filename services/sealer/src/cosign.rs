//! What witnesses say, weighed: cosignatures are added to the checkpoint, and a witness that has seen what
//! we have not stops the sealer. How they are asked is in `witnesses`.

use chasqui_tlog::checkpoint::SignedCheckpoint;
use chasqui_tlog::merkle::empty_root;
use chasqui_tlog::note::{Signature, VerifierKey};

use crate::ask::Answer;
use crate::error::{Refusal, SealerError};
use crate::sealer::Sealer;
use crate::witnesses::Heard;

impl Sealer {
    /// Asks the witnesses, before anything new is signed, whether they have seen more than there is. It
    /// shows them only what was signed before; of a new log, that it is empty.
    pub(crate) async fn probe(&mut self) -> Result<(), SealerError> {
        let known = match &self.current {
            Some(current) => current.clone(),
            None => self.sign(0, empty_root())?,
        };
        let heard = self.witnesses.ask(&self.folder, &known).await;
        let mut known = known;
        self.weigh(heard, &mut known).await?;
        self.current = self.current.is_some().then_some(known);
        Ok(())
    }

    /// Takes over cosignatures of this checkpoint, true if there were any. What a witness has seen and we
    /// have not is an alarm.
    pub(crate) async fn weigh(
        &self,
        heard: Vec<Heard>,
        signed: &mut SignedCheckpoint,
    ) -> Result<bool, SealerError> {
        let mut added = false;
        for Heard {
            name: witness,
            key,
            size,
            answer,
        } in heard
        {
            match answer {
                Answer::Cosigned(signature, _) if size == signed.checkpoint().size() => {
                    *signed = with(signed, &key, signature)?;
                    added = true;
                }
                Answer::Ahead(seen) => {
                    // Another sealer of the same database may be ahead, and that is no harm.
                    let found = self.store.leaf_head().await?;
                    if found < seen {
                        return Err(Refusal::Rollback {
                            witness,
                            seen,
                            found,
                        }
                        .into());
                    }
                }
                Answer::Forked(size) => return Err(Refusal::Split { witness, size }.into()),
                Answer::Cosigned(..) | Answer::Failed(_) => {}
            }
        }
        Ok(added)
    }

    /// Adds cosignatures that came after the checkpoint was published.
    pub(crate) async fn hear_late(&mut self) -> Result<(), SealerError> {
        let heard = self.witnesses.hear();
        let Some(mut current) = self.current.clone().filter(|_| !heard.is_empty()) else {
            return Ok(());
        };
        if self.weigh(heard, &mut current).await? {
            self.keep(&current).await?;
            self.folder.publish(&current)?;
            self.current = Some(current);
        }
        Ok(())
    }
}

/// The checkpoint with this cosignature, in place of an older one by the same key.
fn with(
    signed: &SignedCheckpoint,
    key: &VerifierKey,
    signature: Signature,
) -> Result<SignedCheckpoint, SealerError> {
    let mut text = format!("{}\n", signed.note().text());
    for one in signed.note().signatures() {
        if !one.claims(key) {
            text.push_str(&format!("{one}\n"));
        }
    }
    let mut signed = SignedCheckpoint::parse(text.as_bytes()).map_err(SealerError::format)?;
    signed.add(signature).map_err(SealerError::format)?;
    Ok(signed)
}
