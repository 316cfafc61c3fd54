package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"skillstracker/cmd/skillstracker/demodata"
	"skillstracker/domain"
	"skillstracker/repository"
)

// How long tokens of the demonstration hold: those that it works with itself are
// revoked as soon as the work is done.
const (
	shownTokenLife = 30 * 24 * time.Hour
	ownTokenLife   = time.Hour
)

// demoTokens are the tokens that the demonstration shows.
type demoTokens struct{ hr, manager, planner string }

// withToken makes a token for one piece of work of the demonstration itself and
// revokes it afterwards.
func (d *demonstration) withToken(ctx context.Context, role domain.Role, work func(token string) error) error {
	owner, err := d.server.db.openOwner(ctx)
	if err != nil {
		return err
	}
	token, id, err := d.issue(ctx, owner, role, domain.Grant{Kind: domain.ScopeAll}, ownTokenLife)
	if err != nil {
		return errors.Join(err, owner.Close())
	}
	err = work(token)
	revoked := owner.RevokeToken(context.WithoutCancel(ctx), id, d.host.now())
	return errors.Join(err, revoked, owner.Close())
}

// issue makes a token, and remembers it for revocation at the next start.
func (d *demonstration) issue(
	ctx context.Context, owner *repository.Owner, role domain.Role, grant domain.Grant, life time.Duration,
) (token, id string, err error) {
	now := d.host.now()
	token, id, err = issueToken(ctx, owner, domain.StoredToken{
		Role: role, Grant: grant, CreatedAt: now, ExpiresAt: now.Add(life),
	})
	if err != nil {
		return "", "", err
	}
	d.state.Tokens = append(d.state.Tokens, id)
	return token, id, d.folder.writeState(d.state)
}

// makeTokens revokes the tokens of earlier starts, makes the three of this one
// and shows them.
func (d *demonstration) makeTokens(ctx context.Context) error {
	owner, err := d.server.db.openOwner(ctx)
	if err != nil {
		return err
	}
	return errors.Join(d.makeTokensAs(ctx, owner), owner.Close())
}

// revokeEarlier revokes the tokens of earlier starts.
func (d *demonstration) revokeEarlier(ctx context.Context, owner *repository.Owner) error {
	for _, id := range d.state.Tokens {
		err := owner.RevokeToken(ctx, id, d.host.now())
		if err != nil && domain.KindOf(err) != domain.KindNotFound {
			return fmt.Errorf("revoke token of an earlier start: %w", err)
		}
	}
	d.state.Tokens = nil
	return nil
}

func (d *demonstration) makeTokensAs(ctx context.Context, owner *repository.Owner) error {
	if err := d.revokeEarlier(ctx, owner); err != nil {
		return err
	}
	one := domain.Grant{Kind: domain.ScopeOrganisation, Codes: []string{demodata.Showcase}}
	all := domain.Grant{Kind: domain.ScopeAll}
	d.line("\n3. Tokens, shown once; those of earlier starts are revoked")
	for _, wanted := range []struct {
		to    *string
		role  domain.Role
		grant domain.Grant
		who   string
	}{
		{&d.tokens.hr, domain.RoleHR, one, "HR of " + demodata.Showcase},
		{&d.tokens.manager, domain.RoleManager, one, "manager at " + demodata.Showcase},
		{&d.tokens.planner, domain.RolePlanner, all, "planner, England"},
	} {
		var err error
		if *wanted.to, _, err = d.issue(ctx, owner, wanted.role, wanted.grant, shownTokenLife); err != nil {
			return err
		}
		d.line("   %-16s  %s", wanted.who, *wanted.to)
	}
	return nil
}
