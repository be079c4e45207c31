//! `Report`: the method, what was done to every column, and whether joins hold. It holds no source value.

use rust_xlsxwriter::Format;

use super::table::class_code;
use super::{About, CENSUS, JoinLine, METHOD, REPORT, ReportLine};
use crate::error::Result;
use crate::sample::leak::TextOrigin;
use crate::sample::{Action, Class};
use crate::workbook::look::{Shade, Style};
use crate::workbook::page::{Item, Page};
use crate::workbook::sheet_writer::SheetWriter;

/// Margin, table, column, class, action, evidence, set by, four counts.
const WIDTHS: [f64; 11] = [2.0, 27.0, 27.0, 12.0, 25.0, 56.0, 10.0, 10.0, 10.0, 10.0, 10.0];

const HEADS: [&str; 10] =
    ["Table", "Column", "Class", "Action", "Evidence", "Set by", "Sampled", "Changed", "Passed", "Withheld"];

pub(super) fn write(
    writer: &mut SheetWriter<'_>,
    about: &About,
    report: &[ReportLine],
    joins: &[JoinLine],
) -> Result<()> {
    let mut page = Page::new(writer, REPORT, &WIDTHS)?;
    let prepared = format!("{} · {} · prepared by {}", about.project, day(&about.at), about.who);
    page.title(writer, "Deidentified samples", TextOrigin::Typed, &[about.client.clone(), prepared])?;
    page.section(writer, "What this is")?;
    page.prose(
        writer,
        "Rows from the legacy database for people to look at, with what identifies a person taken out: identifiers are \
         replaced by invented values or withheld, dates are cut to the year, and what no rule recognises is withheld. \
         Invented values are drawn at random, not computed from the original; the same original gives the same invented \
         value in every table, so rows can still be joined. The finished file was searched for the names, numbers, \
         phones and birth dates of the people in the legacy database before it was released.",
    )?;
    method(writer, &mut page, about)?;
    classes(writer, &mut page, report)?;
    columns(writer, &mut page, report)?;
    joined(writer, &mut page, joins)?;
    page.finish(writer, &[])
}

fn day(at: &str) -> &str {
    at.split('T').next().unwrap_or(at)
}

fn method(writer: &mut SheetWriter<'_>, page: &mut Page, about: &About) -> Result<()> {
    page.section(writer, "Method")?;
    let (label, base) = (writer.look.label.clone(), writer.look.base.clone());
    let rare = format!(
        "values held by fewer than {} people are withheld; where no row says whom it is about, by fewer rows",
        about.rare
    );
    let rows = format!("at most {} of each table", about.rows_per_table);
    for (name, origin, text) in [
        ("Method", TextOrigin::Ours, METHOD),
        ("Dates", TextOrigin::Ours, "the year only; ages over 89 become 90+"),
        ("ZIP codes", TextOrigin::Ours, "the first three digits where the area is large enough, else 000"),
        ("Census table", TextOrigin::Ours, CENSUS),
        ("Rare values", TextOrigin::Ours, &rare),
        ("Snapshot", TextOrigin::Typed, &about.snapshot),
        ("Rows", TextOrigin::Ours, &rows),
    ] {
        page.row(writer, &[(1, Item::Text(TextOrigin::Ours, name), &label), (2, Item::Text(origin, text), &base)])?;
    }
    let cells = "Cells";
    let muted = writer.look.absent_or(true).clone();
    page.row(
        writer,
        &[
            (1, Item::Text(TextOrigin::Ours, cells), &label),
            (2, Item::Text(TextOrigin::Ours, super::NULL), &muted),
            (3, Item::Text(TextOrigin::Ours, "no value in the source"), &base),
        ],
    )?;
    page.row(
        writer,
        &[
            (2, Item::Text(TextOrigin::Ours, super::BLANK), &muted),
            (3, Item::Text(TextOrigin::Ours, "a value without characters, or only spaces"), &base),
        ],
    )?;
    page.row(
        writer,
        &[
            (2, Item::Text(TextOrigin::Ours, super::DROPPED), &muted),
            (3, Item::Text(TextOrigin::Ours, "a value that is not shown; the words in brackets say why"), &base),
        ],
    )
}

