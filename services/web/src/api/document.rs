//! `GET /openapi.json`: the document of the API, made of the handlers and of the table of commands.
//!
//! What every address may answer beside what was asked for is added here, once, by how it is reached.

use std::sync::LazyLock;

use axum::http::{HeaderName, header};
use utoipa::OpenApi;
use utoipa::openapi::link::LinkBuilder;
use utoipa::openapi::path::{
    HttpMethod, Operation, OperationBuilder, ParameterBuilder, ParameterIn, PathItem,
};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{
    Content, Info, License, ObjectBuilder, Ref, RefOr, Required, ResponseBuilder, Server, Type,
};

use super::lists;
use super::procedures::done::Acknowledged;
use super::procedures::kinds::{KINDS, Kind};
use super::{calendars, catalogue, deadlines, events, indicators, me, persons, procedures};
use crate::problem::ProblemDocument;

#[derive(OpenApi)]
#[openapi(
    paths(
        procedures::file::file,
        procedures::list::list,
        procedures::show::show,
        procedures::history::show,
        events::list::list,
        deadlines::compute,
        catalogue::types,
        catalogue::units,
        calendars::list,
        calendars::show,
        indicators::list,
        indicators::show,
        persons::read::read,
        persons::erase::request,
        persons::erase::confirm,
        persons::readings::show,
        me::show,
    ),
    components(schemas(ProblemDocument, Acknowledged)),
    tags(
        (name = "public", description = "What anybody may ask."),
        (name = "procedures", description = "What systems with a key may do and read."),
        (name = "keys", description = "Keys themselves."),
    ),
)]
struct Handlers;

/// The document, as text: it is the same as long as the program is.
static DOCUMENT: LazyLock<String> = LazyLock::new(|| {
    document()
        .to_pretty_json()
        .expect("invariant: a document is JSON")
        + "\n"
});

