package localpg

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"time"
)

// immediatePatience is how long an immediate shutdown may take before the
// server is killed.
const immediatePatience = 10 * time.Second

// process is one run of the server.
type process struct {
	cmd    *exec.Cmd
	exited chan struct{} // closed when it has ended
	err    error         // how it ended; valid once exited is closed
}

// startProcess starts cmd on a thread of its own that lives as long as the
// child: the kernel counts the end of the thread that made a child as the
// death of its parent, and sends the signal of tieToParent.
func startProcess(cmd *exec.Cmd) (*process, error) {
	p := &process{cmd: cmd, exited: make(chan struct{})}
	started := make(chan error)
	go func() {
		runtime.LockOSThread() // never unlocked: the thread ends with this function
		err := cmd.Start()
		started <- err
		if err != nil {
			return
		}
		p.err = cmd.Wait()
		close(p.exited)
	}()
	if err := <-started; err != nil {
		return nil, err
	}
	return p, nil
}

// shutdown ends the server: in order, at once when hurry is closed, and by
// force when even that takes too long. The error tells of a server that did
// not end cleanly; it has ended all the same.
func (p *process) shutdown(hurry <-chan struct{}) error {
	if err := p.signal(signalFast); err != nil {
		return err
	}
	select {
	case <-p.exited:
		return p.err
	case <-hurry:
	}
	if err := p.signal(signalImmediate); err != nil {
		return err
	}
	timer := time.NewTimer(immediatePatience)
	defer timer.Stop()
	select {
	case <-p.exited:
	case <-timer.C:
		if err := p.signal(os.Kill); err != nil {
			return err
		}
		<-p.exited
	}
	return errHurried
}

// errHurried tells that the server had no time for an orderly shutdown.
var errHurried = errors.New("there was no time for an orderly shutdown")

func (p *process) signal(signal os.Signal) error {
	if err := p.cmd.Process.Signal(signal); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("signal PostgreSQL: %w", err)
	}
	return nil
}
