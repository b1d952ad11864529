//! The commands of images, and how they fit.

use std::path::Path;

use super::apps::{here, ingress, shown, tier};
use crate::ir::{self, Expose, sample};

#[test]
fn commands_fit_a_terminal() {
    // Each a column too long for the line before it, by what joins the parts of the command.
    for length in 1..60 {
        let mut web = tier("web", ingress("todo.example.com"));
        web.expose.value = Expose::Ingress {
            host: "todo.example.com".to_owned(),
            path: "/".to_owned(),
            tls: Some("t".repeat(length)),
            shared: false,
            settings: ir::HostSettings::default(),
            strip: None,
        };
        let shown = shown(&sample::app(vec![web]), "out", Path::new("."));
        let longest = shown.lines().map(|line| line.chars().count()).max();
        // Of a name no part is broken off.
        let widest = "  kubectl create secret tls  -n todo \\".len() + length;
        assert!(longest <= Some(widest.max(80)), "{shown}");
    }
}

#[test]
fn local_images_are_loaded_each_once() {
    let mut app = sample::app(vec![
        tier("web", Expose::Internal),
        tier("web", Expose::Internal),
    ]);
    app.local_images = true;
    let shown = shown(&app, "my out", Path::new("."));
    let next = shown.split_once("Next\n").expect("commands").1;
    assert_eq!(
        next,
        "  # for a POSIX shell, such as dash, bash or zsh, on Windows in WSL or Git Bash:
  # PowerShell doesn't know `\\` at the end of a line, `NAME=value` before a
  # program, `<`, or a quote within quotes
  # build the images
  OUT='my out' docker buildx bake -f 'my out/docker/bake.json' --load
  # show the cluster that kubectl acts on; `context \"NAME\"` fixes it
  kubectl config current-context
  # load them into the cluster; Docker Desktop has them already
  minikube image load todo-web:1.0.0
  # or, with kind:
  kind load docker-image todo-web:1.0.0
  # start the application, or change it
  kubectl apply -f 'my out/kubernetes'
  # wait until it runs; `kubectl describe pods` says what keeps it
  kubectl rollout status --timeout=10m -n todo deployment/web deployment/web
"
    );
}

#[test]
fn sizes_are_compared_where_the_image_is() {
    let mut web = tier("web", Expose::Internal);
    if let Some(build) = &mut web.pod.image.build {
        build.max_size = ir::Quantity::parse("500M").map(here);
    }
    let mut app = sample::app(vec![web, tier("api", Expose::Internal)]);
    app.local_images = true;
    let line = |shown: String| {
        let (_, rest) = shown.split_once("if it is larger\n").expect("a step");
        let (lines, _) = rest.split_once("\n  #").expect("another step");
        lines.to_owned()
    };
    assert_eq!(
        line(shown(&app, "out", Path::new("."))),
        "  test \"$(docker image inspect -f '{{.Size}}' todo-web:1.0.0)\" -le 500000000"
    );
    app.local_images = false;
    assert_eq!(
        line(shown(&app, "out", Path::new("."))),
        "  docker pull -q todo-web:1.0.0 && test \\
    \"$(docker image inspect -f '{{.Size}}' todo-web:1.0.0)\" -le 500000000"
    );
    // The registry may have no image of this machine's platform.
    if let Some(build) = &mut app.tiers[0].pod.image.build {
        build.platforms = vec![here("linux/amd64".to_owned())];
    }
    let lines = line(shown(&app, "out", Path::new(".")));
    assert!(
        lines.starts_with("  docker pull -q --platform=linux/amd64 todo-web:1.0.0 &&"),
        "{lines}"
    );
}
