//! The page that draws a procedure's life is what the code does.

#[path = "../../examples/lifecycle.rs"]
#[expect(dead_code, reason = "its `main` prints what is compared here")]
mod drawn;

#[test]
fn the_lifecycle_is_drawn_as_it_is() {
    let page = include_str!("../../../../docs/lifecycle.md");
    assert_eq!(
        drawn::render(),
        page,
        "draw it anew: cargo run -p chasqui-procedures --example lifecycle > docs/lifecycle.md"
    );
}
