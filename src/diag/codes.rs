//! The table of diagnostic codes: number, name and summary. Each has a page in `explain/`.

macro_rules! codes {
    ($($number:ident $name:ident $summary:literal;)*) => {
        /// A kind of fault. A number is never used again for something else.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    E0101 NotUtf8 "the file is not UTF-8 text";
    E0102 ForbiddenCharacter "a control or bidirectional character outside of a string";
    E0103 UnexpectedText "text that fits no statement";
    E0104 UnclosedBlock "a block without its closing brace";
    E0105 StrayBrace "a closing brace without a block";
    E0106 BadString "a string that isn't closed, or holds an unknown escape";
    E0107 Expected "a part of a statement is missing or of the wrong kind";
    E0108 MissingSeparator "two statements on a line without a comma";
    E0109 UnknownWord "a word that means nothing here";
    E0110 Repeated "a statement that may stand once stands twice";
    E0111 Misplaced "a statement in the wrong place";
    E0112 TooDeep "blocks nested too deep";
    E0201 UnknownName "a name that nothing declares";
    E0202 UnknownMember "a member that the thing named doesn't have";
    E0203 WrongKind "a name of another kind of thing";
    E0204 NameTaken "two declarations of one name";
    E0205 InvalidName "a name that Kubernetes would refuse";
    E0206 InvalidVariable "no name for a variable, key or database";
    E0207 InvalidPort "no port number";
    E0208 InvalidQuantity "no quantity of cpu, memory or storage";
    E0209 InvertedRange "a request above its limit";
    E0210 InvalidDuration "no duration";
    E0211 InvalidNumber "a number out of its bounds";
    E0212 InvalidImage "no image reference";
    E0213 InvalidHost "no host name";
    E0214 InvalidPath "no path";
    E0215 InvalidText "text that a label, tag or pattern can't hold";
    E0216 SecretExposed "a secret where it could be read";
    E0217 VariableTaken "a variable set twice";
    E0218 InvalidSchedule "no schedule of a cron";
    E0301 MissingApp "no `app` statement";
    E0302 MissingStatement "a required statement is missing";
    E0303 MissingPort "something needs a port that isn't declared";
    E0304 NotExposed "a public address of what nothing exposes";
    E0305 UnknownAddress "a public address that can't be known";
    E0306 ObjectClash "two objects of one name";
    E0307 PortTaken "one port twice";
    E0308 RouteTaken "one host and path twice";
    E0309 Circular "a value that refers to itself";
    E0310 TooLarge "a ConfigMap over its bound";
    E0311 NotShared "a volume of one pod that several would mount";
    E0312 MountTaken "two things at one path of a container";
    E0313 UnreadableFile "a file that can't be read";
    E0314 InvalidYaml "text that is no YAML, or no object";
    E0315 PatchRefused "a patch of what a patch can't change";
    E0501 UnknownRecipe "no such recipe";
    E0502 WrongOption "an option that the recipe doesn't have";
    E0503 UnknownVersion "no such version";
    E0504 InvalidContext "no folder below the source file's";
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.number())
    }
}
