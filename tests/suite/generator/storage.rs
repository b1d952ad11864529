//! Volumes, files and patches; objects of other kinds.

use super::plan::{Port, Way};
use super::text::Line;
use super::{Generator, names, strings};

impl Generator {
    /// What a tier keeps, its files and the volumes of others.
    pub(super) fn storage(&mut self, at: usize) -> Vec<Line> {
        let mut lines = Vec::new();
        for volume in self.plan.tiers[at].volumes.clone() {
            let mut shared = String::new();
            if volume.shared {
                shared.push_str(" shared");
            }
            if volume.per_pod {
                shared.push_str(" per pod");
            }
            if self.chance(30) {
                let class = names::host(&mut self.rng, 253);
                shared = format!("{shared} class \"{class}\"");
            }
            let (size, path) = (names::bytes(&mut self.rng), self.quote(&volume.path));
            lines.push(Line::new(format!(
                "volume {} {size}{shared} at {path}",
                volume.name
            )));
        }
        lines.extend(self.volumes_of_others(Some(at)));
        lines.extend(self.mounted_files(12));
        lines.extend(self.secret_files());
        lines
    }

    /// What a job keeps.
    pub(super) fn job_storage(&mut self, stands: &str) -> Vec<Line> {
        let mut lines = Vec::new();
        if self.chance(12) {
            let name = names::name(&mut self.rng, 63);
            let claim = format!("{}-{name}", self.plan.named("workload", stands));
            if self.take("claim", &claim) {
                let number = self.fresh();
                let (size, path) = (
                    names::bytes(&mut self.rng),
                    names::folder(&mut self.rng, number),
                );
                let path = self.quote(&path);
                let shared = self.pick(&["", " shared"]);
                let class = if number.is_multiple_of(3) {
                    " class \"fast\""
                } else {
                    ""
                };
                lines.push(Line::new(format!(
                    "volume {name} {size}{shared}{class} at {path}"
                )));
            }
        }
        lines.extend(self.volumes_of_others(None));
        lines.extend(self.mounted_files(12));
        lines.extend(self.secret_files());
        lines
    }

    fn volumes_of_others(&mut self, own: Option<usize>) -> Vec<Line> {
        let tiers = self.plan.tiers.iter().enumerate();
        let tiers = tiers.filter(|(at, tier)| Some(*at) != own && !tier.loner);
        let shared = tiers.flat_map(|(_, tier)| tier.volumes.iter().map(move |it| (tier, it)));
        let shared = shared.filter(|(_, volume)| volume.shared);
        let all: Vec<_> = shared
            .map(|(tier, it)| format!("{}.{}", tier.name, it.name))
            .collect();
        let mut lines = Vec::new();
        for volume in all {
            if self.chance(30) {
                let number = self.fresh();
                let path = names::folder(&mut self.rng, number);
                let path = self.quote(&path);
                let read = self.pick(&["", " read"]);
                lines.push(Line::new(format!("volume {volume} at {path}{read}")));
            }
        }
        lines
    }

    /// Files beside the source, which are there.
    pub(super) fn mounted_files(&mut self, percent: u8) -> Vec<Line> {
        let mut lines = Vec::new();
        while self.chance(percent) {
            let number = self.fresh();
            let long = "n".repeat(240);
            let name = self.pick(&[
                ".conf",
                "a b.txt",
                "ü日.txt",
                "...",
                "..y",
                "1e3",
                "@+-_",
                &long,
            ]);
            let file = self.pick(&["./", "", "d/e/"]).to_owned() + &format!("{number}{name}");
            let content = match self.rng.u8(..10) {
                0 => Vec::new(),
                1 => vec![0xff, 0, 0x80],
                2 => "x\n".repeat(2000).into_bytes(),
                3 => b"a\0b".to_vec(),
                _ => (0..self.rng.usize(1..5))
                    .map(|_| strings::hostile(&mut self.rng) + "\n")
                    .collect::<String>()
                    .into_bytes(),
            };
            let path = names::folder(&mut self.rng, number);
            let path = path.trim_end_matches('/');
            lines.push(Line::new(format!(
                "file {} at {}",
                self.quote(&file),
                self.quote(path)
            )));
            self.files.insert(file, Ok(content));
        }
        lines
    }

    /// Shared secrets as files, one of them perhaps at two paths.
    fn secret_files(&mut self) -> Vec<Line> {
        let mut lines = Vec::new();
        while !self.plan.secrets.is_empty() && self.chance(15) {
            let at = self.rng.usize(..self.plan.secrets.len());
            let secret = &mut self.plan.secrets[at];
            secret.is_read = true;
            secret.is_file = true;
            let name = secret.name.clone();
            let number = self.fresh();
            let path = names::folder(&mut self.rng, number);
            let path = self.quote(path.trim_end_matches('/'));
            lines.push(Line::new(format!("file secret.{name} at {path}")));
        }
        lines
    }

    /// `object`, of a kind that nobody here knows.
    pub(super) fn object(&mut self) -> Line {
        let number = self.fresh();
        let value = strings::yaml(&strings::hostile(&mut self.rng));
        let text = format!(
            "# One\napiVersion: example.com/v1\nkind: Widget\nmetadata:\n  name: w{number}\nspec: {{a: {value}}}\n"
        );
        let end = self.pick(&["", "---\napiVersion: example.com/v1\nkind: Gadget\nmetadata: {name: g, namespace: other}\n"]);
        let file = format!("./objects/{number}.yaml");
        self.files
            .insert(file.clone(), Ok((text + end).into_bytes()));
        Line::new(format!("object \"{file}\""))
    }

