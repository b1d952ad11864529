//! The tests that look at the compiler from outside; unit tests of pure helpers are beside them.
//!
//! - `accepted`: a real API server takes every object, over those that run too.
//! - `adoption`: deployments that run already are taken over.
//! - `architecture`: ARCHITECTURE.md is true of the source.
//! - `asked`: programs of the tests' own, for those that ask them.
//! - `circles`: no files of a folder use each other in a circle.
//! - `astray`: locks, folders and contexts that are against a build on the second day.
//! - `changes`: each change of a text is told, and brings a real API server where a fresh installation would.
//! - `cli`: the binary, as a user runs it: what it prints, writes and refuses.
//! - `commands`: a shell runs what a summary says comes next, against a real API server.
//! - `credentials`: none is shown, changed or taken apart, in any place or spelling.
//! - `day_two`: what a build says and does where an earlier one was deployed.
//! - `deployed`: what a build says of what earlier ones may have brought to a cluster, and how long.
//! - `compose`: Compose files, as Docker Compose reads them.
//! - `context`: folders that images are built from: what of them makes a build warn.
//! - `contract`: image and pod follow what the source says, and nothing else changes.
//! - `copied`: what is copied from files holds what kubectl finds in it.
//! - `defaults`: each default is switched off by its word alone, and is what the tables say.
//! - `docs`: the reference of the language is what its tables say.
//! - `edges`: who uses whom, by which statement.
//! - `editor`: the language server: what it says while texts are typed, and to whoever sends nonsense.
//! - `errors`: each program in `tests/errors` is answered as its own last lines say.
//! - `examples`: what each example becomes, for every target and backend.
//! - `explain`: the page of every code shows a program that has this fault alone, and one that is right.
//! - `faithful`: objects hold what the application says, letter by letter.
//! - `fields`: the table of the fields of objects is what a real API server says.
//! - `fixes`: `check --fix` makes what is certain, and makes nothing worse.
//! - `fmt`: the layout of texts changes nothing else, and is reached at once.
//! - `folder`: the files that it keeps: what goes, what `--check` says, cut-off builds.
//! - `fuzzing`: the fuzzer knows every word of the language.
//! - `generated`: valid programs at random give no warning, and what all readers read alike.
//! - `generator`: valid programs at random, for those that want some.
//! - `growth`: each statement that may repeat takes time for each, and no more.
//! - `grammars`: what editors colour by without the server agrees with the table, and with the server.
//! - `hardening`: what pods may reach and fill, where nobody says anything of it.
//! - `helm`: charts, as both Helms read them.
//! - `hostile`: any text ends in time, and without a panic.
//! - `house`: the source obeys the rules of its layout.
//! - `init`: a first text for any folder compiles without a warning.
//! - `ledger`: rules of Kubernetes and mistakes of its users, row by row, and what each becomes here.
//! - `library`: what the library gives to those who use it without the command.
//! - `marks`: each line of the output knows the statement, default or rule that it comes from.
//! - `locate`: what stands at a place of a text, and what may stand there.
//! - `migrations`: what runs before them, what waits for them, and what they wait for.
//! - `mistakes`: what newcomers write is found, each mistake once and at its line.
//! - `mutations`: one token wrong is found at its place, or is as right as before.
//! - `lowering`: nothing is lost or added on the way to objects.
//! - `named`: files that a text names are read, and no others.
//! - `notes`: what the summary says of programs that nothing is wrong with.
//! - `objects`: every example's Kubernetes objects decode, and fit together.
//! - `operated`: what an operator runs, as far as we write it, for those that decode objects.
//! - `pins`: images have the digests that a file says, and `todoc pin` gets them.
//! - `postgresql`: real servers of two versions, and what becomes of data between them.
//! - `readme`: what the README shows is what happens.
//! - `readers`: two readers of YAML agree about every text that both take.
//! - `recipes`: the Dockerfile of every recipe, package manager and flavour.
//! - `recovery`: a mistake in one block leaves the others whole.
//! - `refused`: what a real API server refuses has its code; the rules are in its folder.
//! - `reports`: each is what it says for any bytes, holds all, and shows no credential.
//! - `restricted`: pods keep to the profile `restricted` where all that they run is ours.
//! - `routes`: the routes of a Gateway, as far as we write them, for those that decode objects.
//! - `running`: defaults without which real systems would not come up, or not stay up.
//! - `scanned`: a scanner of objects finds in the examples what SECURITY.md lists, and no more.
//! - `schema`: JSON against a schema.
//! - `secrets`: values on their way from whoever has them, which nobody is shown.
//! - `seeds`: five systems that run today become what is known of them.
//! - `seeing`: what a summary says of how the application is reached.
//! - `server`: a real API server, for those that ask it.
//! - `shells`: every line that builds print is read alike by dash and bash.
//! - `slots`: what the slots of statements mean.
//! - `statements`: what the table of statements has is in some golden.
//! - `strangers`: folders and repositories that somebody else made start nothing and lead nowhere.
//! - `surroundings`: disks, folders and locks that are against the command.
//! - `tenth`: what is told of the tenth build: what changed, and what that takes.
//! - `tree`: the tree of a text loses nothing.
//! - `tools`: the script that installs the tools of the tests, where nothing can be installed.
//! - `toy`: a backend of a test's own.
//! - `warnings`: they stop nothing unless they are denied, and `allow` accepts them.
//! - `watch`: what changes is built and checked again.
//! - `yaml`: every string survives printing, in each place where one can stand.
//!
//! `UPDATE_EXPECT=1` writes what is expected anew, `TODOC_TEST=substring` picks fixtures by path.

#![allow(
    clippy::disallowed_methods,
    reason = "tests read fixtures and run programs"
)]

mod accepted;
mod adoption;
mod architecture;
mod asked;
mod astray;
mod changes;
mod circles;
mod cli;
mod commands;
mod compose;
mod context;
mod contract;
mod copied;
mod credentials;
mod day_two;
mod defaults;
mod deployed;
mod docs;
mod edges;
mod editor;
mod errors;
mod examples;
mod explain;
mod faithful;
mod fields;
mod fixes;
mod fmt;
mod folder;
mod foreign_keys;
mod fuzzing;
mod generated;
mod generator;
mod grammars;
mod growth;
mod hardening;
mod helm;
mod hostile;
mod house;
mod init;
mod ledger;
mod library;
mod locate;
mod lowering;
mod marks;
mod migrations;
mod mistakes;
mod mutations;
mod named;
mod notes;
mod objects;
mod operated;
#[cfg(unix)]
mod pins;
mod postgresql;
mod readers;
mod readme;
mod recipes;
mod recovery;
mod refused;
mod reports;
mod restricted;
mod routes;
mod running;
mod scanned;
mod schema;
mod secrets;
mod seeds;
mod seeing;
mod server;
mod shells;
mod slots;
mod statements;
mod strangers;
mod support;
mod surroundings;
mod tenth;
mod tools;
mod toy;
mod tree;
mod warnings;
mod watch;
mod yaml;
