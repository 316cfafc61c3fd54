package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"skillstracker/api"
)

func newOpenAPICommand() *cobra.Command {
	return &cobra.Command{
		Use:   "openapi",
		Short: "Print the contract of the HTTP API (OpenAPI, YAML)",
		Args:  noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if _, err := cmd.OutOrStdout().Write(api.Contract()); err != nil {
				return fmt.Errorf("write contract: %w", err)
			}
			return nil
		},
	}
}
