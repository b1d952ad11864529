package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"
)

// Writes ca.crt, api.crt, api.key and account.key, and gives the authority's certificate.
func writeCertificates(folder string) (*x509.Certificate, error) {
	authorityKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	start := time.Now().Add(-time.Hour)
	template := &x509.Certificate{
		SerialNumber:          big.NewInt(1),
		Subject:               pkix.Name{CommonName: "todoc test authority"},
		NotBefore:             start,
		NotAfter:              start.Add(48 * time.Hour),
		IsCA:                  true,
		BasicConstraintsValid: true,
		KeyUsage:              x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
	}
	raw, err := x509.CreateCertificate(rand.Reader, template, template, authorityKey.Public(), authorityKey)
	if err != nil {
		return nil, err
	}
	authority, err := x509.ParseCertificate(raw)
	if err != nil {
		return nil, err
	}
	if err := write(folder, "ca.crt", "CERTIFICATE", raw); err != nil {
		return nil, err
	}
	key, err := writeKey(folder, "api.key")
	if err != nil {
		return nil, err
	}
	if _, err := writeKey(folder, "account.key"); err != nil {
		return nil, err
	}
	raw, err = x509.CreateCertificate(rand.Reader, &x509.Certificate{
		SerialNumber: big.NewInt(2),
		Subject:      pkix.Name{CommonName: "kube-apiserver"},
		NotBefore:    start,
		NotAfter:     template.NotAfter,
		// The second is the first address of the range of Services: the server's own Service.
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1), net.IPv4(10, 96, 0, 1)},
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}, authority, key.Public(), authorityKey)
	if err != nil {
		return nil, err
	}
	return authority, write(folder, "api.crt", "CERTIFICATE", raw)
}

func writeKey(folder, name string) (*ecdsa.PrivateKey, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	raw, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		return nil, err
	}
	return key, write(folder, name, "EC PRIVATE KEY", raw)
}

func write(folder, name, kind string, raw []byte) error {
	text := pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: raw})
	return os.WriteFile(filepath.Join(folder, name), text, 0o600)
}
