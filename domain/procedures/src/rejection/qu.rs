//! In Kichwa (Kichwa unificado). No speaker has validated these texts: whoever shows them says so
//! (`Language::note`).

use chasqui_deadlines::Language::Qu;

use super::reason::Rejection;

pub(super) fn sentence(rejection: &Rejection) -> String {
    use Rejection as R;
    match rejection {
        R::NotFiled => "Chay trámiteka mana tiyanchu. Riksichik yupayta rikupay.".to_owned(),
        R::AlreadyFiled => "Trámiteka ñami yaykuchishka. Ama kutin yaykuchiychu.".to_owned(),
        R::AlreadyEnded { on } => format!("Trámiteka {} punchapi tukurirka. Katina kashpaka, kutin paskapay.", Qu.date(*on)),
        R::AlreadyDecided => "Trámitemantaka ñami rimashka. Willapay, mana kashpaka allichipay.".to_owned(),
        R::AlreadyAdmitted => "Trámiteka ñami chaskishka. Katik ruraywan katipay.".to_owned(),
        R::NotDecided => "Chay punchapi willanapak rimashkaka mana tiyanchu. Ñawpa rimapay.".to_owned(),
        R::NoDecision { sequence } => format!("{sequence} kuyurika mana rimashkachu: allichinaka mana tiyanchu."),
        R::WrongUnit { unit } => format!("Kay laya trámitekunaka {unit} ukupi mana yaykunchu. Shuk ukuta akllapay."),
        R::NotNotified => "Chay punchapi apelanapak willashka rimayka mana tiyanchu.".to_owned(),
        R::NotEnded => "Trámiteka manarak tukurinchu: ama kutin paskaychu.".to_owned(),
        R::NotYetAbandoned { from } => format!("Manarak shitashkachu: mañakka {} punchamanta ñawpa kutichi ushan.", Qu.date(*from)),
        R::RectificationAlreadyOpen => "Ñami allichinata mañashka, manarak kutichinchu. Kutichita shuyapay.".to_owned(),
        R::NoRectificationOpen => "Kutichinapak allichi mañayka mana tiyanchu.".to_owned(),
        R::AlreadySuspended { cause } => format!("Plazoka chayrayku ñami shayachishka: {}.", cause.label(Qu)),
        R::NotSuspended { cause } => format!("Plazoka chayrayku mana shayachishkachu: {}.", cause.label(Qu)),
        R::NoTerm => "Kay laya trámiteka shayachinapak, mirachinapak plazota mana charinchu.".to_owned(),
        R::AlreadyThere => "Trámiteka ñami chay ukupi kan. Shuk ukuta akllapay.".to_owned(),
        R::BeforeFiling { filed_on } => format!("Yaykuchishkamanta ({}) ñawpa mana kay usharkachu. Punchata rikupay.", Qu.date(*filed_on)),
        R::InTheFuture => "Manarak tukushkataka mana killkanchikchu. Punchata rikupay.".to_owned(),
        R::NoSuchEntry { sequence } => format!("{sequence} kuyurika mana tiyanchu. Yupayta rikupay."),
        R::FilingStands => "Yaykuchishkataka mana pichay ushanchikchu. Punchata allichipay, mana kashpaka wakaychipay.".to_owned(),
        R::NoSuchSubprocedure { number } => format!("{number} niki rakika mana tiyanchu. Yupayta rikupay."),
        R::SubprocedureEnded { number, on } => format!("{number} niki rakika {} punchapi tukurirka. Shuk minishtishpaka, mañapay.", Qu.date(*on)),
        R::BeforeSubprocedure { number, opened_on } => format!("{number} niki rakitaka {} punchapi mañashka. Punchata rikupay.", Qu.date(*opened_on)),
        R::TooManySubprocedures { most } => format!("Shuk trámiteka {most} rakikamallami charin."),
        R::NoPerson => "Kay trámitemanta runapa willaykunataka mana wakaychinchikchu.".to_owned(),
        R::PersonAlreadyErased { on } => format!("Runapa willaykunataka {} punchapi ñami picharka.", Qu.date(*on)),
        R::PersonNeeded => "Trámiteka katikunmi, runaman kutichinami kan. Tukurinakama shuyapay.".to_owned(),
        R::ErasureStands { sequence } => format!("{sequence} kuyurika runapa willaykunata pichashkami: mana kutichi ushanchikchu."),
        R::Deadline(error) => error.sentence(Qu),
    }
}
