//! What the tests share.

use std::path::Path;

/// Compares with a file below `tests/golden`; `UPDATE_EXPECT=1` writes it.
pub(crate) fn golden(path: &str, actual: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(path);
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("can write");
        std::fs::write(&file, actual).expect("can write");
    }
    assert_eq!(
        std::fs::read_to_string(&file).unwrap_or_default(),
        actual,
        "{path}"
    );
}
