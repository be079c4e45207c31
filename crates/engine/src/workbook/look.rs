//! How the workbooks look: one set of formats, one set of colours.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Workbook};

use crate::sample::Action;
use crate::source::Disposition;

/// Dark text on a light tint of the disposition's Okabe–Ito colour; contrast is AA or better.
pub(super) struct Tint {
    pub fill: u32,
    pub text: u32,
    pub struck: bool,
}

pub(super) fn tint(disposition: Disposition) -> Tint {
    let (fill, text) = match disposition {
        Disposition::Discrete => (0x00CF_E2F3, 0x0000_3F66),
        Disposition::Summary => (0x00CF_EDE3, 0x0000_4D39),
        Disposition::Both => (0x00BF_E6E6, 0x0000_474D),
        Disposition::File => (0x00E0_F2FD, 0x0007_4B73),
        Disposition::Custom => (0x00F5_E1EC, 0x0073_2952),
        Disposition::Archive => (0x00EC_ECEC, 0x0040_4040),
        Disposition::NotMigrated => (0x00D4_D4D4, 0x0033_3333),
        Disposition::Undecided => (0x00FD_E7BF, 0x0066_4400),
    };
    Tint { fill, text, struck: disposition == Disposition::NotMigrated }
}

impl Tint {
    pub fn on(&self, format: Format) -> Format {
        let format = format.set_background_color(Color::RGB(self.fill)).set_font_color(Color::RGB(self.text));
        if self.struck { format.set_font_strikethrough() } else { format }
    }
}

pub(super) const INK: Color = Color::RGB(0x001F_2933);
const MUTED: Color = Color::RGB(0x0061_6E7C);
const RULE: Color = Color::RGB(0x00D9_DEE4);
const DARK: Color = Color::RGB(0x001F_3247);
const OURS: Color = Color::RGB(0x0000_5A85);
pub(super) const BAR: Color = Color::RGB(0x00A9_CCE6);
pub(super) const GAP: (Color, Color) = (Color::RGB(0x00FB_DDD0), Color::RGB(0x007A_2E00));

/// In the order of [`Action`]'s own.
const ACTIONS: [Action; 5] = [Action::Pass, Action::Surrogate, Action::Year, Action::Zip3, Action::Drop];

/// A tint for what was done to a column, from untouched to withheld.
fn on_action(action: Action, format: Format) -> Format {
    let (fill, text) = match action {
        Action::Pass => (0x00E6_F4EA, 0x0014_5A32),
        Action::Surrogate => (0x00E3_EEF9, 0x000B_3D66),
        Action::Year | Action::Zip3 => (0x00FD_F1D3, 0x0066_4400),
        Action::Drop => (0x00E5_E5E5, 0x0038_3838),
    };
    format.set_background_color(Color::RGB(fill)).set_font_color(Color::RGB(text))
}

/// Whose column a header belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shade {
    /// Asked for by the receiving system, or plain.
    Plain,
    /// Added by us beside the receiving system's columns.
    Ours,
}

/// How the cells of a column are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    /// Broken over lines where it is long.
    Wrap,
    /// The name the row is about.
    Strong,
    Centered,
    /// Numbers, written with a format of their own.
    Figures,
}

/// Height of a line of text in a cell, in points.
pub(super) const LINE: f64 = 13.0;
/// The highest row the format takes, in points.
pub(super) const HIGHEST: f64 = 409.0;

/// Every format, made once so that the library finds it again by identity.
pub(super) struct Look {
    /// Ink without a rule under it.
    pub base: Format,
    /// By [`Shade`], then over words or over figures.
    headers: [[Format; 2]; 2],
    /// The second header row of a sample sheet, and a report's cell, by [`Action`].
    treated: [Format; 5],
    treated_cell: [Format; 5],
    pub plain: Format,
    pub wrap: Format,
    pub strong: Format,
    pub centered: Format,
    pub count: Format,
    pub share: Format,
    /// Measurements, with as many decimals as they have.
    pub number: Format,
    pub moment: Format,
    pub muted: Format,
    pub title: Format,
    pub subtitle: Format,
    pub section: Format,
    pub label: Format,
    /// Beside a figure or a coloured cell, and the name over such notes.
    pub note: Format,
    pub note_head: Format,
    pub fact: Format,
    pub fact_count: Format,
    pub link: Format,
    /// A link in a grid.
    pub link_cell: Format,
    pub line: Format,
    pub chip: Format,
}

