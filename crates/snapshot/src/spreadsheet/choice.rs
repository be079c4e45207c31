//! What a person says of a workbook.

/// What a person decided about the sheets of a workbook; what is not named is found out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SheetChoice {
    pub sheets: Vec<OneSheet>,
}

/// A decision about one sheet; several with ranges may stand for one sheet, each is a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OneSheet {
    pub sheet: String,
    /// The last row of the header, from 1 as the legacy program counts; 0 where there is none.
    pub header_row: Option<u32>,
    pub skip: bool,
    /// The cells of the table with its header, such as `A5:K200`.
    pub range: Option<String>,
}

impl SheetChoice {
    /// What is decided about a sheet. The legacy program tells no two sheets apart by case.
    pub fn of(&self, sheet: &str) -> Vec<&OneSheet> {
        let folded = sheet.to_lowercase();
        self.sheets.iter().filter(|one| one.sheet.to_lowercase() == folded).collect()
    }
}
