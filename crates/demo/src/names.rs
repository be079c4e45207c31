//! Given names and surnames by origin: common ones, combined at random into invented people.

use super::random::Rng;

/// Names that go together.
struct Origin {
    weight: u32,
    men: &'static [&'static str],
    women: &'static [&'static str],
    last: &'static [&'static str],
    /// Race and ethnicity codes most people of the group would tick.
    codes: (&'static str, &'static str),
}

#[rustfmt::skip]
const ORIGINS: &[Origin] = &[
    Origin { weight: 40, codes: ("R5", "E2"),
        men: &["James", "Robert", "John", "Michael", "David", "William", "Richard", "Thomas", "Mark", "Daniel", "Paul", "Steven", "Kevin", "Brian", "George", "Timothy", "Ronald", "Jason", "Jeffrey", "Ryan", "Gary", "Scott", "Eric", "Stephen", "Larry", "Justin", "Brandon", "Samuel", "Gregory", "Patrick", "Frank", "Raymond", "Jack", "Dennis", "Tyler", "Aaron", "Sean", "Seán", "Keith", "Wayne", "Dale", "Ethan"],
        women: &["Mary", "Patricia", "Jennifer", "Linda", "Elizabeth", "Barbara", "Susan", "Jessica", "Sarah", "Karen", "Lisa", "Nancy", "Sandra", "Ashley", "Kimberly", "Donna", "Michelle", "Carol", "Amanda", "Melissa", "Deborah", "Laura", "Cynthia", "Amy", "Kathleen", "Angela", "Brenda", "Emma", "Nicole", "Helen", "Christine", "Rachel", "Janet", "Heather", "Diane", "Zoë", "Chloë", "Siobhán", "Anne-Marie", "Peggy"],
        last: &["Smith", "Johnson", "Williams", "Brown", "Jones", "Miller", "Davis", "Wilson", "Anderson", "Taylor", "Moore", "Martin", "Thompson", "White", "Clark", "Lewis", "Walker", "Hall", "Allen", "Young", "King", "Wright", "Hill", "Green", "Baker", "Adams", "Nelson", "Campbell", "Mitchell", "Carter", "Phillips", "Evans", "Turner", "Parker", "Collins", "Edwards", "Stewart", "Murphy", "Cook", "Rogers", "Morgan", "Cooper", "Bailey", "Kelly", "O'Brien", "O'Connor", "O'Neill", "McCarthy", "McDonald", "Sullivan", "Doherty", "Gallagher", "Fitzgerald", "Pelham", "Thorne", "Whitcomb", "Hatch", "Merrill", "Libby", "Dyer", "Ó Ceallaigh", "St. John"] },
    Origin { weight: 13, codes: ("R9", "E1"),
        men: &["José", "Juan", "Luis", "Carlos", "Jesús", "Miguel", "Jorge", "Ángel", "Rafael", "Héctor", "Ramón", "Andrés", "Óscar", "Raúl", "Iván", "Pedro"],
        women: &["María", "Ana", "Rosa", "Carmen", "Luz", "Sofía", "Inés", "Lucía", "Beatriz", "Yolanda", "Marisol", "Verónica", "Mónica", "Belén"],
        last: &["García", "Rodríguez", "Martínez", "Hernández", "López", "González", "Pérez", "Sánchez", "Ramírez", "Torres", "Flores", "Rivera", "Gómez", "Díaz", "Núñez", "Peña", "Muñoz", "Castañeda", "Ortiz", "Vélez", "Rivera Colón", "de la Cruz"] },
    Origin { weight: 9, codes: ("R5", "E2"),
        men: &["François", "René", "André", "Marcel", "Luc", "Jean-Pierre", "Gérard", "Benoît", "Étienne", "Roland", "Normand", "Gilles"],
        women: &["Geneviève", "Hélène", "Renée", "Chantal", "Thérèse", "Noëlle", "Aimée", "Lise", "Claudette", "Élise", "Ghislaine"],
        last: &["Tremblay", "Gagnon", "Roy", "Côté", "Bouchard", "Gauthier", "Morin", "Lavoie", "Fortin", "Gagné", "Ouellet", "Pelletier", "Bélanger", "Lévesque", "Bergeron", "Leblanc", "Paquette", "Girard", "Cloutier", "Thibodeau"] },
    Origin { weight: 8, codes: ("R5", "E2"),
        men: &["António", "João", "Manuel", "Joaquim", "Paulo", "Rui", "Fernando", "Sérgio", "Tomás", "Luís"],
        women: &["Conceição", "Fátima", "Graça", "Inês", "Lurdes", "Natália", "Filomena", "Joana", "Teresa"],
        last: &["Silva", "Santos", "Ferreira", "Pereira", "Oliveira", "Costa", "Rodrigues", "Medeiros", "Sousa", "Gonçalves", "Araújo", "Simões", "Furtado", "Câmara", "Arruda"] },
    Origin { weight: 7, codes: ("R5", "E2"),
        men: &["Łukasz", "Paweł", "Krzysztof", "Stanisław", "Tomasz", "Piotr", "Jiří", "Václav", "Miloš", "Goran", "Andrzej", "Zbigniew"],
        women: &["Małgorzata", "Agnieszka", "Bożena", "Danuta", "Ewa", "Božena", "Jolanta", "Zofia", "Vesna", "Grażyna"],
        last: &["Kowalski", "Nowak", "Wiśniewski", "Wójcik", "Kamiński", "Lewandowski", "Zieliński", "Dąbrowski", "Novák", "Dvořák", "Kovač", "Jovanović", "Petrović", "Błaszczyk", "Szymański"] },
    Origin { weight: 6, codes: ("R5", "E2"),
        men: &["Lars", "Björn", "Jürgen", "Søren", "Anders", "Karl", "Günther", "Erik", "Jörg", "Nils"],
        women: &["Ingrid", "Astrid", "Käthe", "Åsa", "Greta", "Heidi", "Solveig", "Birgit"],
        last: &["Müller", "Schröder", "Hansen", "Johansson", "Lindqvist", "Jørgensen", "Åkesson", "Weiß", "Bäcker", "Nyström", "Sørensen", "Koch"] },
    Origin { weight: 6, codes: ("R3", "E2"),
        men: &["Marcus", "Darnell", "Terrence", "Jamal", "Kwame", "Reginald", "Isaiah", "Emmanuel", "Jean-Baptiste", "Oluwaseun"],
        women: &["Latoya", "Keisha", "Ebony", "Tanisha", "Amara", "Imani", "Ngozi", "Marie-Ange", "Denise"],
        last: &["Washington", "Jefferson", "Banks", "Booker", "Okafor", "Adeyemi", "Mensah", "Baptiste", "Toussaint", "Diallo", "Étienne", "Freeman"] },
    Origin { weight: 4, codes: ("R2", "E2"),
        men: &["Wei", "Jun", "Ming", "Hao", "Jian", "Minh", "Tuấn", "Dũng", "Kenji", "Sung-ho"],
        women: &["Li", "Mei", "Xiu", "Yan", "Lan", "Hương", "Thảo", "Ngọc", "Yuki", "Ji-woo"],
        last: &["Wang", "Li", "Zhang", "Chen", "Lü", "Nguyễn", "Trần", "Phạm", "Lê", "Tanaka", "Kim", "Park"] },
    Origin { weight: 4, codes: ("R2", "E2"),
        men: &["Raj", "Arjun", "Sanjay", "Vikram", "Anil", "Suresh", "Imran"],
        women: &["Priya", "Anjali", "Lakshmi", "Deepa", "Sunita", "Meera", "Ayesha"],
        last: &["Patel", "Sharma", "Singh", "Kumar", "Gupta", "Reddy", "Iyer", "Khan"] },
    Origin { weight: 2, codes: ("R5", "E2"),
        men: &["Omar", "Khalid", "Yusuf", "Tariq", "Samir"],
        women: &["Leila", "Fatima", "Noor", "Rania", "Yasmin"],
        last: &["Haddad", "Khoury", "Al-Masri", "Nasser", "Saleh", "Mansour"] },
];

