//! What a summary says of the last step, seeing the application, for each way in which it may be reached.

use crate::cli::Test;

/// A way to reach a tier, where its images come from, and what the summary says: once each of the first, and
/// none of the others.
struct Way {
    app: &'static str,
    expose: &'static str,
    told: &'static [&'static str],
    untold: &'static [&'static str],
}

const REGISTRY: &str = "registry \"ghcr.io/acme\"";
const LOCAL: &str = "images local";
const PRIVATE: &str = "registry \"ghcr.io/acme\", pull_secret \"login\"";
const INGRESS: &str = "expose ingress \"shop.example.com\" tls";
const GET: &str = "kubectl get -n shop svc/shop-web\n";
const NODES: &str = "kubectl get nodes -o wide\n";
const FORWARD: &str = "kubectl port-forward";
const LOGIN: &str = "docker login ghcr.io\n";
const CONTROLLER: &str = "an Ingress controller";

const WAYS: &[Way] = &[
    Way {
        app: REGISTRY,
        expose: "",
        told: &[
            "nothing is exposed; reach it from this machine",
            "kubectl port-forward -n shop svc/shop-web 8080:8080\n",
            "kubectl port-forward -n shop svc/shop-api 8081:8000\n",
        ],
        untold: &["Reached at", CONTROLLER, GET, NODES],
    },
    Way {
        app: REGISTRY,
        expose: "expose forward 3000",
        told: &[
            "web: http://localhost:3000, while it is forwarded",
            "kubectl port-forward -n shop svc/shop-web 3000:8080\n",
        ],
        untold: &["nothing is exposed", GET, NODES],
    },
    Way {
        app: REGISTRY,
        expose: "expose nodeport",
        told: &["a port of any node that the cluster chooses", GET, NODES],
        untold: &[FORWARD, CONTROLLER],
    },
    Way {
        app: REGISTRY,
        expose: "expose nodeport 30080",
        told: &["web: port 30080 of any node", NODES],
        untold: &[FORWARD, CONTROLLER, GET],
    },
    Way {
        app: "images local, host \"localhost\"",
        expose: "expose nodeport 30080",
        told: &[
            "web: http://localhost:30080\n",
            "minikube start --ports=30080:30080\n",
            "kubectl port-forward -n shop svc/shop-web 30080:8080\n",
        ],
        untold: &[GET, NODES, CONTROLLER],
    },
    Way {
        app: REGISTRY,
        expose: "expose loadbalancer",
        told: &["the address of its load balancer", GET],
        untold: &[FORWARD, NODES, "minikube tunnel"],
    },
    Way {
        app: LOCAL,
        expose: "expose loadbalancer",
        told: &["minikube tunnel", GET],
        untold: &[FORWARD, NODES],
    },
    Way {
        app: REGISTRY,
        expose: INGRESS,
        told: &[
            "https://shop.example.com\n",
            "an Ingress controller, which the cluster may not have by itself",
            "DNS: shop.example.com to the address that `kubectl get ingress -n shop` shows",
            "shop-web-tls: the certificate of shop.example.com",
            "kubectl create secret tls shop-web-tls",
        ],
        untold: &[FORWARD, GET, NODES, "minikube", "cert-manager"],
    },
    Way {
        app: "registry \"ghcr.io/acme\", ingress { class \"nginx\", issuer \"letsencrypt\" }",
        expose: INGRESS,
        told: &[
            "an Ingress controller of class nginx",
            "cert-manager, with the ClusterIssuer letsencrypt",
        ],
        // cert-manager makes it.
        untold: &["kubectl create secret tls", "Secrets that must exist"],
    },
    Way {
        app: "registry \"ghcr.io/acme\", ingress { gateway \"public\" namespace \"edge\" section \"tls\" redirect \"web\" }",
        expose: INGRESS,
        told: &[
            "https://shop.example.com\n",
            "`kubectl get gateway public -n edge`",
            "a listener of it called tls that ends TLS, with certificates for shop.example.com",
            "a listener of it called web for plain http, which leads to https",
            "`allowedRoutes` of these listeners that let in the namespace shop",
            "DNS: shop.example.com to the address of the Gateway",
            "`kubectl describe httproute -n shop` says Accepted",
        ],
        // The Gateway has the certificate.
        untold: &[
            CONTROLLER,
            "kubectl create secret tls",
            "GRPCRoute",
            FORWARD,
        ],
    },
    Way {
        app: "registry \"ghcr.io/acme\", ingress { gateway \"public\" }",
        expose: "expose ingress \"shop.example.com\"",
        told: &[
            "http://shop.example.com\n",
            "`kubectl get gateway public -n shop`",
            "a listener of it for plain http, for shop.example.com",
        ],
        untold: &[
            CONTROLLER,
            "allowedRoutes",
            "ends TLS",
            "leads them to https",
        ],
    },
    Way {
        app: LOCAL,
        expose: INGRESS,
        told: &[
            "`minikube addons enable ingress`, and `minikube tunnel`",
            "with kind: a cluster with `extraPortMappings` of ports 80 and 443",
        ],
        untold: &[FORWARD, "docker login"],
    },
    Way {
        app: PRIVATE,
        expose: "",
        told: &[
            LOGIN,
            "login: the registry's credentials (kubernetes.io/dockerconfigjson)",
            "kubectl create secret generic login -n shop",
        ],
        untold: &["if its images are private"],
    },
    Way {
        app: REGISTRY,
        expose: "",
        told: &[LOGIN, "if its images are private, nodes need a"],
        untold: &["dockerconfigjson"],
    },
    // Nothing is pulled from where one would log in.
    Way {
        app: "images local, pull_secret \"login\"",
        expose: "",
        told: &[
            "minikube image load shop-web:0.1.0\n",
            "kind load docker-image shop-web:0.1.0\n",
        ],
        untold: &[
            "docker login",
            "dockerconfigjson",
            "Secrets that must exist",
        ],
    },
];

#[test]
fn each_way_to_reach_it_says_what_it_takes() {
    for way in WAYS {
        let Way { app, expose, .. } = way;
        let program = format!(
            "app shop {{ {app} }}\n\n\
             tier web {{\n  build static \"./web\"\n  port 8080\n  cpu 10m\n  memory 16Mi\n  health \"/\"\n  {expose}\n}}\n\n\
             tier api {{\n  build static \"./api\"\n  port 8000\n  cpu 10m\n  memory 16Mi\n  health \"/\"\n}}\n"
        );
        let test = Test::new().file("app.todo", program);
        let told = test.run(&["build", "app.todo", "--no-context"]).ok().stdout;
        // Lines that were broken between words.
        let flat = told.replace("\n  # ", " ").replace("\n    ", " ");
        for line in way.told {
            let count = told.matches(line).count().max(flat.matches(line).count());
            assert_eq!(count, 1, "{app}, {expose}: {line}\n{told}");
        }
        for line in way.untold {
            assert!(!flat.contains(line), "{app}, {expose}: {line}\n{told}");
        }
        // All of it is there whenever it is asked for.
        let again = test.run(&["next", "app.todo"]).ok().stdout;
        for line in way.told {
            let flat = again.replace("\n  # ", " ").replace("\n    ", " ");
            assert!(
                again.contains(line) || flat.contains(line),
                "{line}\n{again}"
            );
        }
    }
}
