local app = 'todo';
local namespace = 'todo-production';
local version = '1.0.0';
local tag = '1.0.0-production';
local registry = 'ghcr.io/acme';

local labels(name, instance) = {
  app: instance,
  'app.kubernetes.io/name': name,
  'app.kubernetes.io/instance': instance,
  'app.kubernetes.io/version': version,
  'app.kubernetes.io/part-of': app,
  'app.kubernetes.io/managed-by': 'todoc',
};

local object(apiVersion, kind, name, labels) = {
  apiVersion: apiVersion,
  kind: kind,
  metadata: { name: name, namespace: namespace, labels: labels },
};

{
  shared: [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels: labels(app, app) } },
    object('v1', 'ServiceAccount', app, labels(app, app)) { automountServiceAccountToken: false },
    object('v1', 'ConfigMap', 'todo-config', labels(app, app)) { data: { LOG_LEVEL: 'info' } },
  ],

  tier(tier):: (
    local name = app + '-' + tier.name;
    local own = labels(tier.name, name);
    local selector = { matchLabels: { app: name } };
    local probe = { httpGet: { path: tier.health, port: 'http' }, timeoutSeconds: 3 };
    local mounts = [{ name: 'tmp', mountPath: '/tmp' }] + std.get(tier, 'scratch', []);
    local clients = [
      { podSelector: { matchLabels: { app: app + '-' + client } } }
      for client in std.get(tier, 'clients', [])
    ];
    local ports = [{ protocol: 'TCP', port: tier.port }];
    [
      object('networking.k8s.io/v1', 'NetworkPolicy', name, own) {
        spec: {
          podSelector: selector,
          policyTypes: ['Ingress'],
          ingress: (if clients == [] then [] else [{ from: clients, ports: ports }]) + [{ ports: ports }],
        },
      },
      object('policy/v1', 'PodDisruptionBudget', name, own) {
        spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow', selector: selector },
      },
      object('v1', 'Service', name, own) {
        spec: {
          type: 'ClusterIP',
          selector: { app: name },
          ports: [{ name: 'http', port: tier.port, targetPort: 'http', protocol: 'TCP' }],
        },
      },
      object('apps/v1', 'Deployment', name, own) {
        spec: {
          [if 'replicas' in tier then 'replicas']: tier.replicas,
          selector: selector,
          strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
          template: {
            metadata: {
              labels: own,
              [if 'config' in tier then 'annotations']: { 'checksum/config': tier.config },
            },
            spec: {
              serviceAccountName: app,
              automountServiceAccountToken: false,
              enableServiceLinks: false,
              terminationGracePeriodSeconds: 30,
              securityContext: {
                runAsNonRoot: true,
                runAsUser: 10001,
                runAsGroup: 10001,
                fsGroup: 10001,
                seccompProfile: { type: 'RuntimeDefault' },
              },
              topologySpreadConstraints: [{
                maxSkew: 1,
                topologyKey: 'kubernetes.io/hostname',
                whenUnsatisfiable: 'ScheduleAnyway',
                labelSelector: selector,
              }],
              containers: [{
                name: tier.name,
                image: '%s/%s:%s' % [registry, name, tag],
                imagePullPolicy: 'IfNotPresent',
                ports: [{ name: 'http', containerPort: tier.port, protocol: 'TCP' }],
                env: tier.env,
                resources: {
                  requests: { cpu: tier.cpu[0], memory: tier.memory[0] },
                  limits: { cpu: tier.cpu[1], memory: tier.memory[1] },
                },
                startupProbe: probe { periodSeconds: 5, failureThreshold: 24 },
                readinessProbe: probe { periodSeconds: 10, failureThreshold: 3 },
                livenessProbe: probe { periodSeconds: 10, failureThreshold: 6 },
                lifecycle: { preStop: { sleep: { seconds: 5 } } },
                securityContext: {
                  allowPrivilegeEscalation: false,
                  readOnlyRootFilesystem: true,
                  capabilities: { drop: ['ALL'] },
                },
                volumeMounts: mounts,
              }],
              volumes: [{ name: mount.name, emptyDir: {} } for mount in mounts],
            },
          },
        },
      },
    ] + (if 'scale' in tier then [
      object('autoscaling/v2', 'HorizontalPodAutoscaler', name, own) {
        spec: {
          scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: name },
          minReplicas: tier.scale.least,
          maxReplicas: tier.scale.most,
          metrics: [{
            type: 'Resource',
            resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: tier.scale.cpu } },
          }],
        },
      },
    ] else []) + [
      object('networking.k8s.io/v1', 'Ingress', name, own) {
        spec: {
          tls: [{ hosts: [tier.host], secretName: name + '-tls' }],
          rules: [{
            host: tier.host,
            http: {
              paths: [{
                path: '/',
                pathType: 'Prefix',
                backend: { service: { name: name, port: { name: 'http' } } },
              }],
            },
          }],
        },
      },
    ]
  ),
}
