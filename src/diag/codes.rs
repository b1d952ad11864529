//! The table of diagnostic codes: number, severity, whether `allow` may accept it, name and summary.
//! Each has a page in `explain/`.
//!
//! `E01` is syntax, `E02` names and types, `E03` how things fit together, `E05` images and their
//! sources; `W05` is advice, `W06` advice on images and their sources, `W07` advice on what was deployed before; `L01` is what a Helm chart can't
//! say, `L02` what a Compose file can't; `N05` and `N06` are notes, on the same as warnings.

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Severity {
    /// The output would be refused, or could not work.
    Error,
    /// It works, and will hurt.
    Warning,
    /// It works, but for one thing that a format can't say: its files leave that out.
    Loss,
    /// It works; what it needs of the cluster, or leaves open, is worth knowing.
    Note,
}

impl Severity {
    /// What to call it.
    #[must_use]
    pub fn noun(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Loss => "loss",
            Severity::Note => "note",
        }
    }
}

/// Whether `allow` accepts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Allowance {
    /// Whatever the reason.
    Never,
    /// With a reason.
    Allowed,
    /// With a reason, and whether it is found or not: that depends on the sources that are there, or on what
    /// was deployed before.
    Anyway,
}

macro_rules! codes {
    ($($number:ident $severity:ident $allowance:ident $name:ident $summary:literal;)*) => {
        /// A kind of fault. A number is never used again for something else.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = $summary] $name,)*
        }

        impl Code {
            /// Every code, by number.
            pub const ALL: &[Code] = &[$(Code::$name),*];

            /// The number, such as `E0104`.
            #[must_use]
            pub fn number(self) -> &'static str {
                match self { $(Code::$name => stringify!($number)),* }
            }

            /// How bad it is.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Code::$name => Severity::$severity),* }
            }

            /// Whether an `allow` with a reason accepts it.
            #[must_use]
            pub fn may_be_allowed(self) -> bool {
                match self { $(Code::$name => Allowance::$allowance != Allowance::Never),* }
            }

            /// Whether an `allow` of it may accept nothing: others see sources, or a lock, that have it.
            #[must_use]
            pub fn depends_on_sources(self) -> bool {
                match self { $(Code::$name => Allowance::$allowance == Allowance::Anyway),* }
            }

            /// What it means, in a few words.
            #[must_use]
            pub fn summary(self) -> &'static str {
                match self { $(Code::$name => $summary),* }
            }

            /// The page that explains it, in Markdown.
            #[must_use]
            pub fn page(self) -> &'static str {
                match self {
                    $(Code::$name => include_str!(concat!("explain/", stringify!($number), ".md"))),*
                }
            }
        }
    };
}

