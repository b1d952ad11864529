//! Volumes, files and empty folders.

use indexmap::IndexMap;

use super::Losses;
use super::project::{Project, joined};
use super::text::plain;
use crate::catalog::contract::TEMPORARY;
use crate::diag::Code;
use crate::ir::{FileMap, Identity, Pod, SecretFile, Volume};
use crate::yaml::{Node, map};

/// The volumes of all services.
pub(super) fn volumes(project: &Project) -> Option<Node> {
    let all = project.volumes();
    let all: Vec<_> = all
        .map(|(name, place)| (name.clone(), Some(Node::mapping::<&str>([]).at(*place))))
        .collect();
    (!all.is_empty()).then(|| Node::mapping(all))
}

/// The files of all services: each is read where the source names it.
pub(super) fn configs(project: &Project) -> Option<Node> {
    let all = project.files.values();
    let all: Vec<_> = all
        .map(|(name, place, path)| {
            let file = plain(&joined(&project.places.source, path)).at(*place);
            (name.clone(), Some(map! { "file": file }.at(*place)))
        })
        .collect();
    (!all.is_empty()).then(|| Node::mapping(all))
}

/// The secrets of builds, and those that containers read as files, each from a variable of the shell.
pub(super) fn secrets(project: &Project) -> Option<Node> {
    let mut all: IndexMap<String, Node> = IndexMap::new();
    for secret in project.app.build_secrets() {
        let node = || map! { "environment": plain(&secret.value) }.at(secret.span);
        all.entry(secret.value.clone()).or_insert_with(node);
    }
    for file in project.app.pods().flat_map(|(_, pod)| &pod.secret_files) {
        let declared = project.secret(&file.key).map(|key| key.origin);
        let node = || {
            let node = map! { "environment": plain(of_file(project, file)) };
            node.at(file.origin).also(declared)
        };
        all.entry(name_of_file(project, file)).or_insert_with(node);
    }
    let places: Vec<_> = all.values().flat_map(|node| node.origin.spans()).collect();
    let all = all.into_iter().map(|(name, node)| (name, Some(node)));
    (!places.is_empty()).then(|| Node::mapping(all).gathered(places))
}

/// The variable of the shell that holds the secret of a file.
fn of_file<'p>(project: &Project<'p>, file: &'p SecretFile) -> &'p str {
    let known = project.secret(&file.key);
    known.map_or(&file.name, |key| &key.from_env)
}

/// What the secret of a file is called: builds call theirs by their variables, and no variable has a `-`.
fn name_of_file(project: &Project, file: &SecretFile) -> String {
    let name = &file.name;
    if of_file(project, file) == name {
        name.clone()
    } else {
        format!("{name}-file")
    }
}

/// The secrets that a container reads as files. Where its user is known, that user's group alone may read
/// them, as in a cluster.
pub(super) fn secret_files(project: &Project, pod: &Pod) -> Vec<Node> {
    let user = pod.contract.user;
    let all = pod.secret_files.iter();
    all.map(|file| {
        map! {
            "source": plain(&name_of_file(project, file)),
            "target": plain(&file.path),
            "gid": user.map(|user| Node::quoted(user.to_string())),
            "mode": Node::quoted(if user.is_some() { "0440" } else { "0444" }),
        }
        .at(file.origin)
    })
    .collect()
}

/// A volume of that name in a container.
pub(super) fn mount(name: &str, path: &str, read_only: bool) -> Node {
    map! {
        "type": "volume",
        "source": plain(name),
        "target": plain(path),
        "read_only": read_only.then_some(true),
    }
}

/// What a container keeps; see [`Pod::mounted`].
pub(super) fn mounts(project: &Project, pod: &Pod, is_beside: bool) -> Vec<Node> {
    let mount = |volume: &Volume| {
        let name = project.volume(&volume.object);
        mount(name, &volume.path, volume.read_only).at(volume.origin)
    };
    pod.mounted(is_beside).map(mount).collect()
}

/// What a container reads.
pub(super) fn files(project: &Project, pod: &Pod) -> Vec<Node> {
    pod.files
        .as_ref()
        .map_or(Vec::new(), |map| of_map(project, map))
}

/// The files of a ConfigMap.
pub(super) fn of_map(project: &Project, files: &FileMap) -> Vec<Node> {
    let all = files.files.iter();
    all.map(|file| {
        map! {
            "source": plain(project.file(files, &file.key)),
            "target": plain(&file.path),
        }
        .at(file.origin)
    })
    .collect()
}

/// An empty folder in memory. Programs may be run in it, as in a pod's.
pub(super) fn empty(path: &str, user: Option<u32>) -> Node {
    let owner = user.map_or(String::new(), |user| format!("uid={user},gid={user},"));
    let mode = if path == TEMPORARY || user.is_none() {
        "1777"
    } else {
        "0770"
    };
    plain(&format!("{path}:exec,{owner}mode={mode}"))
}

/// The folders of a container that are empty at each start.
pub(super) fn empty_folders(
    id: &Identity,
    pod: &Pod,
    is_beside: bool,
    losses: &mut Losses,
) -> Option<Node> {
    let folders = pod.empty_folders(is_beside);
    if !folders.is_empty() {
        let message = format!(
            "the empty folders of `{}`: they are in memory here, and on the disk in Kubernetes",
            id.name
        );
        let mut said = folders.iter().filter_map(|(_, place)| *place);
        let place = said.next().unwrap_or(pod.image.origin);
        losses.lose(Code::ResourcesLost, place, message);
    }
    let folders = folders.into_iter().enumerate().map(|(at, (path, place))| {
        // Compose takes what stands before the first `=` for the name of a folder, and keeps one of each:
        // more slashes are another name of the same folder.
        let more = if path.contains('=') { at } else { 0 };
        let path = format!("{}{path}", "/".repeat(more));
        let node = empty(&path, pod.contract.user).because("contract");
        match place {
            Some(place) => node.at(place),
            None => node,
        }
    });
    super::unless_empty(folders.collect()).map(|node| node.because("contract"))
}
