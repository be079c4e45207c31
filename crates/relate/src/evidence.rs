//! Why a relationship is believed, or doubted.

/// One reason. It names tables, columns and counts, and no value.
#[derive(Debug, Clone, PartialEq)]
pub enum Evidence {
    Declared,
    /// The column is called as the parent table, or as its key.
    NamesTable {
        table: String,
    },
    /// Its last words name the parent table; those before say in which role.
    NamesRole {
        table: String,
    },
    /// Its first words name the parent table, and nothing speaks for another.
    Begins {
        table: String,
    },
    SameName {
        column: String,
    },
    Abbreviation {
        table: String,
    },
    /// Words such as "created by": whoever wrote a row is one of these.
    Role {
        table: String,
    },
    /// Words such as "parent": a row of the same table.
    OwnTable,
    /// Its table is a kind of the parent's, as patients are persons.
    Kind {
        table: String,
    },
    /// The table's own name begins with the parent's.
    PartOf {
        table: String,
    },
    Comment {
        table: String,
    },
    /// Columns of this name point there in so many other tables.
    Elsewhere {
        tables: u64,
    },
    Indexed,
    /// Every value is one of the parent's.
    AllFound {
        values: u64,
    },
    MostFound {
        rows: u64,
        of: u64,
    },
    /// That all are found by accident is unlikely.
    Unlikely,
    /// Plain numbers from 1: any table's would fit.
    AnyWouldFit,
    Zeros {
        rows: u64,
    },
    /// Nothing stands in the column: the name alone speaks.
    NoValues,
    /// The same key in several tables; this is the smallest that holds all values.
    Smallest,
}

impl Evidence {
    /// A word for scripts.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Declared => "declared",
            Self::NamesTable { .. } => "names_table",
            Self::NamesRole { .. } => "names_role",
            Self::Begins { .. } => "begins",
            Self::SameName { .. } => "same_name",
            Self::Abbreviation { .. } => "abbreviation",
            Self::Role { .. } => "role",
            Self::OwnTable => "own_table",
            Self::Kind { .. } => "kind",
            Self::PartOf { .. } => "part_of",
            Self::Comment { .. } => "comment",
            Self::Elsewhere { .. } => "elsewhere",
            Self::Indexed => "indexed",
            Self::AllFound { .. } => "all_found",
            Self::MostFound { .. } => "most_found",
            Self::Unlikely => "unlikely",
            Self::AnyWouldFit => "any_would_fit",
            Self::Zeros { .. } => "zeros",
            Self::NoValues => "no_values",
            Self::Smallest => "smallest",
        }
    }

    /// In plain English, without a full stop.
    pub fn sentence(&self) -> String {
        match self {
            Self::Declared => "the source declares it as a foreign key".to_owned(),
            Self::NamesTable { table } => format!("the column is named after {table}"),
            Self::NamesRole { table } => format!("the end of the column's name stands for {table}"),
            Self::Begins { table } => format!("the beginning of the column's name stands for {table}"),
            Self::SameName { column } => format!("the key there has the same name, {column}"),
            Self::Abbreviation { table } => format!("the column's name is short for {table}"),
            Self::Role { table } => format!("the column's name is a role that rows of {table} have"),
            Self::OwnTable => "the column's name speaks of another row of the same table".to_owned(),
            Self::Kind { table } => format!("rows of the table are a kind of {table}"),
            Self::PartOf { table } => format!("the table's own name begins with {table}"),
            Self::Comment { table } => format!("the column's comment names {table}"),
            Self::Elsewhere { tables: 1 } => "a column of this name in another table points there".to_owned(),
            Self::Elsewhere { tables } => format!("columns of this name in {tables} other tables point there"),
            Self::Indexed => "the column has an index".to_owned(),
            Self::AllFound { values: 1 } => "its one value is found there".to_owned(),
            Self::AllFound { values } => format!("all {values} different values are found there"),
            Self::MostFound { rows, of } => format!("{rows} of {of} rows are found there"),
            Self::Unlikely => "so many values would hardly be found there by accident".to_owned(),
            Self::AnyWouldFit => "its numbers are so plain that they would fit other tables too".to_owned(),
            Self::Zeros { rows: 1 } => "1 row holds 0, which is taken for none".to_owned(),
            Self::Zeros { rows } => format!("{rows} rows hold 0, which is taken for none"),
            Self::NoValues => "no row holds a value: the name alone says so".to_owned(),
            Self::Smallest => "of the tables with this key, it is the smallest that holds all values".to_owned(),
        }
    }
}