codes! {
    E0101 Error   Never   NotUtf8 "the file is not UTF-8 text";
    E0102 Error   Never   ForbiddenCharacter "a control or bidirectional character outside of a string";
    E0103 Error   Never   UnexpectedText "text that fits no statement";
    E0104 Error   Never   UnclosedBlock "a block without its closing brace";
    E0105 Error   Never   StrayBrace "a closing brace without a block";
    E0106 Error   Never   BadString "a string that isn't closed, or holds an unknown escape";
    E0107 Error   Never   Expected "a part of a statement is missing or of the wrong kind";
    E0108 Error   Never   MissingSeparator "two statements on a line without a comma";
    E0109 Error   Never   UnknownWord "a word that means nothing here";
    E0110 Error   Never   Repeated "a statement that may stand once stands twice";
    E0111 Error   Never   Misplaced "a statement in the wrong place";
    E0112 Error   Never   TooDeep "blocks nested too deep";
    E0201 Error   Never   UnknownName "a name that nothing declares";
    E0202 Error   Never   UnknownMember "a member that the thing named doesn't have";
    E0203 Error   Never   WrongKind "a name of another kind of thing";
    E0204 Error   Never   NameTaken "two declarations of one name";
    E0205 Error   Never   InvalidName "a name that Kubernetes would refuse";
    E0206 Error   Never   InvalidVariable "invalid name of a variable, key or database";
    E0207 Error   Never   InvalidPort "invalid port number";
    E0208 Error   Never   InvalidQuantity "invalid quantity of cpu, memory or storage";
    E0209 Error   Never   InvertedRange "a request above its limit";
    E0210 Error   Never   InvalidDuration "invalid duration";
    E0211 Error   Never   InvalidNumber "a number out of its bounds";
    E0212 Error   Never   InvalidImage "invalid image reference";
    E0213 Error   Never   InvalidHost "invalid host name";
    E0214 Error   Never   InvalidPath "invalid path";
    E0215 Error   Never   InvalidText "text that a label, tag or pattern can't hold";
    E0216 Error   Never   SecretExposed "a secret where it could be read";
    E0217 Error   Never   VariableTaken "a variable set twice";
    E0218 Error   Never   InvalidSchedule "invalid schedule of a cron";
    E0219 Error   Never   NotAllowed "an `allow` of what can't be allowed";
    E0220 Error   Allowed Credential "text that looks like a credential";
    E0221 Error   Never   InvalidValuePath "invalid path of a chart's value";
    E0222 Error   Never   UnknownFact "a fact that has no value in a chart";
    E0223 Error   Never   LimitTooLow "a limit of memory in which no process starts";
    E0224 Error   Never   InvalidPlatform "invalid platform";
    E0229 Error   Never   InvalidPin "a line of a file of digests that names no image with its digest";
    E0301 Error   Never   MissingApp "missing `app` statement";
    E0302 Error   Never   MissingStatement "a required statement is missing";
    E0303 Error   Never   MissingPort "something needs a port that isn't declared";
    E0304 Error   Never   NotExposed "a public address of what nothing exposes";
    E0305 Error   Never   UnknownAddress "a public address that can't be known";
    E0306 Error   Never   ObjectClash "two objects of one name";
    E0307 Error   Never   PortTaken "one port twice";
    E0308 Error   Never   RouteTaken "one host and path twice";
    E0309 Error   Never   Circular "a value that refers to itself";
    E0310 Error   Never   TooLarge "a ConfigMap over its bound";
    E0311 Error   Never   NotShared "a volume of one pod that several would mount";
    E0312 Error   Never   MountTaken "two things at one path of a container";
    E0313 Error   Never   UnreadableFile "a file that can't be read";
    E0314 Error   Never   InvalidYaml "invalid YAML, or YAML that is no object";
    E0315 Error   Never   PatchRefused "a patch of what a patch can't change";
    E0316 Error   Never   ClusterAddress "an address that browsers are given and can't reach";
    E0317 Error   Allowed MixedContent "http content for a page that came by https";
    E0318 Error   Allowed UnappliableConfig "a ConfigMap that `kubectl apply` can't take";
    E0319 Error   Allowed CircularNeeds "tiers that need each other";
    E0320 Error   Allowed UnknownField "a field that Kubernetes doesn't have, or a value that it doesn't take";
    E0321 Error   Never   ValueClash "two values of a chart at one path";
    E0322 Error   Never   ImpossibleRules "rules of a secret that no value keeps";
    E0324 Error   Never   UdpPort "a UDP port where only TCP is carried";
    E0325 Error   Never   ProtocolsMixed "gRPC and http at one host of a Gateway";
    E0330 Error   Never   OptionalFile "an optional secret as a file";
    E0331 Error   Never   PodValue "what a pod knows of itself, where no pod is";
    E0332 Error   Never   CircularAfter "jobs or migrations that wait for each other";
    E0333 Error   Never   StripImpossible "a path that nobody takes off";
    E0501 Error   Never   UnknownRecipe "unknown recipe";
    E0502 Error   Never   WrongOption "an option that the recipe doesn't have";
    E0503 Error   Never   UnknownVersion "unknown version";
    E0504 Error   Never   InvalidContext "build context that isn't below the source file";
    W0501 Warning Allowed MovingTag "an image whose tag moves";
    W0502 Warning Allowed PublicTooLate "a variable for browsers that is set when the container starts";
    W0503 Warning Allowed OriginMismatch "a list of origins that no page's origin is like";
    W0504 Warning Allowed RootUser "a container that runs as root";
    W0505 Warning Allowed SecretsSpread "all secrets in more than one tier";
    W0507 Warning Never   UnusedAllow "an `allow` that accepts nothing";
    W0508 Warning Allowed Loopback "an address of the container's own where another is meant";
    W0509 Warning Allowed PathTwice "a path that stands twice in a URL";
    W0510 Warning Allowed SecretInPlain "the name of a secret where anybody may read its value";
    W0511 Warning Allowed UnreadSecret "a secret that nothing reads";
    W0512 Warning Allowed Unexpanded "text that names a value, and stays as it is";
    W0513 Warning Allowed CommandInOneWord "a command line where the name of a program stands";
    W0514 Warning Allowed Implausible "a value that Kubernetes takes, and that is hardly meant";
    W0515 Warning Allowed DataAtRisk "data that pods lose, or spoil for each other";
    W0516 Warning Allowed TypedAddress "an address within the application, typed as text";
    W0517 Warning Allowed PullFromNowhere "images that no registry has, pulled always";
    W0518 Warning Allowed GetOfNoHttp "a probe by GET of a port that speaks no http";
    W0519 Warning Allowed IngressOfNoHttp "an Ingress of a port that doesn't speak plain http";
    W0520 Warning Allowed SeveralSchedulers "several pods of a scheduler";
    W0521 Warning Allowed ScheduleUnwritable "a scheduler that can't write its file";
    W0525 Warning Allowed AnnotationUnread "an annotation where nothing reads it";
    W0526 Warning Allowed ArgumentsDropped "arguments of an image that others take the place of";
    W0527 Warning Allowed TargetsReplace "targets that replace each other";
    W0528 Warning Allowed CertificateUnread "a Secret with a certificate that no route reads";
    W0529 Warning Allowed HostUnlisted "a list of hosts without one that a server is called by";
    W0530 Warning Allowed ShellDrops "a variable that a shell doesn't pass on";
    W0531 Warning Allowed AdmitsAnyone "an `admit` without a network policy";
    W0532 Warning Allowed LimitUntold "a limit of a host that no controller is told of";
    W0539 Warning Allowed NotPinned "an image without a digest where digests are pinned";
    W0601 Warning Allowed VersionEnded "a version that gets no fixes any more";
    W0602 Warning Anyway  OtherLock "the lock file of another package manager";
    W0603 Warning Anyway  ContextLacks "sources that lack what their build needs";
    W0604 Warning Anyway  NotStandalone "a Next.js configuration without `output: \"standalone\"`";
    W0605 Warning Anyway  ProgramMissing "a program that the image runs, and no package has";
    W0606 Warning Anyway  EntryMissing "an entry that isn't among the sources";
    W0607 Warning Anyway  Dotenv "a `.env` among the sources";
    W0608 Warning Anyway  RequirementUnseen "a requirement that isn't there when it is installed";
    W0609 Warning Anyway  EarlyScript "a script that runs before the sources are there";
    W0610 Warning Anyway  RuntimeDiffers "sources that ask for another version than the image has";
    W0611 Warning Anyway  ContextAbsent "a build context that isn't there";
    W0612 Warning Anyway  ListensElsewhere "a server that listens elsewhere than its port says";
    W0613 Warning Anyway  DevelopmentMode "a program for development in an image";
    W0614 Warning Anyway  LibraryMissing "a package that needs what the system of its image doesn't have";
    W0615 Warning Anyway  OutputElsewhere "output in a folder that no image is made from";
    W0616 Warning Anyway  NotGenerated "code that nothing generates before it is built";
    W0617 Warning Anyway  BuildSecretMissing "a secret that a build reads, and doesn't have";
    W0618 Warning Anyway  WritesToImage "a process that writes where its image can't be changed";
    W0619 Warning Anyway  PathUnserved "a path that is asked for, and that the server doesn't serve";
    W0620 Warning Anyway  HostRefused "a called host that isn't in the list of the sources";
    W0621 Warning Anyway  AddressUntold "a server that isn't told the address that browsers know";
    W0622 Warning Anyway  DriverMissing "a URL that asks for a driver that isn't installed";
    W0701 Warning Anyway  VersionOfData "a server of another version than its data";
    W0702 Warning Anyway  AccountOfData "a user or database that the data doesn't have";
    W0703 Warning Anyway  ClaimFixed "a claim that doesn't become what the text says";
    W0704 Warning Anyway  DataLeft "data that the application leaves behind";
    W0705 Warning Anyway  NamespaceLeft "a namespace that the application leaves with its data";
    W0706 Warning Anyway  VolumeMoved "a volume at another path";
    L0101 Loss    Allowed TargetApart "a target that needs a chart of its own";
    L0102 Loss    Allowed PatchedValue "a value of a chart that a patch takes the place of";
    L0103 Loss    Allowed DefinitionsStay "definitions of kinds, which Helm never changes";
    L0104 Loss    Allowed ChartVersion "a version that no chart can have";
    L0105 Loss    Allowed ReleaseTooLarge "files that are too large for a release";
    L0201 Loss    Allowed AddressLost "an address that is another one with Compose";
    L0202 Loss    Allowed AutoscalingLost "an autoscaler, which Compose doesn't have";
    L0203 Loss    Allowed ReplicasLost "replicas for which one container runs";
    L0204 Loss    Allowed ResourcesLost "amounts of cpu and disk that Compose can't set";
    L0205 Loss    Allowed HealthLost "a health check that nothing in the image can do";
    L0206 Loss    Allowed LivenessLost "a liveness probe, for which Compose has no restart";
    L0207 Loss    Allowed ScheduleLost "a schedule, which Compose doesn't have";
    L0208 Loss    Allowed JobByHand "a job that Compose runs by hand alone";
    L0209 Loss    Allowed VolumeLost "size and class of a volume, which Docker doesn't have";
    L0210 Loss    Allowed OwnerLost "the owner of a volume, which only the image can give it";
    L0211 Loss    Allowed ServicePortLost "a port of a Service, which Compose doesn't have";
    L0212 Loss    Allowed PatchLost "a patch of an object that Compose doesn't have";
    L0213 Loss    Allowed ObjectLost "objects of Kubernetes, which Compose doesn't have";
    L0214 Loss    Allowed SettingLost "a setting of a cluster";
    L0215 Loss    Allowed SecretOfOthers "a Secret of the cluster, which Compose can't read";
    L0216 Loss    Allowed ClusterLost "what a cluster does for every application";
    L0217 Loss    Allowed EscapeLost "escapes of a value in JSON, which Compose doesn't write";
    L0218 Loss    Allowed MigrationRepeats "migrations that run each time Compose starts";
    L0219 Loss    Allowed StartupLost "a startup probe, beside the one check that Docker has";
    L0220 Loss    Allowed AbsenceLost "an optional secret that Compose sets to nothing";
    L0225 Loss    Allowed InstancesLost "several servers of a database, which Compose doesn't run";
    L0226 Loss    Allowed ReadOnlyLost "a read-only root, where Compose can't put a secret's file";
    L0227 Loss    Allowed PodLost "what a pod knows of itself, and a container doesn't";
    N0501 Note    Allowed NoResources "a workload without cpu or memory";
    N0502 Note    Allowed NoHealth "a tier without health checks";
    N0503 Note    Allowed RootReadOnly "an image that may write to more folders than are named";
    N0504 Note    Allowed NobodyConnects "a port that a network policy closes to everyone";
    N0505 Note    Allowed NoIngressClass "an Ingress without a class";
    N0506 Note    Allowed HostsClosedToProbes "a list of hosts that probes may not be in";
    N0507 Note    Allowed NodePortMayBeTaken "a node port that the cluster may have assigned";
    N0508 Note    Allowed NoLoadBalancers "a load balancer on a local cluster";
    N0509 Note    Allowed NoMetrics "an autoscaler on a local cluster";
    N0510 Note    Allowed SeveralPods "several pods of a framework that keeps state in each process";
    N0511 Note    Allowed ImagesLoadedByHand "images that no registry has";
    N0512 Note    Allowed UnreadKey "a key of `config` that nothing reads";
    N0515 Note    Allowed NoSharedClass "a shared volume without a storage class";
    N0516 Note    Allowed ScrapersShutOut "a network policy that shuts Prometheus out";
    N0517 Note    Allowed IdleTooShort "a server of Node.js that hangs up before its proxy";
    N0518 Note    Allowed PathsArePatterns "a host whose paths are read as regular expressions";
    N0521 Note    Allowed UserOfImage "an image that says itself as whom it runs";
    N0522 Note    Allowed NoPassword "a database without a password";
    N0523 Note    Allowed NothingRuns "an application of which nothing runs";
    N0601 Note    Anyway  FileLeftOut "a file that stays out of the image";
    N0602 Note    Anyway  ContextUnseen "a build context, or a file in it, that can't be read";
    N0603 Note    Anyway  DataLeftOut "files beside a program that stay out of its image";
    N0604 Note    Anyway  FetchedAgain "models that each new pod fetches again";
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.number())
    }
}
