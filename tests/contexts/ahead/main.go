package main

import (
	"html/template"
	"net/http"
)

func main() {
	page := template.Must(template.ParseFiles("templates/index.html"))
	http.HandleFunc("/", func(to http.ResponseWriter, _ *http.Request) {
		_ = page.Execute(to, nil)
	})
	_ = http.ListenAndServe(":8080", nil)
}
