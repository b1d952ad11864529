// Runs kube-apiserver and etcd on loopback, with certificates made for the occasion, and asks the
// server for its verdict on objects.
//
// A request is a line of JSON on standard input, its verdict a line on standard output, in any
// order: {"id": 1, "verb": "check", "object": {…}} gets {"id": 1, "code": 201, "message": "",
// "warnings": []}. The verbs are check (a dry run of a creation), create, apply (server-side) and
// delete; describe needs no object, and its message is the OpenAPI of all that the server knows. The
// first line out says the server's version, and the file by which kubectl finds it. All ends with
// standard input.
//
// The programs kube-apiserver and etcd are those of the folder KUBEBUILDER_ASSETS, where that is
// set, else of the PATH; with --programs it only says which. The server gets the definitions of the kinds
// of others that are in the folders gateway-api and cloudnative-pg of the PATH, as tests/tools puts them there.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
)

// As many requests are under way at once: on two cores more gain nothing.
const workers = 16

// How often the programs are started until their ports are theirs.
const attempts = 5

// The longest line: an object of the API server's own bound, 3 MiB, with its escapes.
const longestLine = 8 << 20

type request struct {
	ID     int             `json:"id"`
	Verb   string          `json:"verb"`
	Object json.RawMessage `json:"object"`
}

type verdict struct {
	ID       int      `json:"id"`
	Code     int      `json:"code"`
	Message  string   `json:"message"`
	Warnings []string `json:"warnings"`
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "apiserver:", err)
		os.Exit(1)
	}
}

func run() error {
	server, store, err := programs()
	if err != nil {
		return err
	}
	definitions, err := definitions()
	if err != nil {
		return err
	}
	if len(os.Args) == 2 && os.Args[1] == "--programs" {
		fmt.Println(server)
		fmt.Println(store)
		return nil
	}
	if len(os.Args) > 1 {
		return fmt.Errorf("usage: %s [--programs]", os.Args[0])
	}
	folder, err := os.MkdirTemp("", "todoc-apiserver-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	cluster, client, err := startAndConnect(server, store, folder)
	if err != nil {
		return err
	}
	defer cluster.stop()
	if err := client.define(definitions); err != nil {
		return err
	}
	return serve(client, cluster.kubeconfig)
}

// Starts both programs and waits until they are ready. A port that was free a moment ago may be
// somebody else's by then: others are taken in its place.
func startAndConnect(server, store, folder string) (*cluster, *client, error) {
	for attempt := 1; ; attempt++ {
		// What a store began to write is no other one's.
		own := filepath.Join(folder, strconv.Itoa(attempt))
		if err := os.Mkdir(own, 0o700); err != nil {
			return nil, nil, err
		}
		cluster, err := start(server, store, own)
		if err != nil {
			return nil, nil, err
		}
		client, err := connect(cluster)
		if err == nil {
			return cluster, client, nil
		}
		cluster.stop()
		if attempt == attempts || !strings.Contains(err.Error(), "address already in use") {
			return nil, nil, err
		}
	}
}

// The paths of both programs.
func programs() (server, store string, err error) {
	find := exec.LookPath
	if folder := os.Getenv("KUBEBUILDER_ASSETS"); folder != "" {
		find = func(name string) (string, error) { return exec.LookPath(filepath.Join(folder, name)) }
	}
	if server, err = find("kube-apiserver"); err == nil {
		store, err = find("etcd")
	}
	return server, store, err
}

// Answers requests until there are no more.
func serve(client *client, kubeconfig string) error {
	var printing sync.Mutex
	out := json.NewEncoder(os.Stdout)
	print := func(value any) {
		printing.Lock()
		defer printing.Unlock()
		// Who reads it is gone if this fails, and ends standard input as well.
		_ = out.Encode(value)
	}
	print(map[string]string{"version": client.version, "kubeconfig": kubeconfig})

	requests := make(chan request)
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			for request := range requests {
				print(client.ask(request))
			}
		})
	}
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, longestLine)
	var fault error
	for fault == nil && lines.Scan() {
		var request request
		if fault = json.Unmarshal(lines.Bytes(), &request); fault == nil {
			requests <- request
		}
	}
	close(requests)
	group.Wait()
	if fault == nil {
		fault = lines.Err()
	}
	return fault
}
