// Renders and lints Helm charts in process, as `helm template` and `helm lint --strict` of Helm 4 and
// Helm 3 do.
//
// A request is a line of JSON on standard input, its answer a line on standard output:
//
//	{"files": {"Chart.yaml": "…", …}, "cases": [{"do": "render", "helm": 4, "values": ["a: 1"]}]}
//
// gets {"answers": [{"objects": {"templates/x.yaml": [{…}]}, "notes": "…", "error": "…", "said": […]}]}.
//
// Values are the texts of values files, a later one over an earlier one, and "set" is what stands behind
// --set. "do" is render or lint. "error" is what follows `Error: `, and "said" what is logged, or each
// finding of lint with its severity. "release" and "namespace" name the release; "kube" is the version
// of Kubernetes that the chart is told.
//
// With "changes", the answers behind the first leave out templates whose texts are those of the first, and
// "changed" names the others.
//
// Requests are answered one after the other, so that what Helm logs belongs to one case.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"log"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sigs.k8s.io/yaml"
)

// The longest line: a chart of the largest release, 1 MiB, with its escapes, and many cases.
const longestLine = 64 << 20

type request struct {
	Files   map[string]string `json:"files"`
	Cases   []task            `json:"cases"`
	Changes bool              `json:"changes"`
}

type task struct {
	Do        string   `json:"do"`
	Helm      int      `json:"helm"`
	Values    []string `json:"values"`
	Set       []string `json:"set"`
	Release   string   `json:"release"`
	Namespace string   `json:"namespace"`
	Kube      string   `json:"kube"`
}

type answer struct {
	// By the path of the template, without the chart's name.
	Objects map[string][]json.RawMessage `json:"objects"`
	Changed []string                     `json:"changed"`
	Notes   string                       `json:"notes"`
	Error   string                       `json:"error"`
	Said    []string                     `json:"said"`
}

// What differs between the two.
type helm interface {
	// The texts of all templates, by path, and of the chart's CustomResourceDefinitions.
	render(files map[string]string, task task) (map[string]string, error)
	// The documents of a text, by names of Helm's own.
	split(text string) map[string]string
	// Each finding but mere information: those that end `lint --strict`.
	lint(folder string, task task) ([]string, error)
}

var helms = map[int]helm{3: helm3{}, 4: helm4{}}

func main() {
	if len(os.Args) == 2 && os.Args[1] == "--versions" {
		fmt.Println("helm 3 and 4")
		return
	}
	if err := serve(); err != nil {
		fmt.Fprintln(os.Stderr, "helm:", err)
		os.Exit(1)
	}
}

func serve() error {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, longestLine)
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	for lines.Scan() {
		var request request
		if err := json.Unmarshal(lines.Bytes(), &request); err != nil {
			return err
		}
		answers := []answer{}
		var first map[string]string
		for _, task := range request.Cases {
			answer, texts := attempt(request.Files, task, first)
			answers = append(answers, answer)
			if request.Changes && first == nil {
				first = texts
			}
		}
		if err := out.Encode(map[string]any{"answers": answers}); err != nil {
			return err
		}
	}
	return lines.Err()
}

// Answers one case, with whatever Helm logs meanwhile, and gives the texts of its templates. Those that are
// known already are left out.
func attempt(files map[string]string, task task, first map[string]string) (answer, map[string]string) {
	var logged bytes.Buffer
	log.SetOutput(&logged)
	log.SetFlags(0)
	slog.SetDefault(slog.New(slog.NewTextHandler(&logged, nil)))
	result := answer{Objects: map[string][]json.RawMessage{}, Changed: []string{}, Said: []string{}}
	var texts map[string]string
	var err error
	helm, known := helms[task.Helm]
	switch {
	case !known:
		err = fmt.Errorf("no Helm %d", task.Helm)
	case task.Do == "lint":
		err = withFolder(files, func(folder string) error {
			result.Said, err = helm.lint(folder, task)
			return err
		})
	case task.Do == "render":
		if texts, err = helm.render(files, task); err == nil {
			err = result.take(helm, texts, first)
		}
	default:
		err = fmt.Errorf("no such task: %q", task.Do)
	}
	if err != nil {
		result.Error = err.Error()
	}
	for line := range strings.Lines(logged.String()) {
		result.Said = append(result.Said, strings.TrimSpace(line))
	}
	return result, texts
}

// Takes in what templates became, but for what is known: objects as an API server would get them.
func (a *answer) take(helm helm, texts, known map[string]string) error {
	for path, text := range texts {
		if before, is := known[path]; is && before == text {
			continue
		}
		// Without the chart's name.
		_, path, _ = strings.Cut(path, "/")
		a.Changed = append(a.Changed, path)
		if strings.HasSuffix(path, "NOTES.txt") {
			a.Notes = text
			continue
		}
		objects, err := documents(helm, text)
		if err != nil {
			return fmt.Errorf("YAML parse error on %s: %w", path, err)
		}
		if len(objects) > 0 {
			a.Objects[path] = objects
		}
	}
	return nil
}

// The documents of a text, in their order. Helm gives the first the number 0.
func documents(helm helm, text string) ([]json.RawMessage, error) {
	var objects []json.RawMessage
	parts := helm.split(text)
	for number := range len(parts) {
		object, err := yaml.YAMLToJSONStrict([]byte(parts[fmt.Sprintf("manifest-%d", number)]))
		if err != nil {
			return nil, err
		}
		if !bytes.Equal(object, []byte("null")) {
			objects = append(objects, object)
		}
	}
	return objects, nil
}

// The chart as a folder, for what reads no other.
func withFolder(files map[string]string, use func(folder string) error) error {
	folder, err := os.MkdirTemp("", "todoc-helm-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	for name, text := range files {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			return err
		}
	}
	return use(folder)
}

// The names of files, in one order.
func names(files map[string]string) []string {
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
