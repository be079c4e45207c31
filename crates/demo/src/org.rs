//! The invented company: Harbor Marine Works, a ship repairer with a fire brigade and a clinic.

/// Exposures a department brings, as bits of [`Dept::risks`].
pub mod risk {
    /// Hearing conservation programme.
    pub const NOISE: u16 = 1;
    /// Respirator users.
    pub const RESP: u16 = 2;
    /// Lead.
    pub const LEAD: u16 = 4;
    /// Asbestos.
    pub const ASBESTOS: u16 = 8;
    /// Respirable silica.
    pub const SILICA: u16 = 16;
    /// Hexavalent chromium and welding fume.
    pub const CHROME: u16 = 32;
    /// Bloodborne pathogens.
    pub const BLOOD: u16 = 64;
    /// Cranes, forklifts and lorries.
    pub const DRIVER: u16 = 128;
    /// Hazardous materials team.
    pub const HAZMAT: u16 = 256;
    /// Isocyanate paints.
    pub const PAINT: u16 = 512;
    /// Hot work.
    pub const HEAT: u16 = 1024;
    /// Lasers and display screens: eye tests only.
    pub const EYES: u16 = 2048;
}
use risk::{ASBESTOS, BLOOD, CHROME, DRIVER, EYES, HAZMAT, HEAT, LEAD, NOISE, PAINT, RESP, SILICA};

/// One department.
pub struct Dept {
    /// Its code, with the leading zeros.
    pub code: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Its usual place in [`LOCATIONS`].
    pub location: usize,
    /// How many of a thousand people work there.
    pub size: u32,
    /// What its people are exposed to.
    pub risks: u16,
    /// Places in [`JOBS`].
    pub jobs: &'static [usize],
}

const fn dept(
    code: &'static str,
    name: &'static str,
    location: usize,
    size: u32,
    risks: u16,
    jobs: &'static [usize],
) -> Dept {
    Dept { code, name, location, size, risks, jobs }
}

/// The departments; `department.dept_id` is the place here plus 1.
#[rustfmt::skip]
pub const DEPTS: &[Dept] = &[
    dept("0100", "Hull Fabrication", 0, 105, NOISE | RESP | CHROME | LEAD | HEAT, &[0, 1, 2]),
    dept("0110", "Weld Shop", 0, 90, NOISE | RESP | CHROME | HEAT, &[0, 2]),
    dept("0120", "Blast & Paint", 1, 60, NOISE | RESP | LEAD | SILICA | PAINT, &[3, 4]),
    dept("0130", "Pipe Shop", 1, 60, NOISE | RESP | ASBESTOS, &[5, 2]),
    dept("0140", "Machine Shop", 0, 75, NOISE, &[6, 7]),
    dept("0150", "Electrical", 0, 60, NOISE, &[8, 2]),
    dept("0160", "Rigging & Cranes", 1, 55, NOISE | DRIVER, &[9, 10]),
    dept("0170", "Foundry", 2, 40, NOISE | RESP | SILICA | LEAD | HEAT, &[11, 12]),
    dept("0180", "Insulation & Abatement", 1, 25, NOISE | RESP | ASBESTOS, &[13]),
    dept("0190", "Dry Dock Operations", 1, 45, NOISE | HAZMAT, &[14, 2]),
    dept("0200", "Power House", 2, 30, NOISE | HEAT, &[15]),
    dept("0210", "Facilities Maintenance", 3, 50, NOISE | RESP | ASBESTOS, &[16, 8]),
    dept("0220", "Warehouse & Stores", 3, 50, DRIVER, &[17, 18]),
    dept("0230", "Transportation", 3, 25, DRIVER, &[18, 10]),
    dept("0300", "Fire & Emergency Services", 3, 35, NOISE | RESP | BLOOD | HAZMAT, &[19, 20]),
    dept("0310", "Security", 3, 30, BLOOD, &[21]),
    dept("0320", "Environmental Health & Safety", 4, 15, NOISE | RESP | HAZMAT, &[22]),
    dept("0330", "Occupational Health Clinic", 4, 12, BLOOD, &[23, 24]),
    dept("0340", "Wastewater & Utilities", 2, 18, BLOOD | HAZMAT, &[15, 16]),
    dept("0400", "Quality Assurance & NDT", 0, 30, NOISE | EYES, &[25]),
    dept("0410", "Metrology Laboratory", 4, 15, EYES, &[26]),
    dept("0420", "Chemistry Laboratory", 4, 15, RESP | LEAD | BLOOD, &[26]),
    dept("0500", "Engineering & Design", 5, 60, EYES, &[27]),
    dept("0510", "Planning & Estimating", 5, 30, 0, &[28]),
    dept("0520", "Information Systems", 5, 25, EYES, &[29]),
    dept("0530", "Finance", 5, 20, 0, &[28]),
    dept("0540", "Human Resources", 5, 15, 0, &[28]),
    dept("0550", "Food Services", 3, 18, BLOOD, &[30]),
    dept("0560", "Custodial Services", 3, 18, BLOOD, &[31]),
    dept("0600", "Apprentice School", 0, 30, NOISE, &[2, 6]),
    dept("0700", "Gulf Yard Operations", 6, 40, NOISE | RESP | CHROME, &[0, 1, 14]),
    dept("0710", "Bay Terminal", 7, 25, NOISE | DRIVER, &[10, 17]),
    dept("0900", "Administration", 5, 18, 0, &[28]),
    dept("0999", "DO NOT USE - Unassigned", 5, 1, 0, &[28]),
];

