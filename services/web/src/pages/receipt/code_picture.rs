//! An address as a QR code, drawn as one path: it stands in the page, and needs no style and no script.

use std::fmt::Write;

use qrcode::{Color, EcLevel, QrCode};

/// The white border that readers need, in modules (ISO/IEC 18004).
const QUIET: usize = 4;

/// The picture as SVG; none if the text is too long for any.
pub(crate) fn picture(text: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (place, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            let (x, y) = (place % width + QUIET, place / width + QUIET);
            write!(path, "M{x} {y}h1v1h-1z").ok()?;
        }
    }
    let side = width + 2 * QUIET;
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" width=\"180\" height=\"180\" \
         role=\"img\" aria-label=\"Código QR con la dirección de este trámite\" shape-rendering=\"crispEdges\">\
         <path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path fill=\"#000\" d=\"{path}\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_a_procedure_fits_into_a_small_picture() {
        let svg = picture("HTTPS://TRAMITES.QUITO.GOB.EC/T/404AM-T154V-M4JS4").unwrap();
        // Version 3 has 29 modules, and a border of 4 on each side.
        assert!(svg.contains("viewBox=\"0 0 37 37\""), "{}", &svg[..120]);
        // The outer edges of the three finders, and the border around them.
        for corner in ["M4 4h1", "M32 4h1", "M4 32h1"] {
            assert!(svg.contains(corner), "{corner}");
        }
        assert!(!svg.contains("M33 ") && !svg.contains("M3 "));
        assert_eq!(picture(&"x".repeat(10_000)), None);
    }
}
