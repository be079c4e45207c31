//! Text in the encodings legacy systems write, to UTF-8.

use std::io::{self, Read};

use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The encoding behind a MySQL character set name; `None` for `binary` and for sets no encoding is known of.
/// MySQL's latin1 is Windows-1252: https://dev.mysql.com/doc/refman/8.4/en/charset-we-sets.html
pub fn mysql_charset(name: &str) -> Option<&'static Encoding> {
    let label = match name.to_ascii_lowercase().as_str() {
        "utf8" | "utf8mb3" | "utf8mb4" | "ascii" => return Some(UTF_8),
        "latin1" => return Some(WINDOWS_1252),
        "latin2" => "iso-8859-2",
        "latin5" => "windows-1254",
        "latin7" => "iso-8859-13",
        "cp1250" => "windows-1250",
        "cp1251" => "windows-1251",
        "cp1256" => "windows-1256",
        "cp1257" => "windows-1257",
        "cp866" => "ibm866",
        "greek" => "iso-8859-7",
        "hebrew" => "iso-8859-8",
        "koi8r" => "koi8-r",
        "koi8u" => "koi8-u",
        "macroman" => "macintosh",
        "tis620" => "windows-874",
        "gbk" | "gb2312" => "gbk",
        "gb18030" => "gb18030",
        "big5" => "big5",
        "sjis" | "cp932" => "shift_jis",
        "ujis" | "eucjpms" => "euc-jp",
        "euckr" => "euc-kr",
        "ucs2" | "utf16" => return Some(UTF_16BE),
        "utf16le" => return Some(UTF_16LE),
        _ => return None,
    };
    Encoding::for_label(label.as_bytes())
}

/// Which bytes lead a two-byte character whose second byte may be a backslash or a quote.
pub fn wide_lead(encoding: &'static Encoding) -> Option<fn(u8) -> bool> {
    match encoding.name() {
        "GBK" | "gb18030" | "Big5" => Some(|b| (0x81..=0xfe).contains(&b)),
        "Shift_JIS" => Some(|b| matches!(b, 0x81..=0x9f | 0xe0..=0xfc)),
        _ => None,
    }
}

/// The encoding a byte order mark at the start names, with the mark's length.
pub fn byte_order_mark(start: &[u8]) -> Option<(Wide, usize)> {
    match start {
        [0xff, 0xfe, 0, 0, ..] => Some((Wide::Utf32Le, 4)),
        [0, 0, 0xfe, 0xff, ..] => Some((Wide::Utf32Be, 4)),
        [0xff, 0xfe, ..] => Some((Wide::Plain(UTF_16LE), 2)),
        [0xfe, 0xff, ..] => Some((Wide::Plain(UTF_16BE), 2)),
        [0xef, 0xbb, 0xbf, ..] => Some((Wide::Plain(UTF_8), 3)),
        _ => None,
    }
}

/// UTF-16 without a mark: every second byte of the start is zero. UTF-32: three of four are.
pub fn unmarked_wide(start: &[u8]) -> Option<Wide> {
    let start = &start[..start.len().min(4096) & !1];
    if start.len() < 8 {
        return None;
    }
    let units = |wide: fn(&[u8]) -> bool| start.chunks_exact(4).filter(|u| wide(u)).count() * 40 > start.len() * 9;
    if units(|u| u[0] != 0 && u[2..] == [0, 0]) {
        return Some(Wide::Utf32Le);
    }
    if units(|u| u[3] != 0 && u[..2] == [0, 0]) {
        return Some(Wide::Utf32Be);
    }
    let zeros = |odd: usize| start.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let half = start.len() / 2;
    let (even, odd) = (zeros(0), zeros(1));
    if odd * 10 > half * 7 && even * 20 < half {
        Some(Wide::Plain(UTF_16LE))
    } else if even * 10 > half * 7 && odd * 20 < half {
        Some(Wide::Plain(UTF_16BE))
    } else {
        None
    }
}

/// An encoding of a whole file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wide {
    Plain(&'static Encoding),
    Utf32Le,
    Utf32Be,
    /// A code page of DOS, which encoding_rs leaves out.
    Dos(Dos),
}

/// Code pages of DOS in which clinics of the West wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dos {
    Cp437,
    Cp850,
}

/// Characters of the bytes from 0x80 on: https://www.unicode.org/Public/MAPPINGS/VENDORS/MICSFT/PC/
const CP437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐\
                     └┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";
const CP850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐\
                     └┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

impl Dos {
    pub fn name(self) -> &'static str {
        match self {
            Self::Cp437 => "cp437",
            Self::Cp850 => "cp850",
        }
    }

    /// The characters of the bytes from 0x80 on.
    pub fn upper(self) -> &'static str {
        if self == Self::Cp437 { CP437 } else { CP850 }
    }

    /// The characters of all 256 bytes.
    pub fn table(self) -> Vec<char> {
        (0..128).map(char::from).chain(self.upper().chars()).collect()
    }
}

impl Wide {
    /// The encoding of a label such as `utf-8`, `windows-1252`, `cp437`.
    pub fn labelled(label: &str) -> Option<Self> {
        match label.trim().to_ascii_lowercase().as_str() {
            "utf-32" | "utf-32le" | "utf32" | "utf32le" => return Some(Self::Utf32Le),
            "utf-32be" | "utf32be" => return Some(Self::Utf32Be),
            "cp437" | "ibm437" | "437" | "dos-437" => return Some(Self::Dos(Dos::Cp437)),
            "cp850" | "ibm850" | "850" | "dos-850" => return Some(Self::Dos(Dos::Cp850)),
            _ => {}
        }
        let found = Encoding::for_label_no_replacement(label.as_bytes());
        let alias = || match label.trim().to_ascii_lowercase().replace(['_', ' '], "-").as_str() {
            "utf8-bom" | "utf-8-sig" => Some(UTF_8),
            "utf16" | "utf16le" => Some(UTF_16LE),
            "utf16be" => Some(UTF_16BE),
            other => Encoding::for_label_no_replacement(
                other.replace("windows", "windows-").replace("--", "-").replace("cp-", "cp").as_bytes(),
            ),
        };
        found.or_else(alias).map(Self::Plain)
    }

