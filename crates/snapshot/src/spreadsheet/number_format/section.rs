//! One section of a format code as tokens.

#[derive(Debug, Clone, PartialEq)]
pub enum Token {
    Literal(String),
    /// `0`, `#` or `?`.
    Digit(char),
    Point,
    /// Between digits: thousands; after them: divided by a thousand.
    Comma,
    Percent,
    /// With the sign always shown, or only a minus.
    Exponent {
        plus: bool,
    },
    Slash,
    General,
    /// `@`
    Text,
    Year(usize),
    Month(usize),
    Day(usize),
    Hour(usize),
    Minute(usize),
    Second(usize),
    /// Decimals of a second.
    Fraction(usize),
    /// `AM/PM` or `A/P`; true for the short one.
    HalfDay(bool),
    /// `[h]`, `[mm]`, `[s]`: all that has passed.
    Elapsed(char, usize),
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Condition {
    compare: Compare,
    than: f64,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Compare {
    Less,
    AtMost,
    Equal,
    Unequal,
    AtLeast,
    More,
}

impl Condition {
    fn parse(text: &str) -> Option<Self> {
        const SIGNS: [(&str, Compare); 6] = [
            ("<=", Compare::AtMost),
            (">=", Compare::AtLeast),
            ("<>", Compare::Unequal),
            ("<", Compare::Less),
            (">", Compare::More),
            ("=", Compare::Equal),
        ];
        let (sign, compare) = SIGNS.iter().find(|(sign, _)| text.starts_with(sign))?;
        Some(Self { compare: *compare, than: text[sign.len()..].trim().parse().ok()? })
    }

    #[allow(clippy::float_cmp, reason = "the format asks for this very number")]
    pub fn holds(self, number: f64) -> bool {
        match self.compare {
            Compare::Less => number < self.than,
            Compare::AtMost => number <= self.than,
            Compare::Equal => number == self.than,
            Compare::Unequal => number != self.than,
            Compare::AtLeast => number >= self.than,
            Compare::More => number > self.than,
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    pub tokens: Vec<Token>,
    pub condition: Option<Condition>,
}

/// The sections of a code: semicolons that are neither quoted nor escaped part them.
pub fn split(code: &str) -> Vec<&str> {
    let (mut found, mut from, mut quoted) = (Vec::new(), 0, false);
    let mut letters = code.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => quoted = !quoted,
            '\\' | '_' | '*' if !quoted => drop(letters.next()),
            ';' if !quoted => {
                found.push(&code[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    found.push(&code[from..]);
    found
}

impl Section {
    pub fn parse(code: &str) -> Self {
        let mut section = Self { tokens: Vec::new(), condition: None };
        let mut rest = code;
        while let Some(letter) = rest.chars().next() {
            let used = section.take(rest, letter);
            rest = rest.get(used..).unwrap_or_default();
        }
        section.tell_minutes();
        section
    }

    pub fn is_text(&self) -> bool {
        self.tokens.contains(&Token::Text)
    }

    pub fn is_date(&self) -> bool {
        self.tokens.iter().any(Token::is_date)
    }

    fn literal(&mut self, text: &str) {
        if let Some(Token::Literal(before)) = self.tokens.last_mut() {
            before.push_str(text);
        } else {
            self.tokens.push(Token::Literal(text.to_owned()));
        }
    }

    /// Takes what the rest begins with; answers its length.
    fn take(&mut self, rest: &str, letter: char) -> usize {
        let second = rest.chars().nth(1);
        let pair = letter.len_utf8() + second.map_or(0, char::len_utf8);
        match letter {
            '"' => {
                let end = rest[1..].find('"').map_or(rest.len(), |n| n + 1);
                self.literal(&rest[1..end]);
                return end + 1;
            }
            '\\' => {
                self.literal(&second.map_or(String::new(), String::from));
                return pair;
            }
            // A blank as wide as the next letter; a letter that fills the cell, of which nothing is shown here.
            '_' => {
                self.literal(" ");
                return pair;
            }
            '*' => return pair,
            '[' => return self.bracket(rest),
            '0' | '#' | '?' => self.digit(letter),
            '.' => self.tokens.push(Token::Point),
            ',' => self.tokens.push(Token::Comma),
            '%' => self.tokens.push(Token::Percent),
            '@' => self.tokens.push(Token::Text),
            '/' => self.tokens.push(Token::Slash),
            'E' if matches!(second, Some('+' | '-')) => {
                self.tokens.push(Token::Exponent { plus: second == Some('+') });
                return 2;
            }
            _ => return self.word(rest, letter),
        }
        letter.len_utf8()
    }

    /// Zeros after the point of a second are its decimals.
    fn digit(&mut self, letter: char) {
        if letter == '0' {
            if let Some(Token::Fraction(n)) = self.tokens.last_mut() {
                *n += 1;
                return;
            }
            if let [.., Token::Second(_) | Token::Elapsed('s', _), Token::Point] = self.tokens[..] {
                self.tokens.pop();
                self.tokens.push(Token::Fraction(1));
                return;
            }
        }
        self.tokens.push(Token::Digit(letter));
    }

    fn bracket(&mut self, rest: &str) -> usize {
        let Some(end) = rest.find(']') else {
            self.literal("[");
            return 1;
        };
        let inside = &rest[1..end];
        let lower = inside.to_ascii_lowercase();
        if let Some(letter @ ('h' | 'm' | 's')) = lower.chars().next()
            && lower.chars().all(|c| c == letter)
        {
            self.tokens.push(Token::Elapsed(letter, lower.len()));
        } else if let Some(locale) = inside.strip_prefix('$') {
            let (sign, locale) = locale.split_once('-').unwrap_or((locale, ""));
            self.literal(sign);
            // The system's long date and its time: what follows is only there for programs that do not know these.
            match locale.to_ascii_uppercase().as_str() {
                "F800" => return self.instead("dddd, mmmm d, yyyy", rest),
                "F400" => return self.instead("h:mm:ss AM/PM", rest),
                _ => {}
            }
        } else if let Some(condition) = Condition::parse(inside) {
            self.condition = Some(condition);
        }
        // Anything else is a colour.
        end + 1
    }

    fn instead(&mut self, code: &str, rest: &str) -> usize {
        self.tokens = Self::parse(code).tokens;
        rest.len()
    }

    fn word(&mut self, rest: &str, letter: char) -> usize {
        let starts = |word: &str| rest.get(..word.len()).is_some_and(|s| s.eq_ignore_ascii_case(word));
        if starts("general") {
            self.tokens.push(Token::General);
            return 7;
        }
        if starts("am/pm") || starts("a/p") {
            let short = !starts("am/pm");
            self.tokens.push(Token::HalfDay(short));
            return if short { 3 } else { 5 };
        }
        let run = rest.chars().take_while(|c| c.eq_ignore_ascii_case(&letter)).count();
        let token = match letter.to_ascii_lowercase() {
            'y' => Token::Year(run),
            'e' => Token::Year(4),
            'm' => Token::Month(run),
            'd' => Token::Day(run),
            'h' => Token::Hour(run),
            's' => Token::Second(run),
            // Eras of East Asian calendars, whose years are shown as ours.
            'g' => return run,
            _ => {
                self.literal(&letter.to_string());
                return letter.len_utf8();
            }
        };
        self.tokens.push(token);
        run
    }

    /// `m` after an hour or before a second is a minute.
    fn tell_minutes(&mut self) {
        let dates: Vec<usize> = (0..self.tokens.len()).filter(|i| self.tokens[*i].is_date()).collect();
        for (n, at) in dates.iter().enumerate() {
            let Token::Month(run @ 1..=2) = self.tokens[*at] else { continue };
            let before = n.checked_sub(1).map(|p| &self.tokens[dates[p]]);
            let after = dates.get(n + 1).map(|p| &self.tokens[*p]);
            if matches!(before, Some(Token::Hour(_) | Token::Elapsed('h', _)))
                || matches!(after, Some(Token::Second(_) | Token::Elapsed('s', _)))
            {
                self.tokens[*at] = Token::Minute(run);
            }
        }
    }
}

impl Token {
    fn is_date(&self) -> bool {
        matches!(
            self,
            Self::Year(_)
                | Self::Month(_)
                | Self::Day(_)
                | Self::Hour(_)
                | Self::Minute(_)
                | Self::Second(_)
                | Self::HalfDay(_)
                | Self::Elapsed(..)
        )
    }
}
