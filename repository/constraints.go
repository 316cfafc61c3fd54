package repository

import (
	"strings"

	"skillstracker/domain"
)

// constraintRule says what breaking a constraint means to a caller.
type constraintRule struct {
	kind    domain.ErrorKind
	code    string
	message string
}

// constraintRules gives every named constraint of the schema, and every trigger
// that refuses as one, its meaning; a test compares it with the catalogue. Most
// say "internal": the checks in front of the database should have caught the
// fault, so breaking one is a fault of the program.
func constraintRules() map[string]constraintRule {
	rules := make(map[string]constraintRule)
	add := func(rule constraintRule, names string) {
		for name := range strings.FieldsSeq(names) {
			rules[name] = rule
		}
	}
	add(constraintRule{domain.KindConflict, "changed_meanwhile", "Somebody else changed the same records at the same time. Send the request again."}, `
		organisation_entry_key organisation_version_key organisation_lifespan_key reporting_start_key
		staff_member_employee_number_key employment_spell_key staff_version_key assessment_key vacancy_cell_key
		organisation_pkey organisation_entry_pkey organisation_version_pkey organisation_lifespan_pkey`)
	add(constraintRule{domain.KindNotFound, "organisation_not_found", "No organisation with this ODS code is in the registry."}, `
		upload_organisation_fkey staff_member_organisation_fkey vacancy_cell_organisation_fkey reporting_start_organisation_fkey`)
	add(constraintRule{domain.KindInvalid, "organisation_dates", "An organisation closes before it opens. Correct the dates in the file."}, `
		organisation_lifespan_order_check`)
	add(constraintRule{domain.KindInvalid, "token_invalid", "A token needs a known role, a scope and an end within 365 days."}, `
		access_token_expiry_check access_token_id_check access_token_pkey access_token_role_check access_token_scope_check
		access_token_sha256_check`)
	add(constraintRule{domain.KindConflict, "idempotency_key_in_use", "A request with this Idempotency-Key was answered at the same time. Send the request again."}, `
		idempotency_key_pkey`)
	add(constraintRule{domain.KindConflict, "upload_final", "Somebody else withdrew the upload at the same time. Look at it again."}, `
		upload_is_final`)
	add(constraintRule{domain.KindInternal, "internal", "Something went wrong here."}, internalConstraints)
	return rules
}

// internalConstraints are those that the checks in front of the database make
// impossible to break.
const internalConstraints = `
	area_of_work_code_check area_of_work_path_key area_of_work_pkey
	assessment_assessor_kind_check assessment_levels_check assessment_needs_check assessment_pkey assessment_staff_fkey
	assessment_team_check assessment_framework_version_fkey assessment_staff_group_fkey assessment_job_role_fkey
	assessment_band_fkey assessment_added_by_fkey assessment_scale_check
	audit_event_change_fkey audit_event_pkey band_name_key band_ordinal_key band_pkey
	change_clock_pkey change_clock_singleton_check change_finished_check change_kind_check change_must_be_finished
	change_number_key change_pkey competence_domain_fkey competence_max_level_check competence_ordinal_key competence_pkey
	contract_type_code_check contract_type_name_key contract_type_pkey
	employment_spell_added_by_fkey employment_spell_ended_by_fkey employment_spell_order_check employment_spell_pkey
	employment_spell_staff_fkey framework_code_check framework_domain_ordinal_key framework_domain_pkey
	framework_domain_version_fkey framework_level_level_check framework_level_pkey framework_level_version_fkey
	framework_pkey framework_version_framework_fkey framework_version_key framework_version_pkey
	framework_version_scoring_check framework_version_validity_check job_role_code_check job_role_group_of_code_check
	job_role_pkey job_role_staff_group_fkey organisation_added_by_fkey organisation_code_check
	organisation_entry_added_by_fkey organisation_entry_code_fkey organisation_entry_ended_by_fkey
	organisation_entry_kind_check organisation_entry_name_check organisation_kind_check
	organisation_lifespan_added_by_fkey organisation_lifespan_code_fkey organisation_lifespan_ended_by_fkey
	organisation_version_added_by_fkey organisation_version_code_fkey organisation_version_ended_by_fkey
	register_pkey register_singleton_check reporting_start_added_by_fkey reporting_start_ended_by_fkey
	reporting_start_kind_check reporting_start_pkey sector_of_organisation_pkey
	staff_group_code_check staff_group_name_key staff_group_pkey staff_list_added_by_fkey staff_list_ended_by_fkey
	staff_list_pkey staff_list_upload_fkey staff_member_added_by_fkey staff_member_employee_number_check
	staff_member_ended_by_fkey staff_member_pkey staff_version_added_by_fkey staff_version_area_of_work_fkey
	staff_version_assignments_check staff_version_band_fkey staff_version_contract_type_fkey staff_version_ended_by_fkey
	staff_version_fte_check staff_version_job_role_fkey staff_version_pkey staff_version_staff_fkey
	staff_version_staff_group_fkey staff_version_team_check upload_change_fkey upload_finding_pkey
	upload_finding_severity_check upload_finding_upload_fkey upload_format_check upload_kind_check upload_pkey
	upload_rejected_check upload_rows_check upload_sha256_check upload_state_check
	vacancy_cell_added_by_fkey vacancy_cell_agency_check vacancy_cell_area_of_work_fkey vacancy_cell_band_fkey
	vacancy_cell_bank_check vacancy_cell_budgeted_check vacancy_cell_contracted_check vacancy_cell_counts_check
	vacancy_cell_dont_know_check vacancy_cell_ended_by_fkey vacancy_cell_job_role_fkey vacancy_cell_month_check
	vacancy_cell_pkey vacancy_cell_staff_group_fkey
	upload_mode_check upload_complete_check upload_options_check upload_partly_check upload_void_change_fkey upload_voided_check
	upload_file_part_pkey upload_file_part_upload_fkey upload_file_part_part_check upload_file_part_content_check
	idempotency_key_upload_fkey idempotency_key_key_check idempotency_key_sha256_check
	assessment_confirmation_pkey assessment_confirmation_upload_fkey assessment_confirmation_framework_fkey
	assessment_confirmation_added_by_fkey assessment_confirmation_ended_by_fkey assessment_confirmation_length_check
	vacancy_confirmation_pkey vacancy_confirmation_upload_fkey vacancy_confirmation_added_by_fkey
	vacancy_confirmation_ended_by_fkey vacancy_confirmation_length_check
	assessment_end_is_final audit_event_is_final band_undeletable change_is_final change_undeletable competence_undeletable
	employment_spell_end_is_final framework_version_undeletable job_role_undeletable organisation_entry_end_is_final
	organisation_lifespan_end_is_final organisation_version_end_is_final reporting_start_end_is_final
	staff_group_undeletable staff_list_end_is_final staff_member_end_is_final staff_version_end_is_final
	vacancy_cell_end_is_final assessment_confirmation_end_is_final vacancy_confirmation_end_is_final`
