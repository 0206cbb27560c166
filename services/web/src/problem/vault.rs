//! What the vault did not do, as a status and in words. Nothing personal is in it.

use axum::http::StatusCode;
use chasqui_commands::vault::VaultError;

use super::command::NotDone;
use super::variants::Problem;
use crate::dates;

impl From<VaultError> for Problem {
    fn from(error: VaultError) -> Self {
        let (status, code, title, detail) = match error {
            VaultError::Refused(refusal) => return refusal.into(),
            VaultError::Command(error) => return (*error).into(),
            VaultError::Nameless => return Self::NeedsKey,
            VaultError::Erased { on } => (
                StatusCode::GONE,
                "person_erased",
                "Esos datos personales se suprimieron",
                format!(
                    "Se suprimieron el {}. Nadie puede leerlos.",
                    dates::long(on)
                ),
            ),
            VaultError::Destroyed => (
                StatusCode::GONE,
                "person_erased",
                "Esos datos personales se suprimieron",
                "Su clave se destruyó. Nadie puede leerlos.".to_owned(),
            ),
            VaultError::NotRequested => (
                StatusCode::CONFLICT,
                "erasure_not_requested",
                "Nadie ha pedido esa supresión",
                "Primero una persona la pide y luego otra la confirma.".to_owned(),
            ),
            VaultError::SamePerson { by } => (
                StatusCode::CONFLICT,
                "same_person",
                "Otra persona tiene que confirmarla",
                format!("La pidió {by}: quien pide una supresión no puede confirmarla."),
            ),
            VaultError::RequestChanged => (
                StatusCode::CONFLICT,
                "erasure_changed",
                "La solicitud de supresión cambió",
                "Mírela otra vez antes de confirmarla.".to_owned(),
            ),
            error @ (VaultError::Read(_) | VaultError::Write(_)) => {
                let error = &error as &dyn std::error::Error;
                tracing::warn!(error, "the vault's tables cannot be used");
                return Self::Unavailable;
            }
            error @ (VaultError::NoVault
            | VaultError::Tampered { .. }
            | VaultError::KeyRing(_)
            | VaultError::Ledger(_)
            | VaultError::NoRandomness(_)) => {
                let error = &error as &dyn std::error::Error;
                tracing::error!(error, "the vault cannot be used");
                return Self::Internal;
            }
        };
        Self::NotDone(Box::new(NotDone::new(status, code, title, detail)))
    }
}
