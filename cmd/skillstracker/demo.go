package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"

	"github.com/spf13/cobra"

	"skillstracker/cmd/skillstracker/demodata"
	"skillstracker/domain"
)

// demoFolderName is the folder of the demonstration below the data directory.
const demoFolderName = "demo"

func newDemoCommand(h host) *cobra.Command {
	var exit bool
	var size demoSize
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Show the whole service with made-up people of real organisations",
		Long: `Runs a server on a private database of its own, in the folder demo of the data
directory, and fills it through the HTTP API: real NHS trusts and a made-up social
care provider, with synthetic staff, assessments and vacancies. Then it shows what
HR, a manager and a planner get, and serves until Ctrl-C.

A second start uses the same data. The settings of a database are ignored, so that
no real data can be touched. The log is in the folder too.

With --size national it is a nation instead, in the folder demo-national: 200 made-up
trusts with 1.5 million staff, three rounds of assessments, 60 months of vacancies,
position vacancies and targets. Loading it takes some ten minutes and 5 GB; a start
that was cut off is carried on by the next.`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, _, err := loadExcept(h, cmd.Flags(), "database-url", "owner-database-url")
			if err != nil {
				return err
			}
			if err := size.check(cmd.Flags()); err != nil {
				return err
			}
			if size.name == demoSizeNational {
				return demonstrateNation(cmd.Context(), h, s, size, exit)
			}
			return demonstrate(cmd.Context(), h, s, exit)
		},
	}
	addSettings(cmd.Flags(), h, scopeService)
	cmd.Flags().BoolVar(&exit, "exit", false, "stop after the last line instead of serving on")
	size.addTo(cmd.Flags())
	return cmd
}

// demonstration is one run of the demonstration.
type demonstration struct {
	host   host
	folder *demoFolder
	state  demoState
	today  domain.Date // for which the data is made
	dates  demodata.Dates
	server *service
	client *client
	tokens demoTokens
	// rejected is the id of the upload with mistakes.
	rejected string
	mended   string // path of the same file put right
	err      error  // the first failure to write a line
}

// line writes a line for people. A failure is kept until the end.
func (d *demonstration) line(format string, values ...any) {
	if d.err != nil {
		return
	}
	if _, err := fmt.Fprintf(d.host.stdout, format+"\n", values...); err != nil {
		d.err = fmt.Errorf("write: %w", err)
	}
}

// demonstrate runs the demonstration and, unless exit is set, serves until ctx ends.
func demonstrate(ctx context.Context, h host, s settings, exit bool) (err error) {
	if err := s.requireDataDir(); err != nil {
		return err
	}
	s.DataDir = filepath.Join(s.DataDir, demoFolderName)
	d := &demonstration{host: h}
	d.line("Digital Workforce Skills Tracker: a demonstration. Every person and figure in it is made up.")
	if err := d.start(ctx, s); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.folder.close()) }()
	if err := d.show(ctx); err != nil {
		if ctx.Err() != nil {
			err = errors.New("stopped before the demonstration was over: start it again and it goes on where it stopped")
		}
		return errors.Join(err, d.server.stop(ctx))
	}
	if exit {
		d.line("\nStopped, as asked for with --exit. Without it the server goes on, and the lines above can be pasted.")
		return errors.Join(d.server.stop(ctx), d.err)
	}
	d.line("\nThe server runs at %s until Ctrl-C.", d.server.url)
	err = d.server.wait(ctx)
	d.line("\nStopping: running requests are finished first.")
	if err = errors.Join(err, d.server.stop(ctx), d.err); err == nil {
		d.line("Server and PostgreSQL have stopped. The next start uses the same data.")
	}
	return err
}

// show goes through the five parts.
func (d *demonstration) show(ctx context.Context) error {
	for _, part := range []func(context.Context) error{
		d.loadRegistry, d.makeTokens, d.loadFiles, d.showHR, d.showTotals, d.writeReports, d.showQuestions,
	} {
		if err := part(ctx); err != nil {
			return err
		}
		if d.err != nil {
			return d.err
		}
	}
	return nil
}

// start runs the private database and the server of the demonstration.
func (d *demonstration) start(ctx context.Context, s settings) error {
	listener, err := listen(ctx, s.Listen)
	if err != nil {
		return err
	}
	log := &lateWriter{}
	logger := newLogger(log, s)
	d.line("\n1. Database\n   PostgreSQL is being started.")
	db, err := startPrivate(ctx, s, false, logger)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	if err := d.prepare(ctx, s, db, log); err != nil {
		return errors.Join(err, db.close(ctx), listener.Close())
	}
	// One caller of this machine loads a whole nation and is measured against others.
	s.Rates.Requests, s.Rates.Heavy = 0, 0
	d.server, err = startService(ctx, d.host, s, listener, db, logger)
	if err != nil {
		return errors.Join(err, d.folder.close())
	}
	transport, err := ownTransport(s.TLSCertificate)
	if err != nil {
		return errors.Join(err, d.server.stop(ctx), d.folder.close())
	}
	d.client = newClient(d.server.url, transport)
	logger.InfoContext(ctx, "demonstration", slog.String("data_for", d.today.String()))
	return d.err
}

// prepare opens the folder, remembers the last start and readies the database.
func (d *demonstration) prepare(ctx context.Context, s settings, db *database, log *lateWriter) (err error) {
	d.folder, err = openDemoFolder(s.DataDir)
	if err != nil {
		return err
	}
	file, err := d.folder.openLog()
	if err != nil {
		return errors.Join(err, d.folder.close())
	}
	// The log stays open to the end of the process, which is the end of the log.
	if err := errors.Join(log.send(file), d.remember()); err != nil {
		return errors.Join(err, d.folder.close())
	}
	applied, err := db.migrate(ctx)
	if err != nil {
		return errors.Join(err, d.folder.close())
	}
	owner, err := db.openOwner(ctx)
	if err != nil {
		return errors.Join(err, d.folder.close())
	}
	if err := errors.Join(owner.MarkSynthetic(ctx), owner.Close()); err != nil {
		return errors.Join(fmt.Errorf("mark the database synthetic: %w", err), d.folder.close())
	}
	d.line("   PostgreSQL %s runs in %s, for this program alone.", db.cluster.Version(), s.DataDir)
	if applied > 0 {
		d.line("   %d migrations were applied.", applied)
	} else {
		d.line("   It holds the data of an earlier start.")
	}
	return nil
}

// remember reads the state of the last start and decides the day of the data.
func (d *demonstration) remember() (err error) {
	d.state, err = d.folder.readState()
	if err != nil {
		return err
	}
	d.today = domain.DateOf(d.host.now())
	if d.state.Today != "" {
		if d.state.Generator != demodata.Version {
			return fmt.Errorf("the demonstration in %s was made by another version of this program: delete that folder and start again", d.folder.path)
		}
		if d.today, err = domain.ParseDate(d.state.Today); err != nil {
			return fmt.Errorf("%s is damaged: delete %s and start again: %w", demoStateName, d.folder.path, err)
		}
	}
	d.dates = demodata.DatesOf(d.today)
	if d.state.Loaded == nil {
		d.state.Loaded = make(map[string]string)
	}
	d.state.Generator, d.state.Today = demodata.Version, d.today.String()
	return d.folder.writeState(d.state)
}
