//! The instructions of a Dockerfile.

/// One instruction, or a comment between two.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Instruction {
    /// A line of comment about the instruction behind it, which must not be an [`Self::Arg`].
    Comment(&'static str),
    /// `ARG`: a value that the build is given.
    Arg {
        /// Its name.
        name: String,
        /// What follows its name in one line of help: `docker build --call=outline` shows it.
        help: &'static str,
        /// Whether everyone may read it, however secret its name sounds.
        public: bool,
    },
    /// `ENV`.
    Env(Vec<(String, DockerValue)>),
    /// `LABEL`.
    Label(Vec<(&'static str, String)>),
    /// `WORKDIR`, an absolute path.
    Workdir(String),
    /// `COPY`.
    Copy {
        /// The stage or image to copy from; `None` is the build's context.
        from: Option<String>,
        /// What to copy. A pattern may fit nothing where something else is copied with it.
        sources: Vec<String>,
        /// Where to; it ends in a slash where there are several sources.
        target: String,
        /// User and group of the copies; `None` is root.
        owner: Option<u32>,
    },
    /// `RUN`: commands of which each runs if the one before it succeeded.
    Run {
        /// What is mounted meanwhile.
        mounts: Vec<Mount>,
        /// The commands, each a list of words.
        commands: Vec<Vec<String>>,
    },
    /// `RUN` that writes a file of these lines.
    Write {
        /// Its absolute path.
        path: &'static str,
        /// Its lines.
        lines: Vec<String>,
    },
    /// `USER`, with the group of the same number.
    User(u32),
    /// `EXPOSE`, a TCP port.
    Expose(u16),
    /// `HEALTHCHECK`.
    Healthcheck(Healthcheck),
    /// `STOPSIGNAL`, where the process ends well by another signal than SIGTERM.
    StopSignal(&'static str),
    /// `CMD`, without a shell: the process, unless something else is asked for.
    Cmd(Vec<String>),
    /// `ENTRYPOINT`, without a shell: the process, to which others may add arguments.
    Entrypoint(Vec<String>),
    /// Another instruction, and what it is there for besides what it shows itself.
    For(Box<Instruction>, Because),
}

/// What an instruction is there for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Because {
    /// An option of `build`, by its word.
    Option(&'static str),
    /// A build argument, by its name.
    Argument(String),
    /// What image and pod agree on, by the word that says it.
    Contract(&'static str),
    /// What names the image and its version.
    Label,
    /// The recipe has it in every image.
    Recipe,
    /// Every Dockerfile has it.
    Frame,
}

impl Instruction {
    /// A `RUN` without mounts.
    #[must_use]
    pub fn run(commands: Vec<Vec<String>>) -> Self {
        Instruction::Run {
            mounts: Vec::new(),
            commands,
        }
    }

    /// The same, which is there for this.
    #[must_use]
    pub fn because(self, because: Because) -> Self {
        Instruction::For(Box::new(self), because)
    }

    /// What it is, without what it is there for.
    #[must_use]
    pub fn bare(&self) -> &Instruction {
        match self {
            Instruction::For(instruction, _) => instruction.bare(),
            Instruction::Comment(_)
            | Instruction::Arg { .. }
            | Instruction::Env(_)
            | Instruction::Label(_)
            | Instruction::Workdir(_)
            | Instruction::Copy { .. }
            | Instruction::Run { .. }
            | Instruction::Write { .. }
            | Instruction::User(_)
            | Instruction::Expose(_)
            | Instruction::Healthcheck(_)
            | Instruction::StopSignal(_)
            | Instruction::Cmd(_)
            | Instruction::Entrypoint(_) => self,
        }
    }

    /// The same, to be changed.
    pub fn bare_mut(&mut self) -> &mut Instruction {
        if let Instruction::For(instruction, _) = self {
            return instruction.bare_mut();
        }
        self
    }

    /// Everything that it is there for; what is fixed is the recipe's.
    #[must_use]
    pub fn reasons(&self) -> Vec<Because> {
        match self {
            Instruction::For(instruction, because) => {
                let mut all = vec![because.clone()];
                let others = instruction.reasons().into_iter();
                all.extend(others.filter(|it| *it != Because::Recipe));
                all
            }
            Instruction::Arg { name, .. } => vec![Because::Argument(name.clone())],
            Instruction::Env(variables) => {
                let pieces = variables.iter().flat_map(|(_, value)| &value.0);
                let arguments = pieces.filter_map(|piece| match piece {
                    ValuePart::Variable(name) => Some(Because::Argument(name.clone())),
                    ValuePart::Text(_) => None,
                });
                std::iter::once(Because::Recipe).chain(arguments).collect()
            }
            Instruction::Label(_) => vec![Because::Label],
            Instruction::User(_) => vec![Because::Contract("user")],
            Instruction::Expose(_) => vec![Because::Contract("port")],
            Instruction::Healthcheck(_) => {
                vec![Because::Contract("health"), Because::Contract("port")]
            }
            Instruction::Cmd(_) | Instruction::Entrypoint(_) => vec![
                Because::Contract("command"),
                Because::Option("entry"),
                Because::Contract("port"),
            ],
            Instruction::Copy { owner: Some(_), .. } => {
                vec![Because::Recipe, Because::Contract("user")]
            }
            Instruction::Comment(_)
            | Instruction::Workdir(_)
            | Instruction::Copy { owner: None, .. }
            | Instruction::Run { .. }
            | Instruction::Write { .. }
            | Instruction::StopSignal(_) => vec![Because::Recipe],
        }
    }
}

/// What a `RUN` sees besides its stage's files. Targets are absolute: buildah refuses others.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Mount {
    /// A folder that outlives the build on its machine.
    Cache {
        /// Builds that say the same id share it.
        id: String,
        /// Where it is mounted.
        target: String,
        /// Whether one build must wait for the other.
        locked: bool,
    },
    /// A file of the context, without a layer of its own.
    Bind {
        /// Its path in the context.
        source: &'static str,
        /// Where it is mounted.
        target: String,
    },
    /// A secret of whoever builds, which no layer keeps. Without it the build ends.
    Secret {
        /// What it is called there, and the variable that has its value where no file has it.
        id: String,
        /// The file that has it.
        target: Option<String>,
    },
}

/// How `docker run` and Compose ask whether the process is healthy. Kubernetes doesn't read it.
/// Times are in seconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Healthcheck {
    /// From one check to the next.
    pub interval: u32,
    /// Until a check counts as failed.
    pub timeout: u32,
    /// After the start, in which failures don't count.
    pub start_period: u32,
    /// Failures in a row until the container is unhealthy.
    pub retries: u32,
    /// The check, which no shell runs; it succeeds with exit status 0.
    pub command: Vec<String>,
}

/// The value of a variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DockerValue(pub Vec<ValuePart>);

/// A part of a [`DockerValue`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ValuePart {
    /// Text, to be taken literally.
    Text(String),
    /// What a variable or build argument holds.
    Variable(String),
}

impl DockerValue {
    /// A literal text.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        DockerValue(vec![ValuePart::Text(text.into())])
    }

    /// What a variable or build argument holds.
    #[must_use]
    pub fn variable(name: impl Into<String>) -> Self {
        DockerValue(vec![ValuePart::Variable(name.into())])
    }
}
