package api

import (
	"crypto/sha256"
	"fmt"

	"skillstracker/api/sheet"
	"skillstracker/api/spec"
	"skillstracker/domain"
)

// uploadOptions is what a sender asks for beside the file.
type uploadOptions struct {
	sheet.Options

	mode               domain.UploadMode
	createMissingStaff bool
	checkOnly          bool
	key                string
}

// uploadOptions checks that the options fit the kind of file and each other. One that
// would have no effect is refused, so that nobody believes it had.
func (h *handlers) uploadOptions(organisation string, params spec.CreateUploadParams) (uploadOptions, error) {
	framework := frameworkOf(params.Framework, params.FrameworkVersion)
	options := uploadOptions{
		Options: sheet.Options{
			Kind: domain.UploadKind(params.Kind), AsAt: dateFrom(params.AsAt), Today: h.today(), Organisation: organisation,
			Framework: framework.code, FrameworkVersion: framework.version,
			Complete: orDefault(params.Complete, false), Limits: h.deps.Limits.File,
		},
		mode:               domain.UploadMode(orDefault(params.Mode, spec.CreateUploadParamsMode(domain.ModeAll))),
		createMissingStaff: orDefault(params.CreateMissingStaff, false),
		checkOnly:          orDefault(params.CheckOnly, false),
		key:                orDefault(params.IdempotencyKey, ""),
	}
	options.ValidRows = options.mode == domain.ModeValidRows
	if err := optionsForKind(options, params); err != nil {
		return uploadOptions{}, err
	}
	if options.Complete && options.ValidRows {
		return uploadOptions{}, domain.Invalid("options_contradict",
			"What is absent from a complete file ends, so it must be stored whole. Leave out mode=valid_rows, or leave out complete=true.",
			domain.FieldFault{Field: "mode", Message: "Use mode=all with complete=true."})
	}
	if options.AsAt != nil && *options.AsAt > options.Today {
		return uploadOptions{}, asAtFuture(options.Today)
	}
	return options, nil
}

// optionsForKind refuses options that other kinds of file have.
func optionsForKind(options uploadOptions, params spec.CreateUploadParams) error {
	var faults []domain.FieldFault
	if options.Complete && options.Kind == domain.UploadAssessments {
		faults = append(faults, domain.FieldFault{Field: "complete", Message: "Assessments are never complete: an assessment that is absent from a file stays. Leave the option out."})
	}
	if options.AsAt != nil && options.Kind != domain.UploadStaff {
		faults = append(faults, domain.FieldFault{Field: "as_at", Message: "Only a staff list states one position. The other kinds of file carry their dates in their rows; leave the option out."})
	}
	if options.Kind != domain.UploadAssessments {
		if options.createMissingStaff {
			faults = append(faults, domain.FieldFault{Field: "create_missing_staff", Message: "Only a file of assessments can name staff who are on no list. Leave the option out."})
		}
		faults = append(faults, frameworkFaults(options.Kind, params.Framework, params.FrameworkVersion)...)
	}
	return notForKind(options.Kind, faults)
}

// frameworkFaults are about a framework that was named where there is none.
func frameworkFaults(kind domain.UploadKind, framework, version *string) []domain.FieldFault {
	message := "Only assessments have a framework. Leave the option out."
	if kind == domain.UploadTargets {
		message = "Each row of a file of targets names its framework version. Leave the option out."
	}
	var faults []domain.FieldFault
	for _, option := range []struct {
		name  string
		given bool
	}{{"framework", framework != nil}, {"framework_version", version != nil}} {
		if option.given {
			faults = append(faults, domain.FieldFault{Field: option.name, Message: message})
		}
	}
	return faults
}

// notForKind is the error about options that a kind of file does not have, nil when
// there are none.
func notForKind(kind domain.UploadKind, faults []domain.FieldFault) error {
	if len(faults) == 0 {
		return nil
	}
	return domain.Invalid("option_not_for_kind", fmt.Sprintf("An option does not go with a file of kind %s.", kind), faults...)
}

func asAtFuture(today domain.Date) error {
	return domain.Invalid("as_at_future", "A staff list states a position that was; its date must not lie in the future.",
		domain.FieldFault{Field: "as_at", Message: "Use a day up to " + today.String() + "."})
}

// state writes into a file what was asked for it. A preview has no key, because it
// never answers for a later request.
func (o uploadOptions) state(file *domain.UploadFile) {
	file.Kind, file.Complete = o.Kind, o.Complete
	file.Mode, file.CreateMissingStaff = o.mode, o.createMissingStaff
	file.CheckOnly, file.Options = o.checkOnly, o.digest()
	if !o.checkOnly {
		file.IdempotencyKey = o.key
	}
}

// digest is the same for two requests that ask for the same of the same bytes. A
// staff list without a date is of the day it arrives, which is no option.
func (o uploadOptions) digest() [32]byte {
	asAt := ""
	if o.AsAt != nil {
		asAt = o.AsAt.String()
	}
	return sha256.Sum256(fmt.Appendf(nil, "kind=%q\nmode=%q\ncomplete=%t\nas_at=%q\ncreate_missing_staff=%t\nframework=%q\nframework_version=%q\n",
		o.Kind, o.mode, o.Complete, asAt, o.createMissingStaff, o.Framework, o.FrameworkVersion))
}
