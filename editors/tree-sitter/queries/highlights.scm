; Made from the table of statements by tests/suite/grammars: change it there.

(comment) @comment
(string) @string
(number) @number
(range) @number
(spread) @keyword.directive
"=" @operator
["," "."] @punctuation.delimiter
["{" "}" "[" "]" "(" ")"] @punctuation.bracket

; The words that statements begin with, and keys.
(statement head: (word) @keyword
  (#any-of? @keyword "account" "admit" "after" "allow" "annotate" "app" "args" "body" "build" "class" "command" "config" "context" "cpu" "cron" "database" "disk" "env" "expose" "external" "file" "gateway" "grace" "health" "helm" "host" "image" "images" "ingress" "instances" "issuer" "job" "label" "labels" "language" "liveness" "memory" "message" "migrate" "min_length" "mongodb" "mysql" "name" "namespace" "naming" "needs" "object" "optional" "patch" "pins" "platform" "policy" "port" "postgres" "pull" "pull_secret" "rabbitmq" "readiness" "redis" "registry" "replicas" "rollout" "secret" "secrets" "selector" "service" "starts_with" "startup" "storage" "strip" "tag" "target" "tier" "tier_config" "tier_secret" "timeout" "uid" "url" "user" "valkey" "value" "values" "version" "volume" "without" "workload" "writable"))
(patch head: (word) @keyword)
(options (key head: (word) @keyword
  (#any-of? @keyword "allow" "build_system" "data" "entry" "file" "go" "max_size" "node" "packages" "python" "rust" "secret" "stage" "stand_in" "system" "workspace")))
(options (key head: (word) @variable
  (#not-any-of? @variable "allow" "build_system" "data" "entry" "file" "go" "max_size" "node" "packages" "python" "rust" "secret" "stage" "stand_in" "system" "workspace")))
(keys (key head: (word) @keyword . (word)
  (#any-of? @keyword "allow")))
(keys (key head: (word) @variable . value: (value)
  (#any-of? @variable "allow")))
(keys (key head: (word) @variable
  (#not-any-of? @variable "allow")))
(keys (key head: (word) . (word) @constant
  (#eq? @constant "optional")))

; Names and fixed words within statements.
(key head: (word) @_head (word) @_before . (word) @variable
  (#any-of? @_head "secret") (#eq? @_before "env")
  (#not-any-of? @variable "as" "at" "env" "from" "key" "object"))
(key head: (word) @_head (word) @constant
  (#any-of? @_head "node" "python") (#any-of? @constant "alpine" "slim"))
(key head: (word) @_head (word) @constant
  (#any-of? @_head "secret") (#any-of? @constant "as" "at" "env" "from" "key" "object"))
(key head: (word) @_head (word) @constant
  (#any-of? @_head "file") (#any-of? @constant "at"))
(key head: (word) @_head . (word) @constant
  (#any-of? @_head "allow"))
(key head: (word) @_head . (word) @function
  (#any-of? @_head "packages"))
(key head: (word) @_head . (word) @variable
  (#any-of? @_head "stand_in"))
(key head: (word) @_head . (word) @variable
  (#any-of? @_head "secret")
  (#not-any-of? @variable "as" "at" "env" "from" "key" "object"))
(patch head: (word) @_head . (word) @type.builtin
  (#any-of? @_head "patch"))
(statement head: (word) @_head (word) @_before . (word) @type
  (#any-of? @_head "cron") (#eq? @_before "from")
  (#not-any-of? @type "from" "zone"))
(statement head: (word) @_head (word) @_before . (word) @type
  (#any-of? @_head "job" "tier") (#eq? @_before "from")
  (#not-any-of? @type "from"))
(statement head: (word) @_head (word) @_before . (word) @type.builtin
  (#any-of? @_head "expose") (#eq? @_before "of")
  (#not-any-of? @type.builtin "elsewhere" "forward" "ingress" "internal" "loadbalancer" "nodeport" "of" "path" "tls"))
(statement head: (word) @_head (word) @_before . (word) @variable
  (#any-of? @_head "secret") (#eq? @_before "env")
  (#not-any-of? @variable "as" "at" "env" "from" "key" "object"))
(statement head: (word) @_head (word) @constant
  (#any-of? @_head "value"))
(statement head: (word) @_head (word) @constant
  (#any-of? @_head "liveness" "readiness" "startup") (#any-of? @constant "after" "every" "exec" "failures" "grpc" "off" "tcp" "timeout"))
(statement head: (word) @_head (word) @constant
  (#any-of? @_head "policy") (#any-of? @constant "allkeys-lfu" "allkeys-lru" "allkeys-random" "noeviction" "volatile-lfu" "volatile-lru" "volatile-random" "volatile-ttl"))
(statement head: (word) @_head (word) @constant
  (#any-of? @_head "pull") (#any-of? @constant "always" "missing" "never"))
(statement head: (word) @_head (word) @constant
  (#any-of? @_head "selector") (#any-of? @constant "app" "standard"))
(statement head: (word) @_head (word) @constant
  (#any-of? @_head "secret") (#any-of? @constant "as" "at" "env" "from" "key" "object"))
(statement head: (word) @_head (word) @constant
  (#any-of? @_head "port") (#any-of? @constant "as" "scheme" "udp"))
(statement head: (word) @_head (word) @constant
  (#any-of? @_head "volume") (#any-of? @constant "at" "class" "per" "pod" "read" "shared"))
(statement head: (word) @_head (word) @constant
  (#any-of? @_head "replicas") (#any-of? @constant "at" "cpu" "memory"))
(statement head: (word) @_head (word) @constant
  (#any-of? @_head "file") (#any-of? @constant "at"))
(statement head: (word) @_head (word) @constant
  (#any-of? @_head "values") (#any-of? @constant "by" "field" "tier"))
(statement head: (word) @_head (word) @constant
  (#any-of? @_head "admit") (#any-of? @constant "cidr" "namespace" "pods" "to"))
(statement head: (word) @_head (word) @constant
  (#any-of? @_head "storage") (#any-of? @constant "class"))
(statement head: (word) @_head (word) @constant
  (#any-of? @_head "workload") (#any-of? @constant "deployment" "statefulset"))
(statement head: (word) @_head (word) @constant
  (#any-of? @_head "expose") (#any-of? @constant "elsewhere" "forward" "ingress" "internal" "loadbalancer" "nodeport" "of" "path" "tls"))
(statement head: (word) @_head (word) @constant
  (#any-of? @_head "health") (#any-of? @constant "exec" "grpc" "tcp"))
(statement head: (word) @_head (word) @constant
  (#any-of? @_head "secrets") (#any-of? @constant "existing" "values"))
(statement head: (word) @_head (word) @constant
  (#any-of? @_head "namespace") (#any-of? @constant "existing"))
(statement head: (word) @_head (word) @constant
  (#any-of? @_head "mongodb" "mysql" "postgres" "rabbitmq" "redis" "valkey") (#any-of? @constant "external"))
(statement head: (word) @_head (word) @constant
  (#any-of? @_head "tag") (#any-of? @constant "from" "git" "sources"))
(statement head: (word) @_head (word) @constant
  (#any-of? @_head "cron") (#any-of? @constant "from" "zone"))
(statement head: (word) @_head (word) @constant
  (#any-of? @_head "job" "tier") (#any-of? @constant "from"))
(statement head: (word) @_head (word) @constant
  (#any-of? @_head "migrate") (#any-of? @constant "in" "pod"))
(statement head: (word) @_head (word) @constant
  (#any-of? @_head "images") (#any-of? @constant "local"))
(statement head: (word) @_head (word) @constant
  (#any-of? @_head "gateway") (#any-of? @constant "namespace" "redirect" "section"))
(statement head: (word) @_head (word) @constant
  (#any-of? @_head "rollout") (#any-of? @constant "recreate" "surge" "unavailable"))
(statement head: (word) @_head (word) @constant
  (#any-of? @_head "ingress") (#any-of? @constant "tls"))
(statement head: (word) @_head (word) @type
  (#any-of? @_head "after" "needs"))
(statement head: (word) @_head (word) @type.builtin
  (#any-of? @_head "admit")
  (#not-any-of? @type.builtin "cidr" "namespace" "pods" "to"))
(statement head: (word) @_head . (word) . (word) @variable
  (#any-of? @_head "external"))
(statement head: (word) @_head . (word) @constant
  (#any-of? @_head "allow"))
(statement head: (word) @_head . (word) @constant
  (#any-of? @_head "without") (#any-of? @constant "config_checksum" "disruption_budget" "egress_policy" "network_policy" "pod_security" "read_only_root" "service_account" "spread" "wait"))
(statement head: (word) @_head . (word) @function
  (#any-of? @_head "build"))
(statement head: (word) @_head . (word) @property
  (#any-of? @_head "volume")
  (#not-any-of? @property "at" "class" "per" "pod" "read" "shared"))
(statement head: (word) @_head . (word) @type
  (#any-of? @_head "app" "external" "target"))
(statement head: (word) @_head . (word) @type
  (#any-of? @_head "without")
  (#not-any-of? @type "config_checksum" "disruption_budget" "egress_policy" "network_policy" "pod_security" "read_only_root" "service_account" "spread" "wait"))
(statement head: (word) @_head . (word) @type
  (#any-of? @_head "mongodb" "mysql" "postgres" "rabbitmq" "redis" "valkey")
  (#not-any-of? @type "external"))
(statement head: (word) @_head . (word) @type
  (#any-of? @_head "cron")
  (#not-any-of? @type "from" "zone"))
(statement head: (word) @_head . (word) @type
  (#any-of? @_head "job" "tier")
  (#not-any-of? @type "from"))
(statement head: (word) @_head . (word) @type.builtin
  (#any-of? @_head "port")
  (#not-any-of? @type.builtin "as" "scheme" "udp"))
(statement head: (word) @_head . (word) @variable
  (#any-of? @_head "database" "url" "user"))
(statement head: (word) @_head . (word) @variable
  (#any-of? @_head "secret")
  (#not-any-of? @variable "as" "at" "env" "from" "key" "object"))
(statement head: (word) @_head . (word) @variable
  (#any-of? @_head "namespace")
  (#not-any-of? @variable "existing"))

; Values.
(statement head: (word) value: (value (word) @constant))
(statement head: (string) value: (value (word) @type))
(key value: (value (word) @constant))
(list (word) @constant)
(reference object: (word) @type
  (#not-any-of? @type "config" "secret"))
(reference object: (word) @_object member: (word) @property
  (#not-any-of? @_object "config" "secret"))
(reference object: (word) @keyword . member: (word) @variable
  (#any-of? @keyword "config" "secret"))
(reference object: (word) @_object . member: (word) . member: (word) @property
  (#any-of? @_object "config" "secret"))
