package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/spf13/pflag"

	"skillstracker/cmd/skillstracker/demodata"
	"skillstracker/domain"
)

// The sizes of a demonstration.
const (
	demoSizeSmall    = "small"
	demoSizeNational = "national"
)

// demoNationalFolderName is the folder of the nation below the data directory.
const demoNationalFolderName = "demo-national"

// demoSize is how large a demonstration is to be; numbers that are 0 are those of the
// NHS in England, or of the start before.
type demoSize struct {
	name                  string
	trusts, staff, months int
}

func (z *demoSize) addTo(flags *pflag.FlagSet) {
	flags.StringVar(&z.name, "size", demoSizeSmall, "`size` of the demonstration: small or national")
	flags.IntVar(&z.trusts, "trusts", 0, "`number` of trusts of the nation; 200 unless given")
	flags.IntVar(&z.staff, "staff", 0, "`number` of staff of the nation; 1500000 unless given")
	flags.IntVar(&z.months, "months", 0, "`number` of months of vacancies of the nation; 60 unless given")
}

func (z *demoSize) check(flags *pflag.FlagSet) error {
	switch z.name {
	case demoSizeNational:
		return nil
	case demoSizeSmall:
		for _, name := range []string{"trusts", "staff", "months"} {
			if flags.Changed(name) {
				return usagef("--%s goes with --size national only", name)
			}
		}
		return nil
	}
	return usagef("--size is small or national, not %q", z.name)
}

// nationalDemo is a demonstration with a whole nation in it.
type nationalDemo struct {
	*demonstration
	size   demodata.National
	loaded *nationalState
}

// demonstrateNation fills a private database with a nation and, unless exit is set,
// serves until ctx ends.
func demonstrateNation(ctx context.Context, h host, s settings, size demoSize, exit bool) (err error) {
	if err := s.requireDataDir(); err != nil {
		return err
	}
	s.DataDir = filepath.Join(s.DataDir, demoNationalFolderName)
	n := &nationalDemo{demonstration: &demonstration{host: h}}
	n.line("Digital Workforce Skills Tracker: a whole nation. Every trust, person and figure in it is made up.")
	if err := n.start(ctx, s); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, n.folder.close()) }()
	if err := n.fill(ctx, size, max(1, min(h.cores, s.PoolSize/2))); err != nil {
		if ctx.Err() != nil {
			err = errors.New("stopped before everything was loaded: start it again and it goes on where it stopped")
		}
		return errors.Join(err, n.server.stop(ctx))
	}
	if exit {
		n.line("\nStopped, as asked for with --exit. Without it the server goes on, and the lines above can be pasted.")
		return errors.Join(n.server.stop(ctx), n.err)
	}
	n.line("\nThe server runs at %s until Ctrl-C.", n.server.url)
	err = n.server.wait(ctx)
	n.line("\nStopping: running requests are finished first.")
	if err = errors.Join(err, n.server.stop(ctx), n.err); err == nil {
		n.line("Server and PostgreSQL have stopped. The next start uses the same data.")
	}
	return err
}

// fill loads what is not loaded yet, makes tokens and shows how to ask.
func (n *nationalDemo) fill(ctx context.Context, size demoSize, workers int) error {
	if err := n.decideSize(size); err != nil {
		return err
	}
	if err := n.load(ctx, workers); err != nil {
		return err
	}
	if err := n.makeTokens(ctx); err != nil {
		return err
	}
	n.showQuestions()
	return n.err
}

// decideSize takes the size asked for, else that of the start before, else the whole.
func (n *nationalDemo) decideSize(asked demoSize) error {
	var err error
	if n.loaded, err = readNationalState(n.folder); err != nil {
		return err
	}
	n.size = demodata.WholeNation(n.today)
	if n.loaded.Trusts > 0 {
		n.size.Trusts, n.size.Staff, n.size.Months = n.loaded.Trusts, n.loaded.Staff, n.loaded.Months
	}
	before := n.size
	for _, part := range []struct {
		to    *int
		asked int
	}{{&n.size.Trusts, asked.trusts}, {&n.size.Staff, asked.staff}, {&n.size.Months, asked.months}} {
		if part.asked != 0 {
			*part.to = part.asked
		}
	}
	if n.loaded.Trusts > 0 && (n.size != before || n.loaded.Generator != demodata.NationalVersion) {
		return fmt.Errorf("the nation in %s has another size or was made by another version of this program: delete that folder and start again", n.folder.path)
	}
	if err := n.size.Check(); err != nil {
		return usagef("%v", err)
	}
	n.loaded.Generator = demodata.NationalVersion
	n.loaded.Trusts, n.loaded.Staff, n.loaded.Months = n.size.Trusts, n.size.Staff, n.size.Months
	return n.loaded.write()
}

// makeTokens revokes the tokens of earlier starts, makes those of this one and shows
// them.
func (n *nationalDemo) makeTokens(ctx context.Context) error {
	owner, err := n.server.db.openOwner(ctx)
	if err != nil {
		return err
	}
	err = n.revokeEarlier(ctx, owner)
	if err != nil {
		return errors.Join(err, owner.Close())
	}
	first := domain.Grant{Kind: domain.ScopeOrganisation, Codes: []string{demodata.FirstTrust}}
	n.line("\n3. Tokens, shown once; those of earlier starts are revoked")
	for _, wanted := range []struct {
		to    *string
		role  domain.Role
		grant domain.Grant
		who   string
	}{
		{&n.tokens.planner, domain.RolePlanner, domain.Grant{Kind: domain.ScopeAll}, "planner, England"},
		{&n.tokens.hr, domain.RoleHR, first, "HR of " + demodata.FirstTrust},
	} {
		if *wanted.to, _, err = n.issue(ctx, owner, wanted.role, wanted.grant, shownTokenLife); err != nil {
			return errors.Join(err, owner.Close())
		}
		n.line("   %-16s  %s", wanted.who, *wanted.to)
	}
	if err := owner.Close(); err != nil {
		return fmt.Errorf("close database: %w", err)
	}
	return nil
}

// showQuestions prints questions that can be pasted into another terminal.
func (n *nationalDemo) showQuestions() {
	last := n.size.Dates().LastList
	n.line("\n   To paste into another terminal while the server runs:")
	for _, question := range []struct{ what, path string }{
		{"vacancies by region and staff group", "/api/v1/vacancies/totals.csv?group_by=region,staff_group&as_at=" + last.String()},
		{"digital literacy against targets, by ICB", "/api/v1/digital-literacy/totals.csv?group_by=icb,competence&as_at=" + last.String()},
		{"starters, leavers and turnover of the digital workforce, month by month", "/api/v1/workforce/totals.csv?group_by=digital,month&from=" + last.AddMonths(-11).MonthEnd().String() + "&to=" + last.String()},
		{"posts being recruited to, by region and band", "/api/v1/position-vacancies/totals.csv?group_by=region,band&as_at=" + last.String()},
	} {
		n.line("\n   # planner: %s\n   curl -sS -H %s %s", question.what,
			shellQuote("Authorization: Bearer "+n.tokens.planner), shellQuote(n.server.url+question.path))
	}
}
