// An API with what the images of all applications are asked for, and a second port on which it tells its health
// by gRPC.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"html/template"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/go-chi/chi/v5"
	"google.golang.org/grpc"
	"google.golang.org/grpc/health"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
)

func main() {
	var ill atomic.Bool
	state := health.NewServer()
	routes := chi.NewRouter()
	routes.Get("/health", func(w http.ResponseWriter, _ *http.Request) {
		if ill.Load() {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	})
	routes.Post("/break", func(_ http.ResponseWriter, _ *http.Request) {
		ill.Store(true)
		state.SetServingStatus("", healthpb.HealthCheckResponse_NOT_SERVING)
	})
	routes.Get("/greeting", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, map[string]string{"greeting": os.Getenv("GREETING"), "token": os.Getenv("API_TOKEN")})
	})
	routes.Get("/", func(w http.ResponseWriter, _ *http.Request) {
		page, err := template.ParseFiles("templates/page.html")
		if err == nil {
			err = page.Execute(w, os.Getenv("GREETING"))
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	})
	routes.Get("/slow", func(w http.ResponseWriter, _ *http.Request) {
		time.Sleep(3 * time.Second)
		answer(w, map[string]string{"slow": "done"})
	})

	server := &http.Server{Addr: ":" + os.Getenv("PORT"), Handler: routes}
	told, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	go func() {
		if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
			log.Fatal(err)
		}
	}()
	calls := grpc.NewServer()
	healthpb.RegisterHealthServer(calls, state)
	listener, err := net.Listen("tcp", ":9090")
	if err != nil {
		log.Fatal(err)
	}
	go func() {
		if err := calls.Serve(listener); err != nil {
			log.Fatal(err)
		}
	}()
	<-told.Done()
	calls.GracefulStop()
	if err := server.Shutdown(context.Background()); err != nil {
		log.Fatal(err)
	}
}

func answer(w http.ResponseWriter, content map[string]string) {
	if err := json.NewEncoder(w).Encode(content); err != nil {
		log.Print(err)
	}
}
