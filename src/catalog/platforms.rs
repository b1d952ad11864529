//! Platforms that images are built for, as Docker names them.

/// A platform: a row of [`PLATFORMS`].
#[derive(Debug, PartialEq, Eq)]
pub struct Platform {
    /// Its name: the system, the architecture, and where there are several of one name, the variant.
    pub name: &'static str,
    /// Which machines it is of.
    pub doc: &'static str,
    /// What else its architecture is called: by compilers, by the kernel, and with a variant that it has anyway.
    pub others: &'static [&'static str],
}

const fn platform(
    name: &'static str,
    doc: &'static str,
    others: &'static [&'static str],
) -> Platform {
    Platform { name, doc, others }
}

/// Every platform for which Debian's image of Docker Hub is built and Kubernetes has a kubelet. Recipes make
/// images of Linux alone.
pub const PLATFORMS: &[Platform] = &[
    platform(
        "linux/amd64",
        "most servers and PCs: Intel and AMD",
        &["x86_64", "x86-64", "x64", "amd64/v1"],
    ),
    platform(
        "linux/arm64",
        "Apple Silicon, AWS Graviton, Raspberry Pi with a system of 64 bits",
        &["aarch64", "arm64/v8", "armv8"],
    ),
    platform(
        "linux/arm/v7",
        "ARM with a system of 32 bits",
        &["arm", "armv7", "armhf", "armv7l"],
    ),
    platform("linux/ppc64le", "IBM Power", &["powerpc64le"]),
    platform("linux/s390x", "IBM Z and LinuxONE", &[]),
    platform("linux/riscv64", "RISC-V of 64 bits", &["riscv64gc"]),
];

/// The platform of that name.
#[must_use]
pub fn platform_named(name: &str) -> Option<&'static Platform> {
    PLATFORMS.iter().find(|it| it.name == name)
}

/// The platform that goes by another name: `x86_64`, `linux/aarch64`, `arm64`.
#[must_use]
pub fn called_otherwise(name: &str) -> Option<&'static Platform> {
    let lower = name.trim().to_ascii_lowercase();
    let architecture = lower.strip_prefix("linux/").unwrap_or(&lower);
    PLATFORMS.iter().find(|it| {
        it.name.strip_prefix("linux/") == Some(architecture) || it.others.contains(&architecture)
    })
}

#[cfg(test)]
mod tests {
    use super::{PLATFORMS, called_otherwise, platform_named};

    #[test]
    fn a_platform_is_found_by_all_of_its_names() {
        for platform in PLATFORMS {
            assert_eq!(platform_named(platform.name), Some(platform));
            assert_eq!(called_otherwise(platform.name), Some(platform));
            for other in platform.others {
                assert_eq!(platform_named(other), None);
                assert_eq!(called_otherwise(other), Some(platform), "{other}");
                let with_system = format!("linux/{other}");
                assert_eq!(called_otherwise(&with_system), Some(platform), "{other}");
            }
        }
        for (name, found) in [
            (" Linux/AMD64 ", Some("linux/amd64")),
            ("aarch64", Some("linux/arm64")),
            ("", None),
            ("linux/", None),
            ("windows/amd64", None),
            ("darwin/arm64", None),
        ] {
            assert_eq!(called_otherwise(name).map(|it| it.name), found, "{name}");
        }
    }
}
