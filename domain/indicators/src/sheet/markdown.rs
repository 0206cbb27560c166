//! The sheets as Markdown pages: Spanish first, then English.
//!
//! It writes texts, not files, and adds nothing to what the sheets say but the names of their fields.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::common::Common;
use super::indicator::Sheet;
use super::labels::{self, Label};
use super::set::Sheets;
use super::source::SourceSheet;
use super::text::{Change, Language, Text};

const MADE: &str = "<!-- Made from `domain/indicators/sheets/`: change the sheet there, then run\n\
    `cargo run -p chasqui-indicators --example sheets -- docs/indicators`. -->\n";

/// Every page by its file name: one for each sheet, one for what is common, and the list.
#[must_use]
pub fn pages(sheets: &Sheets) -> BTreeMap<String, String> {
    let mut pages = BTreeMap::from([
        ("README.md".to_owned(), index(sheets)),
        ("common.md".to_owned(), common(sheets.common())),
    ]);
    pages.extend(
        sheets
            .indicators()
            .map(|one| (format!("{}.md", one.id), indicator(one))),
    );
    pages.extend(
        sheets
            .sources()
            .map(|one| (format!("{}.md", one.id), source(one))),
    );
    pages
}

fn index(sheets: &Sheets) -> String {
    let mut page = format!("{MADE}\n# Indicadores · Indicators\n");
    page += "\nUna ficha define una cifra. Rige el español. Lo común a todas está en [common.md](common.md).\n\
        A sheet defines a figure. The Spanish text binds. What all have in common is in [common.md](common.md).\n\n";
    page += "| | Español | English | v |\n|---|---|---|---|\n";
    let mut row = |id: String, name: &Text, version: u32| {
        let [es, en] = Language::ALL.map(|language| name.in_language(language));
        let _ = writeln!(page, "| [{id}]({id}.md) | {es} | {en} | {version} |");
    };
    for sheet in sheets.indicators() {
        row(sheet.id.to_string(), &sheet.title, sheet.version);
    }
    for sheet in sheets.sources() {
        row(sheet.id.to_string(), &sheet.name, sheet.version);
    }
    page
}

/// The part of a page in one language.
struct Section {
    language: Language,
    text: String,
}

impl Section {
    fn new(language: Language, title: &str) -> Self {
        let name = match language {
            Language::Es => "Español",
            Language::En => "English",
        };
        Self {
            language,
            text: format!("\n## {name}: {title}\n"),
        }
    }

    fn say(&self, label: Label) -> &'static str {
        label.in_language(self.language)
    }

    fn facts(&mut self, facts: &[(Label, String)]) {
        self.text += "\n| | |\n|---|---|\n";
        for (label, fact) in facts {
            let _ = writeln!(self.text, "| {} | {fact} |", self.say(*label));
        }
    }

    fn paragraph(&mut self, label: Label, text: &Text) {
        let text = text.in_language(self.language);
        let _ = write!(self.text, "\n**{}.** {text}\n", self.say(label));
    }

    fn paragraphs(&mut self, paragraphs: &[(Label, &Text)]) {
        for (label, text) in paragraphs {
            self.paragraph(*label, text);
        }
    }

    fn items(&mut self, items: &[(Label, Option<&Text>)]) {
        let (language, mut between) = (self.language, "\n");
        for (label, text) in items {
            let Some(text) = text else { continue };
            let (name, text) = (self.say(*label), text.in_language(language));
            let _ = writeln!(self.text, "{between}- {name}: {text}");
            between = "";
        }
    }

    fn math(&mut self, latex: &str) {
        let _ = write!(self.text, "\n```math\n{latex}\n```\n");
    }

    fn changes(&mut self, changes: &[Change]) {
        let _ = write!(
            self.text,
            "\n**{}**\n\n",
            self.say(Label("Cambios", "Changes"))
        );
        for change in changes.iter().rev() {
            let text = change.text.in_language(self.language);
            let _ = writeln!(self.text, "- {}, {}: {text}", change.version, change.on);
        }
    }
}

fn page(title: &str, section: impl Fn(Language) -> Section) -> String {
    let [es, en] = Language::ALL.map(|language| section(language).text);
    format!("{MADE}\n# {title}\n{es}{en}")
}

fn indicator(sheet: &Sheet) -> String {
    page(&sheet.id.to_string(), |language| {
        let mut section = Section::new(language, sheet.title.in_language(language));
        section.facts(&facts(sheet, language));
        section.paragraph(Label("Para qué", "Purpose"), &sheet.purpose);
        section.paragraph(Label("Fórmula", "Formula"), &sheet.formula.words);
        section.math(&sheet.formula.latex);
        section.items(&[
            (
                Label("Numerador", "Numerator"),
                sheet.formula.numerator.as_ref(),
            ),
            (
                Label("Denominador", "Denominator"),
                sheet.formula.denominator.as_ref(),
            ),
        ]);
        section.paragraphs(&[
            (Label("Población", "Population"), &sheet.population),
            (Label("Exclusiones", "Exclusions"), &sheet.exclusions),
            (Label("Reloj", "Clock"), &sheet.clock),
            (
                Label("Lo que sigue abierto", "What is open"),
                &sheet.open_procedures,
            ),
            (Label("Cómo leerla", "How to read it"), &sheet.reading),
            (Label("Límites", "Limits"), &sheet.limits),
            (
                Label("Comparabilidad", "Comparability"),
                &sheet.comparability,
            ),
            (Label("Responsable", "Responsible"), &sheet.responsible),
        ]);
        section.changes(&sheet.changes);
        section
    })
}

