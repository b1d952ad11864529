//! Annotations of pods that something reads from other objects.

use super::readings::{self, Readings};
use crate::catalog::annotations::{AnnotationReader, reader};
use crate::check::findings::Findings;
use crate::diag::{Code, Diagnostic};

/// Warns of each.
pub(in crate::check) fn check(readings: &Readings<'_, '_>, found: &mut Findings) {
    for face in readings::faces(readings.scope) {
        for said in &face.view.annotations {
            let key = &said.key;
            let Some(reader) = reader(&key.value) else {
                continue;
            };
            let message = match reader {
                AnnotationReader::Ingresses => {
                    format!(
                        "`{}` does nothing on pods: it is read from Ingresses",
                        key.value
                    )
                }
                AnnotationReader::Services => {
                    format!(
                        "`{}` does nothing on pods: it is read from Services",
                        key.value
                    )
                }
            };
            let help = match reader {
                AnnotationReader::Ingresses => format!(
                    "move it into `ingress {{ … }}` of `app` or of a target, for all Ingresses; \
                     for that of `{}` alone behind its host: `expose ingress \"HOST\" {{ annotate … }}`",
                    face.id.name
                ),
                AnnotationReader::Services => format!(
                    "move it into a `patch Service` of `{}`, below `metadata` and `annotations`",
                    face.id.name
                ),
            };
            let warning = Diagnostic::new(Code::AnnotationUnread, key.span, message);
            found.push(warning.help(help));
        }
    }
}
