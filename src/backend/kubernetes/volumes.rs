//! A pod's volumes and where its container mounts them.

use crate::catalog::dns::MOST_LABEL;
use indexmap::IndexMap;

use crate::ir::{FileMap, SecretFile, UniqueNames, Volume};
use crate::source::Span;
use crate::yaml::{Node, map};

/// The mode of a file that its group may read: 0440. The kubelet gives it the group of `fsGroup`.
const OF_GROUP: u32 = 0o440;
/// The mode of a file that all may read: 0444.
const OF_ALL: u32 = 0o444;

/// The volumes of a pod with one container, which mounts each of them.
#[derive(Debug, Default)]
pub(super) struct PodVolumes {
    names: UniqueNames,
    /// The pod's `volumes`.
    pub(super) volumes: Vec<Node>,
    /// The container's `volumeMounts`.
    pub(super) mounts: Vec<Node>,
}

impl PodVolumes {
    /// Mounts a claim that the workload makes itself, under the name it has there.
    pub(super) fn mount(&mut self, name: &str, path: &str) {
        self.names.take(name);
        let mount = map! { "name": name, "mountPath": path };
        self.mounts.push(mount.because("contract"));
    }

    /// Mounts a claim by its object's name.
    pub(super) fn claim(&mut self, name: &str, object: &str, path: &str) {
        self.mount(name, path);
        let claim = map! { "claimName": object };
        let source = map! { "name": name, "persistentVolumeClaim": claim };
        self.volumes.push(source.because("contract"));
    }

    /// Takes the name of what a StatefulSet makes claims from: it is a part of their names, so that nothing
    /// else may have it.
    pub(super) fn keep_name(&mut self, volume: &Volume) {
        if volume.claim_of_each().is_some() {
            self.names.take(&volume.name);
        }
    }

    /// Mounts the claim of a tier's volume. The claim may be writable for others.
    pub(super) fn volume(&mut self, volume: &Volume) {
        if volume.claim_of_each().is_some() {
            let mount = map! { "name": &volume.name, "mountPath": &volume.path };
            self.mounts.push(mount.at(volume.origin));
            return;
        }
        let name = self.free_name(&volume.name);
        let mount = map! {
            "name": &name,
            "mountPath": &volume.path,
            "readOnly": volume.read_only.then_some(true),
        };
        self.mounts.push(mount.at(volume.origin));
        let claim = map! { "claimName": &volume.object };
        let source = map! { "name": name, "persistentVolumeClaim": claim };
        self.volumes.push(source.at(volume.origin));
    }

    /// Mounts each file of a ConfigMap by itself, so that its folder keeps what the image has there.
    pub(super) fn files(&mut self, files: &FileMap) {
        let name = self.free_name("files");
        for file in &files.files {
            let mount = map! {
                "name": &name,
                "mountPath": &file.path,
                "subPath": &file.key,
                "readOnly": true,
            };
            self.mounts.push(mount.at(file.origin));
        }
        let source = map! { "name": name, "configMap": map! { "name": &files.name } };
        self.volumes.push(source.at(files.origin));
    }

    /// Mounts each secret by itself, as files are, so that its folder keeps what the image has there. Like a
    /// variable, a changed value is seen by the next pod. Of a pod whose user is known the files belong to
    /// that user's group, and to nobody else; of any other it isn't known who reads them.
    pub(super) fn secrets(&mut self, files: &[SecretFile], user: Option<u32>) {
        let mode = if user.is_some() { OF_GROUP } else { OF_ALL };
        let objects: IndexMap<&str, Vec<&SecretFile>> =
            files.iter().fold(IndexMap::new(), |mut all, file| {
                let of_object = all.entry(file.key.object.as_str()).or_default();
                of_object.push(file);
                all
            });
        for (object, files) in objects {
            let name = self.free_name(object);
            let mut items: IndexMap<&str, Node> = IndexMap::new();
            for file in &files {
                let key = file.key.key.as_str();
                let mount = map! {
                    "name": &name,
                    "mountPath": &file.path,
                    "subPath": key,
                    "readOnly": true,
                };
                self.mounts.push(mount.at(file.origin));
                let item = || map! { "key": key, "path": key }.at(file.origin);
                items.entry(key).or_insert_with(item);
            }
            let items: Vec<_> = items.into_values().collect();
            let secret = map! { "secretName": object, "defaultMode": mode, "items": items };
            let source = map! { "name": name, "secret": secret };
            let places = files.iter().map(|file| file.origin);
            self.volumes.push(source.gathered(places));
        }
    }

    /// Mounts an empty folder, on the node's disk, for as long as the pod lives. `size` is the most that it
    /// holds: a pod that writes more is replaced. `place` is where a statement asks for the folder.
    pub(super) fn scratch(&mut self, path: &str, size: Option<&str>, place: Option<Span>) {
        let size = size.map(|size| Node::quoted(size).because("empty folders"));
        self.empty(path, map! { "sizeLimit": size }, place);
    }

    /// Mounts an empty folder in memory, which counts as the container's.
    pub(super) fn memory(&mut self, path: &str, size: Node) {
        self.empty(path, map! { "medium": "Memory", "sizeLimit": size }, None);
    }

    fn empty(&mut self, path: &str, folder: Node, place: Option<Span>) {
        let name = self.free_name(path);
        let reason = |node: Node| match place {
            Some(place) => node.at(place),
            None => node.because("contract"),
        };
        let mount = map! { "name": &name, "mountPath": path };
        self.mounts.push(reason(mount));
        let source = map! { "name": name, "emptyDir": folder };
        self.volumes.push(reason(source));
    }

    /// A name after the path, `/app/.next/cache` being `app-next-cache`, which no other volume has.
    fn free_name(&mut self, path: &str) -> String {
        let lower = path.to_ascii_lowercase();
        let words: Vec<_> = lower
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        let name = if words.is_empty() {
            "volume".to_owned()
        } else {
            words.join("-")
        };
        self.names.free(&name, MOST_LABEL)
    }
}

#[cfg(test)]
mod tests {
    use super::{Node, PodVolumes};

    #[test]
    fn volumes_have_names_of_their_own() {
        let long = format!("/{}/x", "a".repeat(62));
        let mut volumes = PodVolumes::default();
        volumes.mount("data", "/data");
        for path in [
            "/app/.next/cache",
            "/app/next/cache/",
            "/DATA",
            "/é",
            &long,
            &long,
        ] {
            volumes.scratch(path, None, None);
        }
        let named = volumes.mounts.iter().filter_map(|mount| mount.get("name"));
        assert_eq!(
            named.filter_map(Node::as_text).collect::<Vec<_>>(),
            [
                "data".to_owned(),
                "app-next-cache".to_owned(),
                "app-next-cache-2".to_owned(),
                "data-2".to_owned(),
                "volume".to_owned(),
                "a".repeat(62),
                format!("{}-2", "a".repeat(61)),
            ]
        );
    }
}
