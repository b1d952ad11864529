local app = import 'tier.libsonnet';

local secret(key) = { valueFrom: { secretKeyRef: { name: 'todo-secrets', key: key } } };
local config(key) = { valueFrom: { configMapKeyRef: { name: 'todo-config', key: key } } };

app.shared + app.tier({
  name: 'frontend',
  port: 3000,
  replicas: 4,
  cpu: ['100m', '500m'],
  memory: ['256Mi', '1Gi'],
  health: '/',
  host: 'todo.example.com',
  scratch: [{ name: 'app-next-cache', mountPath: '/app/.next/cache' }],
  env: [
    { name: 'HOSTNAME', value: '0.0.0.0' },
    { name: 'PORT', value: '3000' },
    { name: 'BACKEND_URL', value: 'http://todo-backend:8000' },
    { name: 'BETTER_AUTH_SECRET' } + secret('BETTER_AUTH_SECRET'),
  ],
}) + app.tier({
  name: 'backend',
  port: 8000,
  scale: { least: 2, most: 6, cpu: 70 },
  clients: ['frontend'],
  cpu: ['200m', '1'],
  memory: ['256Mi', '512Mi'],
  health: '/health',
  host: 'api.todo.example.com',
  config: '74c23e2a4667b6ff4eba92a4f0ca4d6c482be29316e4281959f226c6f24f49c8',
  env: [
    { name: 'FORWARDED_ALLOW_IPS', value: '*' },
    { name: 'LOG_LEVEL' } + config('LOG_LEVEL'),
    { name: 'CORS_ORIGINS', value: 'https://todo.example.com,https://admin.example.com' },
    { name: 'DATABASE_URL' } + secret('DATABASE_URL'),
  ],
})
