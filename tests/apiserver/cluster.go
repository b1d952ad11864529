package main

import (
	"bytes"
	"crypto/rand"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"time"
)

// An API server and its store.
type cluster struct {
	address string
	// The file by which kubectl finds it.
	kubeconfig string
	token      string
	authority  *x509.Certificate
	programs   []*program
}

// Starts both, with all that they need in `folder`.
func start(server, store, folder string) (*cluster, error) {
	ports, err := freePorts(3)
	if err != nil {
		return nil, err
	}
	authority, err := writeCertificates(folder)
	if err != nil {
		return nil, err
	}
	secret := make([]byte, 16)
	if _, err := rand.Read(secret); err != nil {
		return nil, err
	}
	token := hex.EncodeToString(secret)
	file := func(name string) string { return filepath.Join(folder, name) }
	tokens := fmt.Sprintf("%s,admin,admin,system:masters\n", token)
	if err := os.WriteFile(file("tokens.csv"), []byte(tokens), 0o600); err != nil {
		return nil, err
	}
	clients, peers := loopback("http", ports[0]), loopback("http", ports[1])
	cluster := &cluster{
		address:    loopback("https", ports[2]),
		kubeconfig: file("kubeconfig"),
		token:      token,
		authority:  authority,
	}
	if err := cluster.writeKubeconfig(file("ca.crt")); err != nil {
		return nil, err
	}
	err = cluster.run(store,
		"--data-dir="+file("etcd"),
		"--listen-client-urls="+clients, "--advertise-client-urls="+clients,
		"--listen-peer-urls="+peers, "--initial-advertise-peer-urls="+peers,
		"--initial-cluster=default="+peers,
		// Nothing of it outlives this process.
		"--unsafe-no-fsync", "--log-level=error")
	if err == nil {
		err = cluster.run(server,
			"--etcd-servers="+clients,
			"--bind-address=127.0.0.1", "--secure-port="+strconv.Itoa(ports[2]),
			"--tls-cert-file="+file("api.crt"), "--tls-private-key-file="+file("api.key"),
			"--client-ca-file="+file("ca.crt"), "--token-auth-file="+file("tokens.csv"),
			"--authorization-mode=Node,RBAC",
			"--service-account-issuer=https://kubernetes.default.svc",
			"--service-account-key-file="+file("account.key"),
			"--service-account-signing-key-file="+file("account.key"),
			"--service-cluster-ip-range=10.96.0.0/16", "--allow-privileged=true")
	}
	if err != nil {
		cluster.stop()
		return nil, err
	}
	return cluster, nil
}

func (c *cluster) writeKubeconfig(authority string) error {
	const only = "test"
	text, err := json.Marshal(map[string]any{
		"apiVersion": "v1", "kind": "Config", "current-context": only,
		"clusters": []any{map[string]any{"name": only, "cluster": map[string]string{
			"server": c.address, "certificate-authority": authority}}},
		"users": []any{map[string]any{"name": only, "user": map[string]string{"token": c.token}}},
		"contexts": []any{map[string]any{"name": only, "context": map[string]string{
			"cluster": only, "user": only}}},
	})
	if err != nil {
		return err
	}
	return os.WriteFile(c.kubeconfig, text, 0o600)
}

func loopback(scheme string, port int) string {
	return fmt.Sprintf("%s://127.0.0.1:%d", scheme, port)
}

// Ports that nobody listens on. Somebody may take one until a server does, which then says so.
func freePorts(count int) ([]int, error) {
	var ports []int
	for range count {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return nil, err
		}
		defer listener.Close()
		ports = append(ports, listener.Addr().(*net.TCPAddr).Port)
	}
	return ports, nil
}

// A program that runs, and what it says.
type program struct {
	command *exec.Cmd
	output  *buffer
	ended   chan error
}

func (c *cluster) run(path string, arguments ...string) error {
	program := &program{
		command: exec.Command(path, arguments...),
		output:  &buffer{},
		ended:   make(chan error, 1),
	}
	program.command.Stdout = program.output
	program.command.Stderr = program.output
	// It ends with this process, however that ends.
	program.command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := program.command.Start(); err != nil {
		return err
	}
	go func() { program.ended <- program.command.Wait() }()
	c.programs = append(c.programs, program)
	return nil
}

// Why a program ended, if one did.
func (c *cluster) failure() error {
	for _, program := range c.programs {
		select {
		case err := <-program.ended:
			program.ended <- err
			return fmt.Errorf("%s: %v\n%s", program.command.Path, err, program.output.tail())
		default:
		}
	}
	return nil
}

func (c *cluster) log() string {
	var all string
	for _, program := range c.programs {
		all += program.output.tail()
	}
	return all
}

// The server first: it would complain of the store's end, and wait for it.
func (c *cluster) stop() {
	for index := len(c.programs) - 1; index >= 0; index-- {
		program := c.programs[index]
		_ = program.command.Process.Kill()
		select {
		case <-program.ended:
		case <-time.After(5 * time.Second):
		}
	}
}

// The end of what a program says.
type buffer struct {
	mutex sync.Mutex
	text  bytes.Buffer
}

const longestTail = 4096

func (b *buffer) Write(text []byte) (int, error) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	b.text.Write(text)
	if extra := b.text.Len() - longestTail; extra > 0 {
		b.text.Next(extra)
	}
	return len(text), nil
}

func (b *buffer) tail() string {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.text.String()
}