    /// A patch, whose lines are YAML.
    pub(super) fn patch(&mut self, kind: &str, name: Option<String>, places: &[&str]) -> Line {
        let value = strings::yaml(&strings::hostile(&mut self.rng));
        let mut lines = Vec::new();
        match self.pick(places) {
            "" => {
                lines.push("metadata:".to_owned());
                lines.push(format!("  annotations: {{\"example.com/x\": {value}}}"));
            }
            said => lines.extend(said.split('\n').map(str::to_owned)),
        }
        if self.chance(20) {
            lines.insert(0, "# } {".to_owned());
            lines.insert(1, String::new());
        }
        let name = name.map_or(String::new(), |name| format!(" \"{name}\""));
        Line::yaml(format!("patch {kind}{name}"), lines)
    }

    /// Patches of a tier's objects, of those that it has in every target.
    pub(super) fn tier_patches(&mut self, at: usize) -> Vec<Line> {
        let tier = &self.plan.tiers[at];
        let workload = self.plan.named("workload", tier.stands());
        let (container, is_set) = (tier.name.clone(), tier.is_set());
        let volume = tier.volumes.iter().find(|volume| !volume.per_pod).cloned();
        let mut lines = Vec::new();
        if is_set && self.chance(10) {
            let places = [
                "",
                "spec:\n  persistentVolumeClaimRetentionPolicy: {whenScaled: Delete}\n  revisionHistoryLimit: 0",
                "spec: {template: {spec: {nodeSelector: {disk: \"yes\"}, priorityClassName: data}}}",
            ];
            lines.push(self.patch("StatefulSet", None, &places));
        }
        if !is_set && self.chance(10) {
            let merged = format!(
                "spec:\n  template:\n    spec:\n      containers:\n        - name: \"{container}\"\n          workingDir: /srv\n        - name: exporter-x\n          image: \"exporter:1\"\n          securityContext: {{allowPrivilegeEscalation: false, runAsNonRoot: true, runAsUser: 7, capabilities: {{drop: [ALL]}}}}"
            );
            let places = [
                "",
                "spec:\n  progressDeadlineSeconds: 900\n  revisionHistoryLimit: 0",
                "spec: {template: {spec: {nodeSelector: {disk: \"yes\"}, priorityClassName: data}}}",
                "spec:\n  template:\n    spec:\n      tolerations: [{key: gpu, operator: Exists}]\n      terminationGracePeriodSeconds: null",
                &merged,
            ];
            lines.push(self.patch("Deployment", None, &places));
        }
        if let Some(volume) = volume
            && self.chance(20)
        {
            let name = format!("{workload}-{}", volume.name);
            lines.push(self.patch(
                "PersistentVolumeClaim",
                Some(name),
                &["", "metadata: {labels: {\"keep\": \"yes\"}}"],
            ));
        }
        lines
    }

    /// A patch of what a tier has in a target.
    pub(super) fn target_patches(&mut self, at: usize, target: usize) -> Vec<Line> {
        let exposure = self
            .plan
            .exposure(at, Some(target))
            .map(|it| it.way.clone());
        let is_routed = self.plan.host_of(at, Some(target)).is_some();
        let has_ports = !self.plan.tiers[at].ports.is_empty();
        let is_published =
            matches!(exposure, Some(Way::NodePort(_) | Way::LoadBalancer(_))) && !is_routed;
        let has_several = self.plan.tiers[at].ports.len() > 1 && is_published;
        let mut lines = Vec::new();
        let has_host = matches!(exposure, Some(Way::Ingress { .. })) && !is_routed;
        let has_ingress = !self.plan.gateway || self.plan.targets[target].ingresses;
        if has_host && has_ingress && self.chance(30) {
            lines.push(self.patch("Ingress", None, &["", "spec: {ingressClassName: internal}"]));
        }
        let exposed = self.plan.reached(at, Some(target));
        let is_grpc = exposed.is_some_and(Port::is_grpc);
        if has_host && !has_ingress && self.chance(30) {
            let kind = if is_grpc { "GRPCRoute" } else { "HTTPRoute" };
            let name = self.plan.named("workload", self.plan.tiers[at].stands());
            let body = "spec:\n  hostnames:\n    - patched.example.com";
            lines.push(self.patch(kind, Some(name), &["", body]));
        }
        if has_ports && self.chance(15) {
            let stands = self.plan.tiers[at].stands();
            let name = self.plan.named("service", stands);
            // Each port that is published besides the first has a Service as well, and so have the names of pods.
            let tier = &self.plan.tiers[at];
            let has_several = has_several || !tier.further.is_empty() || tier.is_set();
            let name = (has_several || self.chance(30)).then_some(name);
            lines.push(self.patch("Service", name, &["", "spec: {sessionAffinity: ClientIP}"]));
        }
        lines
    }

    pub(super) fn job_patch(&mut self, cron: bool) -> Option<Line> {
        if !self.chance(12) {
            return None;
        }
        Some(if cron {
            let places = [
                "",
                "spec:\n  startingDeadlineSeconds: 600\n  jobTemplate:\n    spec:\n      backoffLimit: 0\n      template:\n        spec:\n          priorityClassName: batch",
            ];
            self.patch("CronJob", None, &places)
        } else {
            let places = ["", "spec:\n  activeDeadlineSeconds: 600\n  backoffLimit: 0"];
            self.patch("Job", None, &places)
        })
    }

    pub(super) fn database_patch(&mut self, is_set: bool) -> Option<Line> {
        if !self.chance(12) {
            return None;
        }
        let places = ["", "spec: {template: {spec: {priorityClassName: data}}}"];
        let kind = if is_set { "StatefulSet" } else { "Deployment" };
        Some(if self.chance(70) {
            self.patch(kind, None, &places)
        } else {
            self.patch("Service", None, &[""])
        })
    }
}
