// Reads Compose files as Docker Compose does, and answers with what it read.
//
// On standard input stand lines of JSON, {"text": …, "environment": {…}, "folder": …}: a file, the
// variables of the shell, and the folder that it lies in. For each it prints a line
// {"project": …, "error": …, "said": […]}: what was read, or why it can't be, and what was logged.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/compose-spec/compose-go/v2/loader"
	"github.com/compose-spec/compose-go/v2/types"
	"github.com/sirupsen/logrus"
)

type question struct {
	Text        string            `json:"text"`
	Folder      string            `json:"folder"`
	Environment map[string]string `json:"environment"`
}

type answer struct {
	Project *types.Project `json:"project"`
	Error   string         `json:"error"`
	Said    []string       `json:"said"`
}

// With every profile: all that may be started at all.
func load(asked question) (*types.Project, error) {
	details := types.ConfigDetails{
		WorkingDir:  asked.Folder,
		Environment: asked.Environment,
		ConfigFiles: []types.ConfigFile{{
			Filename: asked.Folder + "/compose.yaml",
			Content:  []byte(asked.Text),
		}},
	}
	return loader.LoadWithContext(context.Background(), details, loader.WithProfiles([]string{"*"}))
}

func read(asked question) answer {
	var log strings.Builder
	logrus.SetOutput(&log)
	logrus.SetFormatter(&logrus.TextFormatter{DisableColors: true, DisableTimestamp: true})
	project, err := load(asked)
	given := answer{Project: project, Said: []string{}}
	if err != nil {
		given.Error = err.Error()
	}
	for _, line := range strings.Split(log.String(), "\n") {
		if line != "" {
			given.Said = append(given.Said, line)
		}
	}
	return given
}

func main() {
	questions := json.NewDecoder(bufio.NewReader(os.Stdin))
	answers := json.NewEncoder(os.Stdout)
	for {
		var asked question
		err := questions.Decode(&asked)
		if err == io.EOF {
			return
		}
		if err == nil {
			err = answers.Encode(read(asked))
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
	}
}
