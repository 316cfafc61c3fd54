package main

import (
	"cmp"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"skillstracker/domain"
	"skillstracker/repository"
)

func newTokenCommand(h host) *cobra.Command {
	group := &cobra.Command{
		Use:   "token",
		Short: "Make, list and revoke the tokens with which callers prove who they are",
		Long: `Works as the owner of the database: the one of SKILLSTRACKER_OWNER_DATABASE_URL,
or the private one of the data directory, also while a server runs on it.`,
	}
	asGroup(group)
	group.AddCommand(newTokenCreateCommand(h), newTokenListCommand(h), newTokenRevokeCommand(h))
	return group
}

func newTokenListCommand(h host) *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "List all tokens, newest first, without their secrets",
		Args:  noArguments,
		RunE: asOwner(h, func(cmd *cobra.Command, _ []string, db *database, owner *repository.Owner) error {
			if err := requireCurrent(cmd.Context(), owner.DB(), db.where); err != nil {
				return err
			}
			tokens, err := owner.Tokens(cmd.Context())
			if err != nil {
				return fmt.Errorf("list tokens: %w", err)
			}
			return listTokens(h, tokens)
		}),
	}
}

func listTokens(h host, tokens []domain.StoredToken) error {
	w := tabwriter.NewWriter(h.stdout, 0, 0, 2, ' ', 0)
	lines := []string{"ID\tLABEL\tROLE\tSCOPE\tCREATED\tCREATED BY\tEXPIRES\tLAST USED\tSTATE"}
	for _, token := range tokens {
		used := "never"
		if token.LastUsedAt != nil {
			used = minute(*token.LastUsedAt)
		}
		lines = append(lines, strings.Join([]string{
			token.ID, cmp.Or(token.Label, "-"), string(token.Role), scopeText(token.Grant), minute(token.CreatedAt), token.CreatedBy,
			minute(token.ExpiresAt), used, tokenState(token, h.now()),
		}, "\t"))
	}
	if _, err := fmt.Fprintln(w, strings.Join(lines, "\n")); err != nil {
		return fmt.Errorf("write result: %w", err)
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("write result: %w", err)
	}
	return nil
}

func tokenState(token domain.StoredToken, now time.Time) string {
	switch {
	case token.RevokedAt != nil:
		return "revoked " + minute(*token.RevokedAt)
	case !now.Before(token.ExpiresAt):
		return "expired"
	}
	return "valid"
}

// scopeText names a scope, such as "organisation RRK".
func scopeText(grant domain.Grant) string {
	if grant.Kind == domain.ScopeAll {
		return "all organisations"
	}
	return string(grant.Kind) + " " + strings.Join(grant.Codes, ", ")
}

func minute(t time.Time) string { return t.UTC().Format("2006-01-02 15:04Z") }

func newTokenRevokeCommand(h host) *cobra.Command {
	return &cobra.Command{
		Use:   "revoke ID",
		Short: "Revoke the token with this id, for good",
		Args:  oneArgument("the id of a token"),
		RunE: asOwner(h, func(cmd *cobra.Command, args []string, db *database, owner *repository.Owner) error {
			if err := requireCurrent(cmd.Context(), owner.DB(), db.where); err != nil {
				return err
			}
			if err := owner.RevokeToken(cmd.Context(), args[0], h.now()); err != nil {
				return plain(fmt.Errorf("revoke token: %w", err))
			}
			return say(h, "Token %s is revoked.\n", args[0])
		}),
	}
}
