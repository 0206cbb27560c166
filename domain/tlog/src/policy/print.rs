//! Writing a policy: one definition a line, in an order in which it can be read again.

use super::{Member, Policy, Quorum};

impl Policy {
    /// The policy as text; reading it gives the same policy.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut text = Vec::new();
        for log in &self.logs {
            let key = log.key.to_string();
            line(
                &mut text,
                [b"log", key.as_bytes()]
                    .into_iter()
                    .chain(log.url.as_deref()),
            );
        }
        for witness in &self.witnesses {
            let key = witness.key.to_string();
            let words = [b"witness", &witness.name[..], key.as_bytes()];
            line(&mut text, words.into_iter().chain(witness.url.as_deref()));
        }
        for group in &self.groups {
            let threshold = group.threshold.to_string();
            let words = [b"group", &group.name[..], threshold.as_bytes()];
            let members = group.members.iter().map(|member| self.name(*member));
            line(&mut text, words.into_iter().chain(members));
        }
        let quorum = match self.quorum {
            Quorum::None => b"none",
            Quorum::Of(member) => self.name(member),
        };
        line(&mut text, [b"quorum", quorum]);
        text
    }

    fn name(&self, member: Member) -> &[u8] {
        match member {
            Member::Witness(witness) => &self.witnesses[witness].name,
            Member::Group(group) => &self.groups[group].name,
        }
    }
}

fn line<'w>(text: &mut Vec<u8>, words: impl IntoIterator<Item = &'w [u8]>) {
    for (n, word) in words.into_iter().enumerate() {
        if n > 0 {
            text.push(b' ');
        }
        text.extend_from_slice(word);
    }
    text.push(b'\n');
}