impl Look {
    pub fn new() -> Self {
        let text = Format::new().set_font_size(10).set_font_color(INK);
        let base = text.clone().set_align(FormatAlign::VerticalCenter);
        let cell = text
            .clone()
            .set_align(FormatAlign::Top)
            .set_border_bottom(FormatBorder::Thin)
            .set_border_bottom_color(RULE);
        let words = cell.clone().set_align(FormatAlign::Left).set_indent(1);
        let number = cell.clone().set_align(FormatAlign::Right);
        let header = Format::new()
            .set_font_size(10)
            .set_bold()
            .set_font_color(Color::White)
            .set_background_color(DARK)
            .set_align(FormatAlign::VerticalCenter)
            .set_text_wrap();
        let small = words.clone().set_font_size(8).set_text_wrap();
        Self {
            treated: ACTIONS.map(|a| on_action(a, small.clone())),
            treated_cell: ACTIONS.map(|a| on_action(a, words.clone())),
            headers: [DARK, OURS].map(|fill| {
                let header = header.clone().set_background_color(fill);
                let words = header.clone().set_align(FormatAlign::Left).set_indent(1);
                [words, header.set_align(FormatAlign::Center)]
            }),
            wrap: words.clone().set_text_wrap(),
            strong: words.clone().set_bold(),
            centered: cell.clone().set_align(FormatAlign::Center).set_text_wrap(),
            // Kept off the edge by the format: an indent does not survive a conditional format everywhere.
            count: number.clone().set_num_format("#,##0_)"),
            number: number.clone().set_num_format("#,##0.####_)"),
            share: number.set_num_format("0.0%_)"),
            moment: words.clone().set_num_format("yyyy-mm-dd hh:mm"),
            muted: words.clone().set_italic().set_font_color(MUTED),
            plain: words.clone(),
            title: Format::new().set_font_size(20).set_bold().set_font_color(DARK),
            subtitle: Format::new().set_font_size(12).set_font_color(MUTED),
            section: Format::new()
                .set_font_size(12)
                .set_bold()
                .set_font_color(DARK)
                .set_border_bottom(FormatBorder::Medium)
                .set_border_bottom_color(DARK),
            label: base.clone().set_font_color(MUTED),
            note_head: base.clone().set_font_color(MUTED).set_align(FormatAlign::Left).set_indent(1),
            note: base.clone().set_align(FormatAlign::Left).set_indent(1),
            fact: base.clone().set_align(FormatAlign::Left),
            fact_count: base.clone().set_align(FormatAlign::Left).set_num_format("#,##0"),
            link_cell: words.clone().set_font_color(OURS).set_underline(rust_xlsxwriter::FormatUnderline::Single),
            link: base.clone().set_font_color(OURS).set_underline(rust_xlsxwriter::FormatUnderline::Single),
            line: base.clone().set_border_bottom(FormatBorder::Thin).set_border_bottom_color(INK),
            chip: base.clone().set_bold().set_align(FormatAlign::Center),
            base,
        }
    }

    /// Gives every format its number, always the same, so that a sheet means the same in another workbook.
    pub fn register(&self, workbook: &mut Workbook) {
        let Self { base, headers, treated, treated_cell, plain, wrap, strong, centered, count, share, .. } = self;
        let Self { moment, muted, title, subtitle, section, label, note, note_head, fact, fact_count, .. } = self;
        let Self { link, link_cell, line, chip, .. } = self;
        for format in headers.iter().flatten().chain(treated).chain(treated_cell) {
            workbook.register_format(format);
        }
        for format in [
            base, plain, wrap, strong, centered, count, share, moment, muted, title, subtitle, section, label, note,
            note_head, fact, fact_count, link, link_cell, line, chip,
        ] {
            workbook.register_format(format);
        }
    }

    pub fn treated(&self, action: Action) -> &Format {
        &self.treated[action as usize]
    }

    pub fn treated_cell(&self, action: Action) -> &Format {
        &self.treated_cell[action as usize]
    }

    /// For a word of ours that stands where a value is absent, or else for the value.
    pub fn absent_or(&self, absent: bool) -> &Format {
        if absent { &self.muted } else { &self.plain }
    }

    pub fn header(&self, shade: Shade, style: Style) -> &Format {
        let [words, figures] = &self.headers[shade as usize];
        if matches!(style, Style::Centered | Style::Figures) { figures } else { words }
    }

    pub fn cell(&self, style: Style) -> &Format {
        match style {
            Style::Plain | Style::Figures => &self.plain,
            Style::Wrap => &self.wrap,
            Style::Strong => &self.strong,
            Style::Centered => &self.centered,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(rgb: u32) -> f64 {
        let part = |shift: u32| {
            let c = f64::from((rgb >> shift) & 0xFF) / 255.0;
            if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(16) + 0.7152 * part(8) + 0.0722 * part(0)
    }

    #[test]
    fn text_on_every_tint_passes_aa() {
        for disposition in Disposition::ALL {
            let tint = tint(disposition);
            let contrast = (luminance(tint.fill) + 0.05) / (luminance(tint.text) + 0.05);
            assert!(contrast >= 4.5, "{disposition:?}: {contrast:.2}");
        }
    }
}
