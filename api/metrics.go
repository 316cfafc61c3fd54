package api

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"skillstracker/api/spec"
	"skillstracker/domain"
)

// PoolStatistics says how the connections to the database are used.
type PoolStatistics struct {
	Most, Open, InUse, Idle int
	// Waits is how often a request had to wait for a connection, and Waited how long
	// all of them waited together, since the start.
	Waits  int64
	Waited time.Duration
}

// meters counts what the service does. Labels name operations, kinds, states and codes
// of the contract and never an organisation, a caller or anything that was sent, so that
// no figure about a small organisation can be read off.
type meters struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	duration *prometheus.HistogramVec
	running  prometheus.Gauge
	problems *prometheus.CounterVec
	uploads  *prometheus.CounterVec
	rows     *prometheus.CounterVec
}

// rowsCounted is the number to whose multiples the rows of a file are rounded up before
// they are counted: the exact number is how many people a small organisation has.
const rowsCounted = 100

// notRouted stands for the operation of a request that asks for none of the contract.
const notRouted = "none"

// newMeters returns meters that are at zero.
func newMeters(version string, pool func() PoolStatistics) (*meters, error) {
	m := &meters{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "skillstracker_requests_total", Help: "Requests that were answered, by operation of the contract and class of status.",
		}, []string{"operation", "status"}),
		duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "skillstracker_request_duration_seconds", Help: "Time from the head of a request to the end of its answer, by operation of the contract; that of a report or an export includes its sending.",
			Buckets: []float64{0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120, 600},
		}, []string{"operation"}),
		running: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "skillstracker_requests_running", Help: "Requests that are being worked on.",
		}),
		problems: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "skillstracker_problems_total", Help: "Answers that were problem documents, by code: what was refused, what was rate limited, what failed.",
		}, []string{"code"}),
		uploads: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "skillstracker_uploads_total", Help: "Files that were stored or rejected, by kind and state; repeats and previews are not counted.",
		}, []string{"kind", "state"}),
		rows: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "skillstracker_upload_rows_total", Help: "Rows of those files, each file rounded up to the next " + strconv.Itoa(rowsCounted) + ", by kind.",
		}, []string{"kind"}),
	}
	build := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "skillstracker_build_info", Help: "Always 1; the label is the version of the program.",
		ConstLabels: prometheus.Labels{"version": version},
	})
	build.Set(1)
	for _, collector := range append(poolCollectors(pool),
		m.requests, m.duration, m.running, m.problems, m.uploads, m.rows, build,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
	) {
		if err := m.registry.Register(collector); err != nil {
			return nil, fmt.Errorf("register metrics: %w", err)
		}
	}
	return m, nil
}

// request counts one request that was answered.
func (m *meters) request(operationID string, status int, took time.Duration) {
	m.requests.WithLabelValues(operationID, strconv.Itoa(status/100)+"xx").Inc()
	m.duration.WithLabelValues(operationID).Observe(took.Seconds())
}

// problem counts one problem document. Codes are constants of the program.
func (m *meters) problem(code string) { m.problems.WithLabelValues(code).Inc() }

// upload counts one file that was stored or rejected, the first time that it was sent.
func (m *meters) upload(stored domain.Upload) {
	if stored.Repeated {
		return
	}
	m.uploads.WithLabelValues(string(stored.Kind), string(stored.State)).Inc()
	hundreds := (stored.Counts.RowsRead + rowsCounted - 1) / rowsCounted
	m.rows.WithLabelValues(string(stored.Kind)).Add(float64(hundreds * rowsCounted))
}

// poolCollectors read the connections' statistics whenever they are asked for them.
func poolCollectors(read func() PoolStatistics) []prometheus.Collector {
	const prefix = "skillstracker_database_connections_"
	gauge := func(name, help string, value func(PoolStatistics) int) prometheus.Collector {
		return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: prefix + name, Help: help}, func() float64 { return float64(value(read())) })
	}
	counter := func(name, help string, value func(PoolStatistics) float64) prometheus.Collector {
		return prometheus.NewCounterFunc(prometheus.CounterOpts{Name: prefix + name, Help: help}, func() float64 { return value(read()) })
	}
	return []prometheus.Collector{
		gauge("most", "Greatest number of connections to the database.", func(s PoolStatistics) int { return s.Most }),
		gauge("open", "Open connections to the database.", func(s PoolStatistics) int { return s.Open }),
		gauge("in_use", "Connections to the database that work for a request.", func(s PoolStatistics) int { return s.InUse }),
		gauge("idle", "Connections to the database that are free.", func(s PoolStatistics) int { return s.Idle }),
		counter("waits_total", "How often a request had to wait for a connection.", func(s PoolStatistics) float64 { return float64(s.Waits) }),
		counter("waited_seconds_total", "Time that requests waited for a connection.", func(s PoolStatistics) float64 { return s.Waited.Seconds() }),
	}
}

// GetMetrics answers with all counters. They are read before the first byte is sent, so
// that a failure is a problem document.
func (h *handlers) GetMetrics(context.Context, spec.GetMetricsRequestObject) (spec.GetMetricsResponseObject, error) {
	families, err := h.meters.registry.Gather()
	if err != nil {
		return nil, fmt.Errorf("read metrics: %w", err)
	}
	return metricsAnswer{prometheus.GathererFunc(always(families))}, nil
}

// always returns a function that returns a value.
func always[T any](value T) func() (T, error) { return func() (T, error) { return value, nil } }

// metricsAnswer is a good answer of GetMetrics.
type metricsAnswer struct{ read prometheus.Gatherer }

// VisitGetMetricsResponse implements spec.GetMetricsResponseObject. The form is always the
// text format 0.0.4, which every scraper reads.
func (a metricsAnswer) VisitGetMetricsResponse(w http.ResponseWriter) error {
	asked := &http.Request{Method: http.MethodGet, Header: http.Header{"Accept": {"text/plain; version=0.0.4"}}}
	promhttp.HandlerFor(a.read, promhttp.HandlerOpts{DisableCompression: true, ErrorHandling: promhttp.HTTPErrorOnError}).ServeHTTP(w, asked)
	return nil
}
