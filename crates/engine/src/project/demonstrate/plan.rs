//! What the first meeting at Harbor Marine decided: the lists behind the demonstration's decisions.

use crate::mapping::{MappingStatus, ModuleStatus};
use crate::source::Disposition;

/// Tables, what becomes of them, why, and their module.
pub type Decided = (&'static [&'static str], Disposition, &'static str, &'static str);

pub const TABLES: &[Decided] = &[
    (&["employee"], Disposition::Discrete, "The chart: everybody with a visit since 2005", "chart"),
    (&["employeephone"], Disposition::Discrete, "Current numbers only", "chart"),
    (&["hr_feed"], Disposition::NotMigrated, "The personnel system feeds the new system itself", ""),
    (&["audiometry"], Disposition::Both, "OSHA hearing conservation: STS needs every baseline", "audiometry"),
    (&["pft"], Disposition::Both, "Respirator and asbestos surveillance", "pft"),
    (&["immunizations"], Disposition::Discrete, "Immunization history goes over in full", "immunizations"),
    (&["immunization_type"], Disposition::Custom, "Code table behind immunizations", "immunizations"),
    (&["respiratorfittesting"], Disposition::Discrete, "Valid fit tests decide who may wear a mask", "fit testing"),
    (&["clinicvisit"], Disposition::Summary, "One summary document a visit", "clinic visits"),
    (&["rnnote", "mannote", "employeememo"], Disposition::Summary, "Narrative, as documents", "clinic visits"),
    (&["vitals"], Disposition::Discrete, "Trends are looked at", "vitals"),
    (&["employeedocuments"], Disposition::File, "Scanned pages from the file share", "documents"),
    (&["allergies"], Disposition::Discrete, "Safety: every active allergy", "chart"),
    (&["tmp_export_2011", "zz_old_employee_bak"], Disposition::NotMigrated, "Copies nobody uses", ""),
    (
        &["audit_log", "login_history", "sys_config", "sys_lock", "report_cache", "interface_queue"],
        Disposition::NotMigrated,
        "Workings of the old program",
        "",
    ),
    (&["incidentlogdemographics", "logevents"], Disposition::Archive, "OHM's paper log, kept for five years", ""),
];

/// Modules with where they stand, and their component with `get_pat_id` and document type.
pub const MODULES: &[(&str, ModuleStatus, &str, &str, &str)] = &[
    ("chart", ModuleStatus::Mapped, "Chart Data CSV API", "partition=HMW,db_cols=employee_id", ""),
    ("audiometry", ModuleStatus::Mapped, "Audiogram", "partition=HMW,db_cols=employee_id", "Audiogram"),
    ("pft", ModuleStatus::Undecided, "PFT", "partition=HMW,db_cols=employee_id", "PFT"),
    ("immunizations", ModuleStatus::Mapped, "Injections CSV API", "partition=HMW,db_cols=employee_id", ""),
    ("clinic visits", ModuleStatus::Undecided, "Summary Document", "partition=HMW,db_cols=employee_id", "Clinic visit"),
];

/// Source column, interface, field, how the value is changed, and how sure everybody is.
pub type Drawn = (&'static str, &'static str, &'static str, &'static str, MappingStatus);

pub const MAPPINGS: &[Drawn] = &[
    ("employee.mrn", "chart-data", "@patient_mrns.<PARTITION>", "Partition HMW", MappingStatus::Checked),
    (
        "employee.last_name",
        "chart-data",
        "patients.last_name",
        "Trim; title case where all capitals",
        MappingStatus::Mapped,
    ),
    ("employee.first_name", "chart-data", "patients.first_name", "Trim", MappingStatus::Mapped),
    ("employee.sex", "chart-data", "patients.sex", "1 = M, 2 = F; U and blank stay blank", MappingStatus::Mapped),
    ("audiometry.employee_id", "audiometric-data", "documents.pat_id", "By employee.mrn", MappingStatus::Mapped),
    ("audiometry.audio_id", "audiometric-data", "documents.ext_doc_id", "Prefix AUD-", MappingStatus::Mapped),
    (
        "audiometry.test_date",
        "audiometric-data",
        "audio.test_datetime",
        "With test_time where it is filled",
        MappingStatus::Mapped,
    ),
    ("audiometry.left_500", "audiometric-data", "audio.left05", "", MappingStatus::Mapped),
    ("audiometry.left_1000", "audiometric-data", "audio.left1", "", MappingStatus::Mapped),
    ("audiometry.left_2000", "audiometric-data", "audio.left2", "", MappingStatus::Mapped),
    ("audiometry.left_3000", "audiometric-data", "audio.left3", "", MappingStatus::Mapped),
    ("audiometry.left_4000", "audiometric-data", "audio.left4", "", MappingStatus::Mapped),
    ("audiometry.right_500", "audiometric-data", "audio.right05", "", MappingStatus::Mapped),
    ("audiometry.right_1000", "audiometric-data", "audio.right1", "", MappingStatus::Mapped),
    ("audiometry.right_2000", "audiometric-data", "audio.right2", "", MappingStatus::Mapped),
    ("audiometry.right_3000", "audiometric-data", "audio.right3", "", MappingStatus::Mapped),
    ("audiometry.right_4000", "audiometric-data", "audio.right4", "", MappingStatus::Mapped),
    ("audiometry.left_sts", "audiometric-data", "audio.left_sts", "Y or N", MappingStatus::Proposed),
    ("immunizations.employee_id", "injections", "documents.pat_id", "By employee.mrn", MappingStatus::Mapped),
    ("immunizations.imm_id", "injections", "documents.ext_doc_id", "Prefix IMM-", MappingStatus::Mapped),
    (
        "immunizations.given_date",
        "injections",
        "documents.service_date",
        "Zero dates: reject list",
        MappingStatus::Mapped,
    ),
    ("immunizations.cvx", "injections", "injections.inject_code", "CVX as it is", MappingStatus::Proposed),
    ("respiratorfittesting.test_date", "respirator-fit", "Test Date", "", MappingStatus::Mapped),
    ("respiratorfittesting.mask_size", "respirator-fit", "Mask Size", "", MappingStatus::Mapped),
    ("respiratorfittesting.pass_fail", "respirator-fit", "Pass/Fail", "P = Pass, F = Fail", MappingStatus::Mapped),
    ("respiratorfittesting.fit_id", "respirator-fit", "External ID", "Prefix FIT-", MappingStatus::Mapped),
];

/// Connected, but not yet gone through field by field.
pub const LINKS: &[(&str, &str)] =
    &[("pft", "pft-data"), ("clinicvisit", "summary-documents"), ("vitals", "vital-signs")];

/// Labels on documents.
pub const DESCRIPTIONS: &[(&str, &str)] = &[
    ("clinicvisit.chief_complaint", "Chief complaint"),
    ("clinicvisit.visit_notes", "Visit notes"),
    ("clinicvisit.disposition", "Disposition"),
    ("audiometry.comments", "Audiologist's comments"),
];