/// How many columns of each class there are, and what was done to them.
fn classes(writer: &mut SheetWriter<'_>, page: &mut Page, report: &[ReportLine]) -> Result<()> {
    page.section(writer, "Identifier classes found")?;
    let head = writer.look.label.clone();
    page.heads(
        writer,
        &[(1, "What it is", &head), (3, "Class", &head), (4, "Columns", &head), (5, "What was done", &head)],
    )?;
    let (base, strong, count) =
        (writer.look.base.clone(), writer.look.base.clone().set_bold(), writer.look.fact_count.clone());
    for class in Class::ALL {
        let of_class: Vec<&ReportLine> = report.iter().filter(|l| l.class == class).collect();
        if of_class.is_empty() {
            continue;
        }
        let actions: Vec<String> = [Action::Pass, Action::Surrogate, Action::Year, Action::Zip3, Action::Drop]
            .into_iter()
            .filter_map(|a| {
                let n = of_class.iter().filter(|l| l.action == a).count();
                (n > 0).then(|| format!("{n} {}", a.label()))
            })
            .collect();
        page.row(
            writer,
            &[
                (1, Item::Text(TextOrigin::Ours, words(class)), &base),
                (3, Item::Text(TextOrigin::Ours, &class_code(class)), &strong),
                (4, Item::Count(of_class.len() as u64), &count),
                (5, Item::Text(TextOrigin::Ours, &actions.join(", ")), &base),
            ],
        )?;
    }
    Ok(())
}

fn columns(writer: &mut SheetWriter<'_>, page: &mut Page, report: &[ReportLine]) -> Result<()> {
    page.section(writer, "Columns")?;
    let header = writer.look.header(Shade::Plain, Style::Plain).clone();
    let figures = writer.look.header(Shade::Plain, Style::Figures).clone();
    let heads: Vec<_> = HEADS
        .iter()
        .zip(1..)
        .map(|(h, i)| (i, Item::Text(TextOrigin::Ours, h), if i < 7 { &header } else { &figures }))
        .collect();
    let first = page.row_number();
    page.row(writer, &heads)?;
    let (plain, wrap, count) = (writer.look.plain.clone(), writer.look.wrap.clone(), writer.look.count.clone());
    for line in report {
        let class = class_code(line.class);
        let treated = writer.look.treated_cell(line.action).clone();
        let text = |text: &'static str| Item::Text(TextOrigin::Ours, text);
        let cells: [(u16, Item<'_>, &Format); 10] = [
            (1, Item::Text(TextOrigin::Schema, &line.table), &plain),
            (2, Item::Text(TextOrigin::Schema, &line.column), &plain),
            (3, Item::Text(TextOrigin::Ours, &class), &plain),
            (4, text(line.action.label()), &treated),
            (5, Item::Wrapped(TextOrigin::Typed, &line.evidence), &wrap),
            (6, text(if line.decided { "a person" } else { "rule" }), &plain),
            (7, Item::Count(line.sampled), &count),
            (8, Item::Count(line.changed), &count),
            (9, Item::Count(line.passed), &count),
            (10, Item::Count(line.dropped), &count),
        ];
        page.row(writer, &cells)?;
    }
    if !report.is_empty() {
        page.filter(writer, first, (1, 10))?;
    }
    Ok(())
}

fn joined(writer: &mut SheetWriter<'_>, page: &mut Page, joins: &[JoinLine]) -> Result<()> {
    page.section(writer, "Joins before and after")?;
    if joins.is_empty() {
        return page.prose(writer, "The source declares no foreign key between the sampled tables.");
    }
    let (header, plain) = (writer.look.header(Shade::Plain, Style::Plain).clone(), writer.look.plain.clone());
    let head = |text: &'static str| Item::Text(TextOrigin::Ours, text);
    let blank = || Item::Text(TextOrigin::Ours, "");
    page.row(
        writer,
        &[
            (1, head("Foreign key"), &header),
            (2, blank(), &header),
            (3, blank(), &header),
            (4, head("In the source"), &header),
            (5, head("In this workbook"), &header),
        ],
    )?;
    for join in joins {
        page.row(
            writer,
            &[
                (1, Item::Text(TextOrigin::Schema, &join.foreign_key), &plain),
                (2, blank(), &plain),
                (3, blank(), &plain),
                (4, Item::Text(TextOrigin::Ours, &join.before), &plain),
                (5, Item::Text(TextOrigin::Ours, &join.after), &plain),
            ],
        )?;
    }
    Ok(())
}

fn words(class: Class) -> &'static str {
    match class {
        Class::Name => "Names of patients, relatives, contacts",
        Class::Staff => "Names and logins of staff and providers",
        Class::Employer => "Employers",
        Class::Geo => "Places below a state",
        Class::Zip => "ZIP codes",
        Class::Date => "Dates linked to a person, and ages",
        Class::Phone => "Phone numbers",
        Class::Fax => "Fax numbers",
        Class::Email => "Mail addresses",
        Class::Ssn => "Social security numbers",
        Class::Mrn => "Medical record and employee numbers",
        Class::Plan => "Health plan numbers",
        Class::Acct => "Account numbers",
        Class::Lic => "Licence and certificate numbers",
        Class::Vehicle => "Vehicle numbers",
        Class::Device => "Device and serial numbers",
        Class::Url => "Web addresses",
        Class::Ip => "Network addresses",
        Class::Bio => "Biometric data",
        Class::Photo => "Photographs",
        Class::Uid => "Any other unique number or code",
        Class::Freetext => "Free text",
        Class::None => "No identifier: codes, enumerations, measurements",
    }
}