/// The document of the API.
pub(crate) async fn show() -> ([(HeaderName, &'static str); 1], &'static str) {
    ([(header::CONTENT_TYPE, "application/json")], &DOCUMENT)
}

fn document() -> utoipa::openapi::OpenApi {
    let mut document = Handlers::openapi();
    let mut info = Info::new("Chasqui", "1");
    info.description = Some(
        "Procedures filed with a municipality: file, act, follow. Errors are problem documents \
         (RFC 9457) with a `code` that programs may rely on."
            .to_owned(),
    );
    let mut license = License::new("Apache-2.0");
    license.identifier = Some("Apache-2.0".to_owned());
    info.license = Some(license);
    document.info = info;
    document.servers = Some(vec![Server::new("/")]);
    for kind in KINDS {
        let name = kind.verb.name();
        let components = document.components.get_or_insert_default();
        components.schemas.extend((kind.body)());
        let address = format!("/api/v1/procedures/{{procedure}}/{name}");
        let item = PathItem::new(HttpMethod::Post, command(kind));
        document.paths.paths.insert(address, item);
    }
    let scheme = Http::builder()
        .scheme(HttpAuthScheme::Bearer)
        .bearer_format("chq_<environment>_<id>_<secret>")
        .build();
    document
        .components
        .get_or_insert_default()
        .add_security_scheme("key", SecurityScheme::Http(scheme));
    lists::close(&mut document);
    for (address, item) in &mut document.paths.paths {
        for operation in [&mut item.get, &mut item.post].into_iter().flatten() {
            complete(address, operation);
        }
    }
    document
}

/// One command of the table.
fn command(kind: &Kind) -> Operation {
    let identity = ObjectBuilder::new().schema_type(Type::String).format(Some(
        utoipa::openapi::SchemaFormat::KnownFormat(utoipa::openapi::KnownFormat::Uuid),
    ));
    let procedure = ParameterBuilder::new()
        .name("procedure")
        .parameter_in(ParameterIn::Path)
        .required(Required::True)
        .description(Some("Its identity."))
        .schema(Some(identity));
    let body = (kind.body)().swap_remove(0).0;
    OperationBuilder::new()
        .operation_id(Some(kind.verb.name()))
        .tag("procedures")
        .summary(Some(kind.summary))
        .parameter(procedure)
        .parameters(Some(
            <super::order::Key as utoipa::IntoParams>::into_params(|| Some(ParameterIn::Header)),
        ))
        .parameter(if_match())
        .request_body(Some(
            RequestBodyBuilder::new()
                .content("application/json", json(&body))
                .required(Some(Required::True))
                .build(),
        ))
        .response(
            "200",
            ResponseBuilder::new()
                .description("It is done, and durable.")
                .content("application/json", json("Acknowledged")),
        )
        .build()
}

fn if_match() -> ParameterBuilder {
    let text = ObjectBuilder::new()
        .schema_type(Type::String)
        .pattern(Some("^(\\*|\"[0-9]{1,18}\")$"));
    ParameterBuilder::new()
        .name("If-Match")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(
            "The version that was seen, in quotes. If the procedure has another one, nothing is done.",
        ))
        .schema(Some(text))
}

fn json(schema: &str) -> Content {
    Content::new(Some(Ref::from_schema_name(schema)))
}

/// Adds what an address may answer instead, and the key that it needs.
fn complete(address: &str, operation: &mut Operation) {
    let id = operation.operation_id.clone().unwrap_or_default();
    let tags = operation.tags.iter().flatten();
    let is_public = tags.into_iter().any(|tag| tag == "public");
    let writes = operation.request_body.is_some();
    // By its identity a procedure is read with a key, and guessed codes are counted.
    let by_both = id == "procedure" || id == "readings";
    let of_a_person = address.contains("/person");
    let keyed = !is_public || by_both;
    let acts = writes && !is_public;
    let instead = [
        (
            true,
            "422",
            "A part of the question cannot be understood or used.",
        ),
        (
            true,
            "500",
            "Something failed on our side. It has been written down.",
        ),
        (
            true,
            "503",
            "Not at the moment: `Retry-After` says when to try again.",
        ),
        (
            keyed,
            "401",
            "A key is needed, or the one presented opens nothing.",
        ),
        (keyed && id != "me", "403", "The key may not."),
        (address.contains('{'), "404", "There is no such thing."),
        (
            by_both,
            "429",
            "Codes were guessed at from this network: it has to wait.",
        ),
        (
            writes || by_both,
            "400",
            "It has a typing mistake, or is not what is read here.",
        ),
        (writes, "413", "The body is too long."),
        (writes, "415", "The body is not JSON."),
        (
            acts,
            "409",
            "The procedure's state forbids it, or it is being done.",
        ),
        (of_a_person, "410", "The person was erased."),
        (
            acts && id != "file" && !of_a_person,
            "412",
            "It is no longer what was seen; `changes` says why.",
        ),
    ];
    for (_, status, description) in instead.into_iter().filter(|(may, ..)| *may) {
        let response = ResponseBuilder::new()
            .description(description)
            .content("application/problem+json", json("ProblemDocument"));
        let responses = &mut operation.responses.responses;
        responses.insert(status.to_owned(), RefOr::T(response.build()));
    }
    if !is_public {
        let needed = SecurityRequirement::new("key", Vec::<String>::new());
        operation.security = Some(vec![needed]);
    }
    if id == "file" {
        links(operation);
    }
}

/// What can be done with a procedure that was just filed: programs that explore the API follow them.
fn links(operation: &mut Operation) {
    let Some(RefOr::T(created)) = operation.responses.responses.get_mut("201") else {
        return;
    };
    let names = KINDS.iter().map(|kind| kind.verb.name());
    for name in names.chain([
        "procedure",
        "history",
        "readings",
        "read-person",
        "request-erasure",
        "confirm-erasure",
    ]) {
        let link = LinkBuilder::new()
            .operation_id(name)
            .parameter("procedure", "$response.body#/procedure")
            .build();
        created.links.insert(name.to_owned(), RefOr::T(link));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_that_is_committed_is_the_one_that_is_served() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/openapi.json");
        if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
            std::fs::write(path, &*DOCUMENT).unwrap();
        }
        let committed = std::fs::read_to_string(path).unwrap_or_default();
        assert!(
            committed == *DOCUMENT,
            "docs/openapi.json is not what is served; look at the difference after running \
             UPDATE_SNAPSHOTS=1 cargo test -p chasqui-web document"
        );
    }

    #[test]
    fn no_two_operations_have_one_name() {
        let document = document();
        let mut names: Vec<String> = Vec::new();
        for item in document.paths.paths.values() {
            for operation in [&item.get, &item.post].into_iter().flatten() {
                names.extend(operation.operation_id.clone());
            }
        }
        let all = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
