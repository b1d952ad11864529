package main

import (
	"fmt"
	"strings"

	"helm.sh/helm/v4/pkg/chart/common"
	"helm.sh/helm/v4/pkg/chart/common/util"
	"helm.sh/helm/v4/pkg/chart/loader/archive"
	"helm.sh/helm/v4/pkg/chart/v2/lint"
	"helm.sh/helm/v4/pkg/chart/v2/lint/support"
	"helm.sh/helm/v4/pkg/chart/v2/loader"
	chartutil "helm.sh/helm/v4/pkg/chart/v2/util"
	"helm.sh/helm/v4/pkg/engine"
	releaseutil "helm.sh/helm/v4/pkg/release/v1/util"
	"helm.sh/helm/v4/pkg/strvals"
)

type helm4 struct{}

// What pkg/action's Install does before it talks to a cluster.
func (helm4) render(files map[string]string, task task) (map[string]string, error) {
	buffered := []*archive.BufferedFile{}
	for _, name := range names(files) {
		buffered = append(buffered, &archive.BufferedFile{Name: name, Data: []byte(files[name])})
	}
	chart, err := loader.LoadFiles(buffered)
	if err != nil {
		return nil, err
	}
	if err := chart.Validate(); err != nil {
		return nil, err
	}
	values, err := values4(task)
	if err != nil {
		return nil, err
	}
	if err := chartutil.ProcessDependencies(chart, values); err != nil {
		return nil, fmt.Errorf("chart dependencies processing failed: %w", err)
	}
	version, err := common.ParseKubeVersion(task.Kube)
	if err != nil {
		return nil, err
	}
	capabilities := common.DefaultCapabilities.Copy()
	capabilities.KubeVersion = *version
	release := common.ReleaseOptions{
		Name: task.Release, Namespace: task.Namespace, Revision: 1, IsInstall: true,
	}
	top, err := util.ToRenderValues(chart, values, release, capabilities)
	if err != nil {
		return nil, err
	}
	wanted := chart.Metadata.KubeVersion
	if wanted != "" && !chartutil.IsCompatibleRange(wanted, version.String()) {
		return nil, fmt.Errorf("chart requires kubeVersion: %s which is incompatible with Kubernetes %s", wanted, version.Version)
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

func (helm4) split(text string) map[string]string {
	return releaseutil.SplitManifests(text)
}

func (helm4) lint(folder string, task task) ([]string, error) {
	values, err := values4(task)
	if err != nil {
		return nil, err
	}
	version, err := common.ParseKubeVersion(task.Kube)
	if err != nil {
		return nil, err
	}
	said := []string{}
	for _, message := range lint.RunAll(folder, values, task.Namespace, lint.WithKubeVersion(version)).Messages {
		if message.Severity > support.InfoSev {
			said = append(said, message.Error())
		}
	}
	return said, nil
}

func values4(task task) (map[string]any, error) {
	values := map[string]any{}
	for _, text := range task.Values {
		more, err := loader.LoadValues(strings.NewReader(text))
		if err != nil {
			return nil, fmt.Errorf("failed to parse values: %w", err)
		}
		values = loader.MergeMaps(values, more)
	}
	for _, text := range task.Set {
		if err := strvals.ParseInto(text, values); err != nil {
			return nil, fmt.Errorf("failed parsing --set data: %w", err)
		}
	}
	return values, nil
}
