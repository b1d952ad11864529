//! What a workload runs, and how it is built.

use std::collections::BTreeSet;
use std::fmt;

use super::{Quantity, Setting};
use crate::catalog::{Choice, Plan};
use crate::source::{Span, Spanned};

/// The reference of an image: `REPOSITORY[:TAG][@DIGEST]`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ImageReference {
    /// The registry, if it isn't Docker Hub, and the path in it.
    pub repository: String,
    /// The tag; an image with neither tag nor digest has the tag `latest`.
    pub tag: Option<String>,
    /// The digest, such as `sha256:…`, which counts over the tag.
    pub digest: Option<String>,
}

impl fmt::Display for ImageReference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.repository)?;
        if let Some(tag) = &self.tag {
            write!(formatter, ":{tag}")?;
        }
        if let Some(digest) = &self.digest {
            write!(formatter, "@{digest}")?;
        }
        Ok(())
    }
}

/// An image by reference, and how it is built where that is ours to do.
#[derive(Debug, Clone)]
pub struct Image {
    /// What it is called.
    pub reference: ImageReference,
    /// When it is pulled; by default, at the `app` statement.
    pub pull: Spanned<PullPolicy>,
    /// How it is built; `None` for an image that is there already, or that another tier builds.
    pub build: Option<Build>,
    /// Whether the application builds it, for this workload or for the one that it is taken from.
    pub ours: bool,
    /// The `build` or `image` statement.
    pub origin: Span,
    /// The other statements that its name is made from: of a registry, a tag or version, a pattern.
    pub named_by: Vec<Span>,
}

/// How an image is built.
#[derive(Debug, Clone)]
pub struct Build {
    /// The folder of sources, relative to the source file's, as written.
    pub context: String,
    /// Where its Dockerfile comes from.
    pub dockerfile: DockerfileSource,
    /// Build arguments and their values.
    pub arguments: Vec<Setting>,
    /// The variables of whoever builds that hold secrets of the build.
    pub secrets: Vec<Spanned<String>>,
    /// The words of the options that were said, and where; the first of several with one word counts.
    pub said: Vec<Spanned<&'static str>>,
    /// The platforms that it is for, as Docker names them; none is that of the machine that builds it.
    pub platforms: Vec<Spanned<String>>,
    /// The most bytes that it may have.
    pub max_size: Option<Spanned<Quantity>>,
}

/// Where a Dockerfile comes from.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum DockerfileSource {
    /// From a plan; no later lookup can fail.
    Planned {
        /// The recipe's.
        plan: &'static Plan,
        /// What the source chose of the recipe's options.
        choice: Box<Choice>,
    },
    /// Somebody else writes it.
    Theirs {
        /// Its path, as seen from the context.
        file: String,
        /// The stage that ships; `None` is the last.
        stage: Option<String>,
    },
}

/// What `pins` says: which images run, or are built on, by their digests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pinned {
    /// The file with the digests, as the text writes its path.
    pub file: Spanned<String>,
    /// The images of registries that the application names, without digests.
    pub images: BTreeSet<String>,
}

/// What the tags of images that are built are made of, where no text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum TagFrom {
    /// The sources of each image, and its recipe.
    Sources,
    /// The commit of Git.
    Git,
}

impl TagFrom {
    /// What a word stands for, behind `tag from`.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        match word {
            "sources" => Some(TagFrom::Sources),
            "git" => Some(TagFrom::Git),
            _ => None,
        }
    }
}

/// When the kubelet pulls an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PullPolicy {
    /// If the node lacks it.
    IfNotPresent,
    /// Never: it must have been loaded.
    Never,
    /// Each time a container starts.
    Always,
}

impl PullPolicy {
    /// The value of `imagePullPolicy`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            PullPolicy::IfNotPresent => "IfNotPresent",
            PullPolicy::Never => "Never",
            PullPolicy::Always => "Always",
        }
    }
}