/// People whose name is recorded in its own script: family name, given name, sex is a man's,
/// race code.
pub const OWN_SCRIPT: &[(&str, &str, bool, &str)] = &[
    ("王", "小明", true, "R2"),
    ("李", "秀英", false, "R2"),
    ("陳", "建國", true, "R2"),
    ("田中", "健二", true, "R2"),
    ("김", "민지", false, "R2"),
    ("Nguyễn", "Thị Hồng", false, "R2"),
    ("حداد", "ليلى", false, "R5"),
    ("כהן", "דוד", true, "R5"),
    ("Иванов", "Сергей", true, "R5"),
    ("Παπαδόπουλος", "Γιώργος", true, "R5"),
];

/// An invented name and what goes with its origin.
pub struct Name {
    /// Given name.
    pub given: &'static str,
    /// Middle name or initial, often none.
    pub middle: String,
    /// Surname, sometimes a double one.
    pub last: String,
    /// Race and ethnicity codes.
    pub codes: (&'static str, &'static str),
}

/// Invents a name for a man or a woman.
pub fn invent(rng: &mut Rng, man: bool) -> Name {
    let weights: Vec<u32> = ORIGINS.iter().map(|o| o.weight).collect();
    let origin = &ORIGINS[rng.weighted(&weights)];
    let given_names = if man { origin.men } else { origin.women };
    let mut last = rng.pick(origin.last).to_string();
    if !man && rng.chance(0.03) {
        last = format!("{last}-{}", rng.pick(ORIGINS[0].last));
    }
    let middle = match rng.below(10) {
        0..3 => rng.pick(given_names).to_string(),
        3..7 => rng.pick(&["A.", "B", "C.", "D", "E.", "J", "L.", "M", "R.", "T"]).to_string(),
        _ => String::new(),
    };
    Name { given: rng.pick(given_names), middle, last, codes: origin.codes }
}

