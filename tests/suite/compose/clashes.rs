//! No two things fall together where Compose alone is asked for, and none is renamed by a number: another
//! name of a volume is another volume.

use super::{built, file};

/// What is wrong with a program, in its own words.
fn told(text: &str) -> Vec<String> {
    let built = built(text);
    let errors = built.diagnostics.iter();
    let errors = errors.filter(|it| it.code.number() == "E0306");
    errors.map(|it| it.message.clone()).collect()
}

#[test]
fn what_would_fall_together_is_an_error() {
    let claims = "app a { naming { workload \"{app}-{tier}\" } }\n\
                  tier x { image \"i:1\", volume y-z 1Gi at \"/d\" }\n\
                  tier x-y { image \"i:1\", volume z 1Gi at \"/d\" }\n";
    assert_eq!(
        told(claims),
        ["two things would have the volume claim `a-x-y-z`"]
    );
    let aliases = "app a { naming { service \"{app}-svc\" } }\n\
                   tier x { image \"i:1\", port 80 }\n\
                   tier y { image \"i:1\", port 80 }\n\
                   tier z { image \"i:1\", port 80 }\n";
    assert_eq!(
        told(aliases),
        ["two things would have the Service `a-svc`"; 2]
    );
    let configs = "app a { naming { tier_config \"{app}-c\" } }\n\
                   tier x { image \"i:1\", config { A = \"1\" } }\n\
                   tier y { image \"i:1\", config { A = \"2\" } }\n";
    assert_eq!(told(configs), ["two things would have the ConfigMap `a-c`"]);
    let secrets = "app a { naming { tier_secret \"{app}-s\" } }\n\
                   tier x { image \"i:1\", secret K from env }\n\
                   tier y { image \"i:1\", secret K from env OTHER }\n";
    assert_eq!(told(secrets), ["two things would have the Secret `a-s`"]);
    // In a cluster the claim of a StatefulSet is named otherwise.
    let volumes = "app a\n\
                   postgres x-y { version 17, storage 1Gi, secret P from env }\n\
                   tier x { image \"i:1\", volume y-data 1Gi at \"/d\" }\n";
    assert_eq!(
        told(volumes),
        ["two things would have the volume `x-y-data`"]
    );
    let migrations = "app a\n\
                      tier x { image \"i:1\", migrate \"m\" }\n\
                      tier x-migrate { image \"i:1\" }\n";
    assert_eq!(
        told(migrations),
        ["two things would have the Compose service `x-migrate`"]
    );
}

/// A database and a tier whose objects have different kinds and one name.
#[test]
fn volumes_of_one_object_name_are_two() {
    let text = "app shelf\n\
                postgres web-media { version 17, storage 1Gi, secret DB_PASSWORD from env }\n\
                tier web { image \"i:1\", volume media 1Gi at \"/srv\" }\n";
    let built = built(text);
    let file = file(&built);
    assert!(file.contains("\n  web-media: {}\n"), "{file}");
    assert!(file.contains("\n  web-media-data: {}\n"), "{file}");
    assert_eq!(file.matches("source: web-media\n").count(), 1, "{file}");
    assert_eq!(
        file.matches("source: web-media-data\n").count(),
        1,
        "{file}"
    );
}

/// What the network knows another one by is nobody's own name: then the objects' names are.
#[test]
fn a_service_has_no_number() {
    let text = "app shop\n\
                tier web { image \"i:1\", port 80 }\n\
                tier shop-web { image \"i:1\", port 80, needs web }\n\
                job shop-shop-web { image \"i:1\" }\n";
    let built = built(text);
    let file = file(&built);
    assert!(!file.contains("-2"), "{file}");
    for service in ["web", "shop-shop-web", "shop-shop-shop-web"] {
        assert!(
            file.contains(&format!("\n  {service}:\n")),
            "{service}: {file}"
        );
    }
}
