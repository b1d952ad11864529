package main

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// The folders of the PATH with definitions of kinds that the server doesn't have by itself, as tests/tools
// puts them there.
var defining = []string{"gateway-api", "cloudnative-pg"}

// The definitions in them: files called GROUP_PLURAL.yaml.
func definitions() ([]string, error) {
	var all []string
	for _, name := range defining {
		var found []string
		for _, folder := range filepath.SplitList(os.Getenv("PATH")) {
			var err error
			found, err = filepath.Glob(filepath.Join(folder, name, "*_*.yaml"))
			if err != nil {
				return nil, err
			}
			if len(found) > 0 {
				break
			}
		}
		if len(found) == 0 {
			return nil, fmt.Errorf("no folder %[1]s in the PATH: tests/tools %[1]s installs it", name)
		}
		all = append(all, found...)
	}
	return all, nil
}

// Makes the kinds that files define, and waits until the server takes objects of them.
func (c *client) define(files []string) error {
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		group, plural, _ := strings.Cut(strings.TrimSuffix(filepath.Base(file), ".yaml"), "_")
		path := "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/" + plural + "." + group +
			"?fieldManager=todoc&force=true"
		response, told, err := c.call(http.MethodPatch, path, "application/apply-patch+yaml", text)
		if err != nil {
			return err
		}
		if response.StatusCode >= 300 {
			return fmt.Errorf("%s: %s", file, told)
		}
		served := "/apis/" + group + "/v1/" + plural
		for end := time.Now().Add(patience); ; time.Sleep(50 * time.Millisecond) {
			response, _, err := c.call(http.MethodGet, served, "", nil)
			if err == nil && response.StatusCode == http.StatusOK && c.lists(plural) {
				break
			}
			if time.Now().After(end) {
				return fmt.Errorf("%s isn't served after %s", served, patience)
			}
		}
		c.defined = append(c.defined, served)
	}
	return nil
}

// Whether the server names a kind among those that it has, as kubectl asks it. It may take objects of
// it some time before.
func (c *client) lists(plural string) bool {
	const list = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"
	_, text, err := c.callFor(list, http.MethodGet, "/apis", "", nil)
	return err == nil && bytes.Contains(text, []byte(`"resource":"`+plural+`"`))
}

// The OpenAPI of all that the server knows. The server adds what it gets defined some time after it
// takes objects of that: until then it describes less.
func (c *client) describe() (*http.Response, []byte, error) {
	for end := time.Now().Add(patience); ; time.Sleep(200 * time.Millisecond) {
		response, text, err := c.call(http.MethodGet, "/openapi/v2", "", nil)
		if err != nil {
			return nil, nil, err
		}
		missing := slices.IndexFunc(c.defined, func(path string) bool {
			return !bytes.Contains(text, []byte(`"`+path+`"`))
		})
		if missing < 0 {
			return response, text, nil
		}
		if time.Now().After(end) {
			return nil, nil, fmt.Errorf("%s isn't described after %s", c.defined[missing], patience)
		}
	}
}