/// A place of work: code, name, street, city, state, ZIP.
pub const LOCATIONS: &[[&str; 6]] = &[
    ["MN1", "Main Yard - North", "1 Shipway Road", "Bath", "ME", "04530"],
    ["MN2", "Main Yard - Dry Docks", "40 Basin Street", "Bath", "ME", "04530"],
    ["FDY", "Foundry & Power House", "210 River Road", "Bath", "ME", "04530"],
    ["SUP", "Support Campus", "77 Depot Street", "Brunswick", "ME", "04011"],
    ["CLN", "Health & Safety Building", "79 Depot Street", "Brunswick", "ME", "04011"],
    ["HQ", "Harbor House (HQ)", "500 Commercial Street", "Portland", "ME", "04101"],
    ["GLF", "Gulf Yard", "9000 Old Spanish Trail", "Pascagoula", "MS", "39567"],
    ["BAY", "Bay Terminal", "12 Pier Road", "New Bedford", "MA", "02740-1234"],
    ["NAR", "Narragansett Annex (closed 2012)", "3 Quay Lane", "Newport", "RI", "02840"],
    ["OFF", "Off-site / Vendor", "", "", "", ""],
];

/// A job: code, title, physical demand (`S`edentary to `V`ery heavy), safety sensitive.
pub const JOBS: &[(&str, &str, &str, bool)] = &[
    ("W210", "Welder", "H", true),
    ("F115", "Shipfitter", "H", true),
    ("A001", "Apprentice", "M", true),
    ("P330", "Painter/Blaster", "H", true),
    ("P331", "Tank Coating Specialist", "H", true),
    ("P410", "Pipefitter", "H", true),
    ("M120", "Outside Machinist", "M", true),
    ("M121", "CNC Operator", "M", false),
    ("E205", "Marine Electrician", "M", true),
    ("R010", "Rigger", "V", true),
    ("R050", "Crane Operator", "L", true),
    ("C300", "Molder", "H", true),
    ("C310", "Furnace Operator", "H", true),
    ("I700", "Insulator", "H", true),
    ("D100", "Dock Hand", "V", true),
    ("U020", "Stationary Engineer", "M", true),
    ("B111", "Maintenance Mechanic", "H", true),
    ("S010", "Material Handler", "H", false),
    ("S045", "Forklift/Truck Driver (CDL)", "M", true),
    ("X001", "Firefighter/EMT", "V", true),
    ("X009", "Fire Captain", "H", true),
    ("G100", "Security Officer", "L", true),
    ("H050", "Safety Specialist", "L", false),
    ("H100", "Occupational Health Nurse", "L", false),
    ("H110", "Clinic Assistant", "L", false),
    ("Q200", "NDT Inspector", "M", true),
    ("L010", "Laboratory Technician", "L", false),
    ("N500", "Naval Architect/Engineer", "S", false),
    ("O100", "Office Professional", "S", false),
    ("O210", "Systems Analyst", "S", false),
    ("K010", "Cook/Food Handler", "M", false),
    ("K020", "Custodian", "M", false),
];

/// A user of the clinic system: login, name, credentials, initials, role, years it was used.
pub struct User {
    /// Login name.
    pub login: &'static str,
    /// Full name.
    pub name: &'static str,
    /// Professional letters.
    pub letters: &'static str,
    /// What this person signs small entries with.
    pub initials: &'static str,
    /// First and last year of work here.
    pub years: (i32, i32),
}

const fn user(
    login: &'static str,
    name: &'static str,
    letters: &'static str,
    initials: &'static str,
    first: i32,
    last: i32,
) -> User {
    User { login, name, letters, initials, years: (first, last) }
}

/// The users; `users.user_id` is the place here plus 1. The first [`CLINICIANS`] see people.
pub const USERS: &[User] = &[
    user("dpelkey", "Dorothy Pelkey", "RN, COHN-S", "DP", 2004, 2016),
    user("mkane", "Maureen Kane", "RN", "MK", 2004, 2011),
    user("jarsenault", "Joël Arsenault", "RN, COHN", "JA", 2008, 2024),
    user("tbrandvold", "Tess Brandvold", "RN", "TB", 2010, 2024),
    user("ynunez", "Yesenia Núñez", "RN, BSN", "YN", 2015, 2024),
    user("hoquist", "Hanna Oquist", "LPN", "HO", 2005, 2019),
    user("rsaltz", "Dr. Reuben Saltz", "MD, MPH", "RS", 2004, 2013),
    user("ecormier", "Dr. Elaine Cormier", "DO", "EC", 2013, 2024),
    user("pdube", "Philippe Dubé", "PA-C", "PD", 2012, 2024),
    user("cmarsh", "Carla Marsh", "CMA", "CM", 2009, 2024),
    user("glow", "Gordon Low", "CIH", "GL", 2004, 2020),
    user("svega", "Silvia Vega", "HR", "SV", 2006, 2024),
    user("btate", "Bill Tate", "CSP", "BT", 2004, 2018),
    user("kriis", "Kadri Riis", "CSP", "KR", 2018, 2024),
    user("frontdesk", "Front Desk", "", "FD", 2004, 2024),
    user("temp1", "Agency Nurse 1", "RN", "T1", 2009, 2010),
    user("temp2", "Agency Nurse 2", "", "T2", 2020, 2022),
    user("admin", "System Administrator", "", "", 2004, 2024),
    user("ohmconv", "OHM CONVERSION 11/2013", "", "OHM", 2013, 2013),
    user("hrfeed", "HR interface", "", "", 2007, 2024),
    user("zz_mkane2", "Maureen Kane (old)", "RN", "MK", 2004, 2005),
];

/// How many of [`USERS`] are nurses, doctors and assistants.
pub const CLINICIANS: usize = 10;
