package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"skillstracker/domain"
	"skillstracker/repository"
)

// tokenWish is a token as the command line describes it.
type tokenWish struct {
	role                      string
	organisations, icb, areas []string
	all                       bool
	expires, label            string
}

func newTokenCreateCommand(h host) *cobra.Command {
	var wish tokenWish
	cmd := &cobra.Command{
		Use:   "create --role ROLE (--organisation CODE | --icb CODE | --region CODE | --all)",
		Short: "Make a token and print it, once",
		Long: fmt.Sprintf(`Prints the new token alone on the standard output, and what it is for on the
standard error output. It is shown this once: only a hash of it is kept.

Roles: admin (organisations), hr (uploads and own staff), manager (reports of own
organisations), planner (totals), auditor (the audit trail). An admin token is
always for all organisations. It ends after %d days unless --expires says
otherwise, at most %d days from now.`, domain.DefaultTokenLife, domain.MaxTokenLife),
		Args: noArguments,
	}
	flags := cmd.Flags()
	flags.StringVar(&wish.role, "role", "", "`role`: admin, hr, manager, planner or auditor")
	flags.StringSliceVar(&wish.organisations, "organisation", nil, "ODS `code` of an organisation; may be repeated")
	flags.StringSliceVar(&wish.icb, "icb", nil, "ODS `code` of an ICB; may be repeated")
	flags.StringSliceVar(&wish.areas, "region", nil, "ODS `code` of a region; may be repeated")
	flags.BoolVar(&wish.all, "all", false, "all organisations")
	flags.StringVar(&wish.expires, "expires", "", "last `day` of the token, YYYY-MM-DD")
	flags.StringVar(&wish.label, "label", "", "`text` that says what the token is for, such as a system; not a person's name")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		// A wrong command line is said before a database is started for it.
		if _, err := wish.token(h.now()); err != nil {
			return err
		}
		return asOwner(h, func(cmd *cobra.Command, _ []string, db *database, owner *repository.Owner) error {
			if err := requireCurrent(cmd.Context(), owner.DB(), db.where); err != nil {
				return err
			}
			return createToken(cmd, h, owner, wish)
		})(cmd, args)
	}
	return cmd
}

func createToken(cmd *cobra.Command, h host, owner *repository.Owner, wish tokenWish) error {
	token, err := wish.token(h.now())
	if err != nil {
		return err
	}
	shown, id, err := issueToken(cmd.Context(), owner, token)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(h.stderr, "Token %s: role %s, %s, until %s. It is not shown again.\n",
		id, token.Role, scopeText(token.Grant), minute(token.ExpiresAt)); err != nil {
		return fmt.Errorf("write result: %w", err)
	}
	return say(h, "%s\n", shown)
}

// token checks a wish and turns it into a token without id and secret. Its
// errors are usage errors.
func (w tokenWish) token(now time.Time) (domain.StoredToken, error) {
	role := domain.Role(w.role)
	if !slices.Contains(domain.Roles(), role) {
		return domain.StoredToken{}, usagef("--role is %q: choose admin, hr, manager, planner or auditor", w.role)
	}
	grant, err := w.grant(role)
	if err != nil {
		return domain.StoredToken{}, err
	}
	expires, err := expiry(w.expires, now)
	if err != nil {
		return domain.StoredToken{}, err
	}
	if !domain.ValidTokenLabel(w.label) {
		return domain.StoredToken{}, usagef("--label is %q: write up to 40 letters, digits, spaces, points, hyphens and underscores, beginning with a letter or digit", w.label)
	}
	return domain.StoredToken{Role: role, Grant: grant, CreatedAt: now, ExpiresAt: expires, Label: w.label}, nil
}

// grant reads the scope.
func (w tokenWish) grant(role domain.Role) (domain.Grant, error) {
	scopes := make(map[domain.ScopeKind][]string)
	for kind, codes := range map[domain.ScopeKind][]string{
		domain.ScopeOrganisation: w.organisations, domain.ScopeICB: w.icb, domain.ScopeRegion: w.areas,
	} {
		if len(codes) > 0 {
			scopes[kind] = codes
		}
	}
	if w.all {
		scopes[domain.ScopeAll] = nil
	}
	if role == domain.RoleAdmin && len(scopes) == 0 {
		scopes[domain.ScopeAll] = nil
	}
	if len(scopes) != 1 {
		return domain.Grant{}, usagef("give the token one scope: --organisation, --icb, --region or --all")
	}
	for kind, codes := range scopes {
		for i, code := range codes {
			codes[i] = strings.ToUpper(strings.TrimSpace(code))
		}
		grant, err := domain.GrantFor(role, kind, codes)
		if err != nil {
			return domain.Grant{}, &usageError{err: plain(err)}
		}
		return grant, nil
	}
	return domain.Grant{}, nil
}

// expiry returns the end of the last day that a token is good for.
func expiry(text string, now time.Time) (time.Time, error) {
	if text == "" {
		return domain.TokenEnd(nil, now)
	}
	day, err := domain.ParseDate(text)
	if err != nil {
		return time.Time{}, usagef("--expires is %q, which is not a day: write it like %s", text, domain.DateOf(now)+domain.DefaultTokenLife)
	}
	ends, err := domain.TokenEnd(&day, now)
	if err != nil {
		return time.Time{}, usagef("--expires is %s: %s", day, lowerFirst(plain(err).Error()))
	}
	return ends, nil
}
