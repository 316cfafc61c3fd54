package main

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"skillstracker/api/signin"
	"skillstracker/domain"
	"skillstracker/repository"
)

func newAdminCommand(h host) *cobra.Command {
	group := &cobra.Command{
		Use:   "admin",
		Short: "Let the first administrator sign in",
	}
	asGroup(group)
	group.AddCommand(newAdminLinkCommand(h))
	return group
}

func newAdminLinkCommand(h host) *cobra.Command {
	return &cobra.Command{
		Use:   "link",
		Short: "Print a link by which the first administrator signs in, once",
		Long: fmt.Sprintf(`Prints the link alone on the standard output. Whoever opens it within %d minutes and
signs in at the identity provider becomes administrator. It works once, and only while
nobody is administrator by a role given here: afterwards administrators give roles.

Works as the owner of the database, like token. It needs SKILLSTRACKER_PUBLIC_URL, which
the link begins with, and SKILLSTRACKER_SIGN_IN_FILE, as the server has them; the secrets that
the file names are not read.`, int(domain.AdminLinkLife.Minutes())),
		Args: noArguments,
		RunE: func(cmd *cobra.Command, args []string) error {
			s, _, err := loadSettings(h, cmd.Flags())
			if err != nil {
				return err
			}
			if s.PublicURL == "" {
				return usagef("there is no address for a link to begin with: set SKILLSTRACKER_PUBLIC_URL to the one at which people reach the server, such as https://skills.example.nhs.uk")
			}
			if s.SignInFile == "" {
				return usagef("the link would lead to a server at which nobody can sign in: set SKILLSTRACKER_SIGN_IN_FILE to the same file as for the server (docs/sign-in.md)")
			}
			return asOwner(h, func(cmd *cobra.Command, _ []string, db *database, owner *repository.Owner) error {
				if err := requireCurrent(cmd.Context(), owner.DB(), db.where); err != nil {
					return err
				}
				return printAdminLink(cmd.Context(), h, s.PublicURL, owner)
			})(cmd, args)
		},
	}
}

func printAdminLink(ctx context.Context, h host, publicURL string, owner *repository.Owner) error {
	secret, hash, err := domain.NewSecret()
	if err != nil {
		return fmt.Errorf("make link: %w", err)
	}
	if err := owner.MakeAdminLink(ctx, hash, h.now()); err != nil {
		return plain(fmt.Errorf("make link: %w", err))
	}
	if _, err := fmt.Fprintf(h.stderr, "Open this link within %d minutes and sign in to become the first administrator. It is not shown again.\n", int(domain.AdminLinkLife.Minutes())); err != nil {
		return fmt.Errorf("write result: %w", err)
	}
	return say(h, "%s\n", adminLink(publicURL, secret))
}

func adminLink(publicURL, secret string) string {
	return publicURL + "/first-administrator?link=" + secret
}

// offerAdminLink says how the first administrator signs in, while there is none and no
// provider says who is. On a terminal it shows a link; elsewhere the standard error
// output is a log that others keep and read, where a secret has no place, and the
// command makes one.
func (v *service) offerAdminLink(ctx context.Context, h host, s settings) error {
	if len(s.Providers) == 0 || slices.ContainsFunc(s.Providers, func(p signin.Settings) bool { return p.GivesAdministrators() }) {
		return nil
	}
	if !isTerminal(h.stderr) {
		users, err := v.store.HasAdministrator(ctx)
		if err != nil {
			return fmt.Errorf("look for an administrator: %w", err)
		}
		if !users {
			v.log.WarnContext(ctx, `nobody who signs in is administrator: run "skillstracker admin link" for a link by which the first one signs in`)
		}
		return nil
	}
	secret, hash, err := domain.NewSecret()
	if err != nil {
		return fmt.Errorf("make link: %w", err)
	}
	err = v.store.MakeAdminLink(ctx, hash, h.now())
	if ours, refused := errors.AsType[*domain.Error](err); refused && ours.Kind == domain.KindConflict {
		return nil // there is one
	}
	if err != nil {
		return fmt.Errorf("make link: %w", err)
	}
	if _, err := fmt.Fprintf(h.stderr, "\nNobody is administrator yet. Open this link within %d minutes and sign in to become the first:\n%s\n\n",
		int(domain.AdminLinkLife.Minutes()), adminLink(s.PublicURL, secret)); err != nil {
		return fmt.Errorf("show link: %w", err)
	}
	return nil
}