fn facts(sheet: &Sheet, language: Language) -> Vec<(Label, String)> {
    let say = |label: Label| label.in_language(language).to_owned();
    let breakdowns = sheet
        .breakdowns
        .iter()
        .map(|one| say(labels::breakdown(*one)));
    let sources = sheet.sources.iter().map(|id| format!("[{id}]({id}.md)"));
    let minimum = match sheet.minimum {
        0 => say(Label("ninguno", "none")),
        least => format!("n ≥ {least}"),
    };
    vec![
        (Label("Versión", "Version"), sheet.version.to_string()),
        (
            Label("Unidad de medida", "Unit of measure"),
            say(labels::measure(sheet.unit)),
        ),
        (
            Label("Sentido", "Direction"),
            say(labels::direction(sheet.direction)),
        ),
        (
            Label("Periodicidad", "Frequency"),
            say(labels::frequency(sheet.frequency)),
        ),
        (Label("Mínimo", "Minimum"), minimum),
        (Label("Desagregación", "Breakdowns"), list(breakdowns)),
        (Label("Fuentes", "Sources"), list(sources)),
        (
            Label("Base legal", "Legal basis"),
            sheet.legal_basis.join("; "),
        ),
        (
            Label("Referencias", "References"),
            sheet.references.join("; "),
        ),
        (
            Label("Función", "Function"),
            format!("`chasqui_indicators::formula::{}`", sheet.formula.function),
        ),
    ]
}

fn source(sheet: &SourceSheet) -> String {
    page(&sheet.id.to_string(), |language| {
        let mut section = Section::new(language, sheet.name.in_language(language));
        let say = |label: Label| label.in_language(language).to_owned();
        let events = sheet.events.iter().map(|event| format!("`{event}`"));
        let events = if sheet.events.is_empty() {
            "—".to_owned()
        } else {
            list(events)
        };
        section.facts(&[
            (Label("Versión", "Version"), sheet.version.to_string()),
            (
                Label("Captura", "Capture"),
                say(labels::capture(sheet.capture)),
            ),
            (
                Label("Datos personales", "Personal data"),
                say(labels::personal_data(sheet.personal_data)),
            ),
            (Label("Sucesos", "Events"), events),
        ]);
        section.paragraphs(&[
            (Label("Titular", "Owner"), &sheet.owner),
            (Label("Sistema", "System"), &sheet.system),
            (Label("Cobertura", "Coverage"), &sheet.coverage),
            (Label("Atraso", "Lag"), &sheet.lag),
            (Label("Completitud", "Completeness"), &sheet.completeness),
            (Label("Vacíos conocidos", "Known gaps"), &sheet.known_gaps),
            (Label("Validación", "Validation"), &sheet.validation),
            (Label("Conservación", "Retention"), &sheet.retention),
            (Label("Acceso", "Access"), &sheet.access),
            (Label("Calendario", "Calendar"), &sheet.calendar),
            (Label("Contacto", "Contact"), &sheet.contact),
        ]);
        section.changes(&sheet.changes);
        section
    })
}

fn common(common: &Common) -> String {
    page("Reglas comunes · Common rules", |language| {
        let title = Label("lo que vale para todos", "what holds for all").in_language(language);
        let mut section = Section::new(language, title);
        section.facts(&[
            (Label("Versión", "Version"), common.version.to_string()),
            (Label("Licencia", "Licence"), common.license.clone()),
            (Label("Sirve a", "Serves"), common.related.join("; ")),
        ]);
        section.paragraphs(&[
            (Label("Redondeo", "Rounding"), &common.rounding),
            (Label("Mínimos", "Minimums"), &common.minimum_n),
            (Label("Intervalos", "Intervals"), &common.intervals),
            (Label("Celdas pequeñas", "Small cells"), &common.suppression),
            (Label("Lo que falta", "What is missing"), &common.missing),
            (Label("Publicación", "Release"), &common.release),
            (Label("Revisiones", "Revisions"), &common.revision),
            (Label("Cortes de serie", "Breaks in series"), &common.breaks),
            (Label("Reproducción", "Reproduction"), &common.reproduction),
            (Label("Calidad", "Quality"), &common.quality),
            (Label("Contacto", "Contact"), &common.contact),
        ]);
        let _ = write!(
            section.text,
            "\n**{}**\n\n",
            section.say(Label("Símbolos", "Symbols"))
        );
        for symbol in &common.symbols {
            let meaning = symbol.meaning.in_language(language);
            let _ = writeln!(section.text, "- $`{}`$: {meaning}", symbol.latex);
        }
        section.changes(&common.changes);
        section
    })
}

fn list(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(", ")
}