    pub fn is_unicode(self) -> bool {
        match self {
            Self::Plain(e) => [UTF_8, UTF_16LE, UTF_16BE].contains(&e),
            Self::Utf32Le | Self::Utf32Be => true,
            Self::Dos(_) => false,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Plain(e) => e.name(),
            Self::Utf32Le => "UTF-32LE",
            Self::Utf32Be => "UTF-32BE",
            Self::Dos(page) => page.name(),
        }
    }
}

/// Turns a byte stream into UTF-8 on the way. What does not decode becomes U+FFFD and is counted, so that a reader can
/// say so.
pub struct Utf8Stream<R> {
    inner: R,
    state: State,
    input: Vec<u8>,
    output: Vec<u8>,
    given: usize,
    ended: bool,
    /// Sequences that did not decode.
    pub replaced: u64,
}

enum State {
    Decoder(Box<Decoder>),
    Utf32 {
        little: bool,
    },
    /// A character a byte.
    Page(Vec<char>),
}

impl<R: Read> Utf8Stream<R> {
    pub fn new(inner: R, encoding: Wide) -> Self {
        let state = match encoding {
            Wide::Plain(e) => State::Decoder(Box::new(e.new_decoder_without_bom_handling())),
            Wide::Utf32Le => State::Utf32 { little: true },
            Wide::Utf32Be => State::Utf32 { little: false },
            Wide::Dos(page) => State::Page(page.table()),
        };
        Self { inner, state, input: Vec::new(), output: Vec::new(), given: 0, ended: false, replaced: 0 }
    }

    fn refill(&mut self) -> io::Result<()> {
        let kept = self.input.len();
        self.input.resize(kept + (64 << 10), 0);
        let n = loop {
            match self.inner.read(&mut self.input[kept..]) {
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                other => break other?,
            }
        };
        self.input.truncate(kept + n);
        self.ended = n == 0;
        self.output.clear();
        self.given = 0;
        match &mut self.state {
            State::Decoder(decoder) => {
                let need = decoder.max_utf8_buffer_length(self.input.len()).unwrap_or(self.input.len() * 3 + 16);
                self.output.resize(need, 0);
                let (_, _, written, had_errors) = decoder.decode_to_utf8(&self.input, &mut self.output, self.ended);
                self.output.truncate(written);
                self.input.clear();
                if had_errors {
                    self.replaced += 1;
                }
            }
            State::Utf32 { little } => {
                let whole = if self.ended { self.input.len().div_ceil(4) * 4 } else { self.input.len() / 4 * 4 };
                let rest = self.input.split_off(whole.min(self.input.len()));
                for unit in self.input.chunks(4) {
                    let code =
                        unit.try_into().map_or(u32::MAX, if *little { u32::from_le_bytes } else { u32::from_be_bytes });
                    let c = char::from_u32(code).unwrap_or_else(|| {
                        self.replaced += 1;
                        char::REPLACEMENT_CHARACTER
                    });
                    self.output.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
                }
                self.input = rest;
            }
            State::Page(table) => {
                for byte in &self.input {
                    let character = table[usize::from(*byte)];
                    self.output.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
                }
                self.input.clear();
            }
        }
        Ok(())
    }
}

impl<R: Read> Read for Utf8Stream<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        while self.given == self.output.len() {
            if self.ended {
                return Ok(0);
            }
            self.refill()?;
        }
        let n = buf.len().min(self.output.len() - self.given);
        buf[..n].copy_from_slice(&self.output[self.given..self.given + n]);
        self.given += n;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hands out one byte at a time.
    struct Drip<'a>(&'a [u8]);

    impl Read for Drip<'_> {
        fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
            let n = self.0.len().min(buf.len()).min(1);
            buf[..n].copy_from_slice(&self.0[..n]);
            self.0 = &self.0[n..];
            Ok(n)
        }
    }

    #[test]
    fn wide_encodings_decode_alike_in_any_chunks() {
        let text = "Zoë 王\u{1f600}\n";
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let utf32: Vec<u8> = text.chars().flat_map(|c| (c as u32).to_be_bytes()).collect();
        for (bytes, encoding) in
            [(utf16, Wide::Plain(UTF_16LE)), (utf32, Wide::Utf32Be), (text.as_bytes().to_vec(), Wide::Plain(UTF_8))]
        {
            for drip in [false, true] {
                let mut out = String::new();
                let mut stream: Box<dyn Read> = if drip {
                    Box::new(Utf8Stream::new(Drip(&bytes), encoding))
                } else {
                    Box::new(Utf8Stream::new(&bytes[..], encoding))
                };
                stream.read_to_string(&mut out).unwrap();
                assert_eq!(out, text);
            }
        }
    }

    #[test]
    fn utf16_without_a_mark_is_seen() {
        let utf16: Vec<u8> = "Employee;Name\r\n1;Núñez".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(unmarked_wide(&utf16), Some(Wide::Plain(UTF_16LE)));
        assert_eq!(unmarked_wide(b"Employee;Name\r\n1;x"), None);
    }
}
