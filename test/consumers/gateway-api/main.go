// Reads a ConformanceReport from standard input as Gateway API's own type, field by field, and prints what it understood as JSON. A field that
// the type does not have is an error.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"

	confv1 "sigs.k8s.io/gateway-api/conformance/apis/v1"
	"sigs.k8s.io/yaml"
)

func main() {
	text, err := io.ReadAll(os.Stdin)
	if err != nil {
		fail(err)
	}
	var report confv1.ConformanceReport
	if err := yaml.UnmarshalStrict(text, &report); err != nil {
		fail(err)
	}
	if err := json.NewEncoder(os.Stdout).Encode(report); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
