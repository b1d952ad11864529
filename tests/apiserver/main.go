// Runs kube-apiserver and etcd on loopback, with certificates made for the occasion, and asks the
// server for its verdict on objects.
//
// A request is a line of JSON on standard input, its verdict a line on standard output, in any
// order: {"id": 1, "verb": "check", "object": {…}} gets {"id": 1, "code": 201, "message": "",
// "warnings": []}. The verbs are check (a dry run of a creation), create, apply (server-side) and
// delete. The first line out says the server's version. All ends with standard input.
//
// The programs kube-apiserver and etcd are those of the folder KUBEBUILDER_ASSETS, where that is
// set, else of its own folder; with --folder it only says which, and whether they are there.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sync"
)

// As many requests are under way at once: on two cores more gain nothing.
const workers = 16

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
	programs, err := programs()
	if err != nil {
		return err
	}
	if len(os.Args) == 2 && os.Args[1] == "--folder" {
		fmt.Println(programs)
		return nil
	}
	if len(os.Args) > 1 {
		return fmt.Errorf("usage: %s [--folder]", os.Args[0])
	}
	folder, err := os.MkdirTemp("", "todoc-apiserver-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	cluster, err := start(programs, folder)
	if err != nil {
		return err
	}
	defer cluster.stop()
	client, err := connect(cluster)
	if err != nil {
		return err
	}
	return serve(client)
}

// The folder of the programs.
func programs() (string, error) {
	folder := os.Getenv("KUBEBUILDER_ASSETS")
	if folder == "" {
		own, err := os.Executable()
		if err != nil {
			return "", err
		}
		// It may be a link in the PATH.
		if own, err = filepath.EvalSymlinks(own); err != nil {
			return "", err
		}
		folder = filepath.Dir(own)
	}
	for _, program := range []string{"kube-apiserver", "etcd"} {
		if _, err := os.Stat(filepath.Join(folder, program)); err != nil {
			return "", err
		}
	}
	return folder, nil
}

// Answers requests until there are no more.
func serve(client *client) error {
	var printing sync.Mutex
	out := json.NewEncoder(os.Stdout)
	print := func(value any) {
		printing.Lock()
		defer printing.Unlock()
		// Who reads it is gone if this fails, and ends standard input as well.
		_ = out.Encode(value)
	}
	print(map[string]string{"version": client.version})

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
