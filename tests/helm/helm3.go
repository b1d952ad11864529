package main

import (
	"fmt"

	"helm.sh/helm/v3/pkg/chart/loader"
	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/engine"
	"helm.sh/helm/v3/pkg/lint"
	"helm.sh/helm/v3/pkg/lint/support"
	"helm.sh/helm/v3/pkg/releaseutil"
	"helm.sh/helm/v3/pkg/strvals"
	"sigs.k8s.io/yaml"
)

type helm3 struct{}

// What pkg/action's Install does before it talks to a cluster.
func (helm3) render(files map[string]string, task task) (map[string]string, error) {
	buffered := []*loader.BufferedFile{}
	for _, name := range names(files) {
		buffered = append(buffered, &loader.BufferedFile{Name: name, Data: []byte(files[name])})
	}
	chart, err := loader.LoadFiles(buffered)
	if err != nil {
		return nil, err
	}
	if err := chart.Validate(); err != nil {
		return nil, err
	}
	values, err := values3(task)
	if err != nil {
		return nil, err
	}
	if err := chartutil.ProcessDependenciesWithMerge(chart, values); err != nil {
		return nil, fmt.Errorf("chart dependencies processing failed: %w", err)
	}
	version, err := chartutil.ParseKubeVersion(task.Kube)
	if err != nil {
		return nil, err
	}
	capabilities := chartutil.DefaultCapabilities.Copy()
	capabilities.KubeVersion = *version
	release := chartutil.ReleaseOptions{
		Name: task.Release, Namespace: task.Namespace, Revision: 1, IsInstall: true,
	}
	top, err := chartutil.ToRenderValues(chart, values, release, capabilities)
	if err != nil {
		return nil, err
	}
	wanted := chart.Metadata.KubeVersion
	if wanted != "" && !chartutil.IsCompatibleRange(wanted, version.String()) {
		return nil, fmt.Errorf("chart requires kubeVersion: %s which is incompatible with Kubernetes %s", wanted, version)
	}
	texts, err := engine.Render(chart, top)
	if err != nil {
		return nil, err
	}
	for _, crd := range chart.CRDObjects() {
		texts[crd.Filename] = string(crd.File.Data)
	}
	return texts, nil
}

func (helm3) split(text string) map[string]string {
	return releaseutil.SplitManifests(text)
}

func (helm3) lint(folder string, task task) ([]string, error) {
	values, err := values3(task)
	if err != nil {
		return nil, err
	}
	version, err := chartutil.ParseKubeVersion(task.Kube)
	if err != nil {
		return nil, err
	}
	said := []string{}
	for _, message := range lint.AllWithKubeVersion(folder, values, task.Namespace, version).Messages {
		if message.Severity > support.InfoSev {
			said = append(said, message.Error())
		}
	}
	return said, nil
}

func values3(task task) (map[string]any, error) {
	values := map[string]any{}
	for _, text := range task.Values {
		more := map[string]any{}
		if err := yaml.Unmarshal([]byte(text), &more); err != nil {
			return nil, fmt.Errorf("failed to parse values: %w", err)
		}
		values = merged(values, more)
	}
	for _, text := range task.Set {
		if err := strvals.ParseInto(text, values); err != nil {
			return nil, fmt.Errorf("failed parsing --set data: %w", err)
		}
	}
	return values, nil
}

// The command's own way to lay one values file over another, which its SDK doesn't have.
func merged(below, above map[string]any) map[string]any {
	result := map[string]any{}
	for key, value := range below {
		result[key] = value
	}
	for key, value := range above {
		if above, ok := value.(map[string]any); ok {
			if below, ok := result[key].(map[string]any); ok {
				value = merged(below, above)
			}
		}
		result[key] = value
	}
	return result
}
