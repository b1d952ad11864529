{{- define "labels" -}}
app: {{ .instance | quote }}
app.kubernetes.io/name: {{ .name | quote }}
app.kubernetes.io/instance: {{ .instance | quote }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/part-of: {{ .root.Chart.Name | quote }}
app.kubernetes.io/managed-by: todoc
{{- end }}

{{- define "metadata" -}}
metadata:
  name: {{ .instance }}
  namespace: {{ .root.Values.namespace }}
  labels:
    {{- include "labels" . | nindent 4 }}
{{- end }}

{{- define "probe" -}}
httpGet:
  path: {{ .health }}
  port: http
timeoutSeconds: 3
{{- end }}