/// A given name for a relative or a witness.
pub fn given(rng: &mut Rng, man: bool) -> &'static str {
    rng.pick(if man { ORIGINS[0].men } else { ORIGINS[0].women })
}

/// A surname for somebody outside the company.
pub fn surname(rng: &mut Rng) -> &'static str {
    rng.pick(ORIGINS[0].last)
}

/// The name as a clerk types it on a keyboard without accents.
pub fn plain(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        match c {
            'á' | 'à' | 'â' | 'ã' | 'ä' | 'å' | 'ą' | 'ả' | 'ấ' | 'ầ' => out.push('a'),
            'Á' | 'Å' => out.push('A'),
            'ç' | 'č' | 'ć' => out.push('c'),
            'é' | 'è' | 'ê' | 'ë' | 'ę' | 'ễ' => out.push('e'),
            'É' => out.push('E'),
            'í' | 'î' | 'ï' | 'ị' => out.push('i'),
            'ł' => out.push('l'),
            'Ł' => out.push('L'),
            'ñ' | 'ń' => out.push('n'),
            'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ồ' | 'ơ' | 'ọ' => out.push('o'),
            'Ó' => out.push('O'),
            'ř' => out.push('r'),
            'š' | 'ś' => out.push('s'),
            'ú' | 'ü' | 'ũ' | 'ư' => out.push('u'),
            'ý' => out.push('y'),
            'ž' | 'ż' | 'ź' => out.push('z'),
            'ß' => out.push_str("ss"),
            '\'' => {}
            other => out.push(other),
        }
    }
    out
}

/// The name as it goes into an address: plain letters, lower case, nothing else.
pub fn mailbox(name: &str) -> String {
    plain(name).chars().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_lowercase()).collect()
}
