package main

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// How long a server may take until it is ready: thirty times what it takes alone.
const patience = 180 * time.Second

type client struct {
	http    *http.Client
	address string
	token   string
	version string
	// The paths of the kinds that were defined.
	defined []string
}

// Waits until the cluster is ready.
func connect(cluster *cluster) (*client, error) {
	roots := x509.NewCertPool()
	roots.AddCert(cluster.authority)
	client := &client{
		http: &http.Client{Transport: &http.Transport{
			TLSClientConfig:     &tls.Config{RootCAs: roots},
			ForceAttemptHTTP2:   true,
			MaxIdleConnsPerHost: workers,
		}},
		address: cluster.address,
		token:   cluster.token,
	}
	for end := time.Now().Add(patience); ; time.Sleep(100 * time.Millisecond) {
		if client.isReady() {
			break
		}
		if err := cluster.failure(); err != nil {
			return nil, err
		}
		if time.Now().After(end) {
			return nil, fmt.Errorf("not ready after %s\n%s", patience, cluster.log())
		}
	}
	var version struct {
		GitVersion string `json:"gitVersion"`
	}
	_, body, err := client.call(http.MethodGet, "/version", "", nil)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(body, &version); err != nil {
		return nil, err
	}
	client.version = version.GitVersion
	return client, nil
}

// Whether it takes objects: it says so, and has made the namespace that it needs for itself.
func (c *client) isReady() bool {
	for _, path := range []string{"/readyz", "/api/v1/namespaces/default"} {
		response, _, err := c.call(http.MethodGet, path, "", nil)
		if err != nil || response.StatusCode != http.StatusOK {
			return false
		}
	}
	return true
}

func (c *client) call(method, path, kind string, body []byte) (*http.Response, []byte, error) {
	return c.callFor("application/json", method, path, kind, body)
}

// Calls for an answer of one content type.
func (c *client) callFor(accept, method, path, kind string, body []byte) (*http.Response, []byte, error) {
	request, err := http.NewRequest(method, c.address+path, bytes.NewReader(body))
	if err != nil {
		return nil, nil, err
	}
	request.Header.Set("Authorization", "Bearer "+c.token)
	request.Header.Set("Accept", accept)
	if kind != "" {
		request.Header.Set("Content-Type", kind)
	}
	response, err := c.http.Do(request)
	if err != nil {
		return nil, nil, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	return response, text, err
}

// The server's verdict. What it can't be asked has the code 0.
func (c *client) ask(request request) verdict {
	verdict := verdict{ID: request.ID, Warnings: []string{}}
	response, text, err := c.answer(request)
	if err != nil {
		verdict.Message = err.Error()
		return verdict
	}
	verdict.Code = response.StatusCode
	for _, warning := range response.Header.Values("Warning") {
		verdict.Warnings = append(verdict.Warnings, unquoted(warning))
	}
	if request.Verb == "describe" {
		verdict.Message = string(text)
	} else if response.StatusCode >= 300 {
		var status struct {
			Message string `json:"message"`
		}
		if json.Unmarshal(text, &status) != nil {
			status.Message = string(text)
		}
		verdict.Message = status.Message
	}
	return verdict
}

// What the server answers to a request.
func (c *client) answer(request request) (*http.Response, []byte, error) {
	if request.Verb == "describe" {
		return c.describe()
	}
	method, path, kind, err := route(request)
	if err != nil {
		return nil, nil, err
	}
	body := request.Object
	if method == http.MethodDelete {
		body = []byte(`{"gracePeriodSeconds": 0}`)
	}
	return c.call(method, path, kind, body)
}

// The text of `299 - "text"`.
func unquoted(warning string) string {
	if _, text, ok := strings.Cut(warning, ` "`); ok {
		return strings.TrimSuffix(text, `"`)
	}
	return warning
}

// The request for an object: method, path and content type.
func route(request request) (method, path, kind string, err error) {
	var object struct {
		APIVersion string `json:"apiVersion"`
		Kind       string `json:"kind"`
		Metadata   struct {
			Name      string `json:"name"`
			Namespace string `json:"namespace"`
		} `json:"metadata"`
	}
	if err = json.Unmarshal(request.Object, &object); err != nil {
		return "", "", "", err
	}
	path = "/apis/" + object.APIVersion
	if !strings.Contains(object.APIVersion, "/") {
		path = "/api/" + object.APIVersion
	}
	if object.Metadata.Namespace != "" {
		path += "/namespaces/" + object.Metadata.Namespace
	}
	path += "/" + plural(object.Kind)
	const strict = "fieldManager=todoc&fieldValidation=Strict"
	named := path + "/" + object.Metadata.Name
	switch request.Verb {
	case "check":
		return http.MethodPost, path + "?dryRun=All&" + strict, "application/json", nil
	case "create":
		return http.MethodPost, path + "?" + strict, "application/json", nil
	case "apply":
		return http.MethodPatch, named + "?force=true&" + strict, "application/apply-patch+yaml", nil
	case "delete":
		return http.MethodDelete, named, "application/json", nil
	}
	return "", "", "", fmt.Errorf("no such verb: %q", request.Verb)
}

// The resource of a kind, as the API server derives it (`UnsafeGuessKindToResource`).
func plural(kind string) string {
	word := strings.ToLower(kind)
	switch {
	case strings.HasSuffix(word, "s"):
		return word + "es"
	case strings.HasSuffix(word, "y"):
		return strings.TrimSuffix(word, "y") + "ies"
	}
	return word + "s"
}
