//! Rust as tokens: what a file imports and calls, comments and strings left out.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Tokens of a file; a file that does not lex is the compiler's to report.
pub fn tokens(text: &str) -> Vec<TokenTree> {
    text.parse::<TokenStream>().map(|stream| stream.into_iter().collect()).unwrap_or_default()
}

/// Every path `CRATE::NAME` in a file: the line, and the name. `CRATE::{a, b::c}` counts as a and b.
pub fn names_under(text: &str, of: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    // Most files do not, and lexing takes its time.
    if text.contains(of) {
        look(&tokens(text), of, &mut found);
    }
    found
}

fn look(tokens: &[TokenTree], of: &str, found: &mut Vec<(usize, String)>) {
    for (at, token) in tokens.iter().enumerate() {
        if let TokenTree::Group(group) = token {
            look(&group.stream().into_iter().collect::<Vec<_>>(), of, found);
        }
        if !is_word(token, of) || !colons(tokens, at + 1) || (at > 1 && colons(tokens, at - 2)) {
            continue;
        }
        match tokens.get(at + 3) {
            Some(TokenTree::Ident(name)) => found.push((line_of(token), name.to_string())),
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                let firsts = inside.split(|t| is_sign(t, ',')).filter_map(|part| part.first());
                found.extend(firsts.map(|first| (line_of(first), first.to_string())));
            }
            _ => {}
        }
    }
}

/// Every path of a file that begins with `crate`, `super` or `self`, or with a word after `use`, word by word; what stands
/// in a module of tests is left out.
pub fn paths(text: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    walk(&tokens(text), &mut found);
    found
}

fn walk(tokens: &[TokenTree], found: &mut Vec<Vec<String>>) {
    let mut at = 0;
    while at < tokens.len() {
        let after_use = at > 0 && is_word(&tokens[at - 1], "use");
        let in_tests = at > 1 && is_word(&tokens[at - 1], "tests") && is_word(&tokens[at - 2], "mod");
        match &tokens[at] {
            TokenTree::Group(group) if !in_tests => walk(&inside(group), found),
            TokenTree::Ident(word) => {
                let begins = ["crate", "super", "self"].contains(&word.to_string().as_str()) && colons(tokens, at + 1);
                if (begins || after_use) && !(at > 1 && colons(tokens, at - 2)) {
                    at = spell(tokens, at, &[], found);
                    continue;
                }
            }
            _ => {}
        }
        at += 1;
    }
}

/// Puts down the path that begins here, and each of those that its braces list; answers where it ends.
fn spell(tokens: &[TokenTree], mut at: usize, start: &[String], found: &mut Vec<Vec<String>>) -> usize {
    let mut path = start.to_vec();
    loop {
        match tokens.get(at) {
            Some(TokenTree::Ident(word)) => path.push(word.to_string()),
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                for part in inside(group).split(|token| is_sign(token, ',')) {
                    spell(part, 0, &path, found);
                }
                return at + 1;
            }
            _ => break,
        }
        at += 1;
        if !colons(tokens, at) {
            break;
        }
        at += 2;
    }
    found.push(path);
    at
}

fn inside(group: &proc_macro2::Group) -> Vec<TokenTree> {
    group.stream().into_iter().collect()
}

/// Steps of `super` that lead out of the file's folder to the crate's root: the line, and the name after them.
pub fn names_above(text: &str, depth: usize) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    if text.contains("super::") {
        climb(&tokens(text), depth, &mut found);
    }
    found
}

fn climb(tokens: &[TokenTree], depth: usize, found: &mut Vec<(usize, String)>) {
    let mut at = 0;
    while at < tokens.len() {
        if let TokenTree::Group(group) = &tokens[at] {
            climb(&group.stream().into_iter().collect::<Vec<_>>(), depth, found);
        }
        let start = at;
        let mut steps = 0;
        while tokens.get(at).is_some_and(|t| is_word(t, "super")) && colons(tokens, at + 1) {
            steps += 1;
            at += 3;
        }
        if steps > 0 && steps >= depth {
            let name = tokens.get(at).map(ToString::to_string).unwrap_or_default();
            found.push((line_of(&tokens[start]), name));
        }
        at += 1;
    }
}

/// Public functions of `impl OF`, by name; `pub(super)` and the like are not public.
pub fn public_functions(text: &str, of: &str) -> Vec<String> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let Some(TokenTree::Group(body)) = tokens.get(at + 2) else { continue };
        if is_word(token, "impl") && is_word(&tokens[at + 1], of) && body.delimiter() == Delimiter::Brace {
            let inside: Vec<TokenTree> = body.stream().into_iter().collect();
            let public = inside.windows(3).filter(|w| is_word(&w[0], "pub") && is_word(&w[1], "fn"));
            found.extend(public.map(|w| w[2].to_string()));
        }
    }
    found
}

/// Whether a file calls `VARIABLE.NAME(…)` or `…?.NAME(…)`, or names `TYPE::NAME`.
pub fn calls(text: &str, variable: &str, of: &str, name: &str) -> bool {
    fn within(tokens: &[TokenTree], variable: &str, of: &str, name: &str) -> bool {
        tokens.iter().enumerate().any(|(at, token)| {
            let method = (is_word(token, variable) || is_sign(token, '?'))
                && tokens.get(at + 1).is_some_and(|t| is_sign(t, '.'))
                && tokens.get(at + 2).is_some_and(|t| is_word(t, name))
                && matches!(tokens.get(at + 3), Some(TokenTree::Group(g)) if g.delimiter() == Delimiter::Parenthesis);
            let named =
                is_word(token, of) && colons(tokens, at + 1) && tokens.get(at + 3).is_some_and(|t| is_word(t, name));
            let deeper = matches!(token, TokenTree::Group(g)
                if within(&g.stream().into_iter().collect::<Vec<_>>(), variable, of, name));
            method || named || deeper
        })
    }
    text.contains(name) && within(&tokens(text), variable, of, name)
}

/// Whether a file builds the struct `NAME { … }`: the lines where it does.
pub fn built(text: &str, name: &str) -> Vec<usize> {
    fn within(tokens: &[TokenTree], name: &str, found: &mut Vec<usize>) {
        for (at, token) in tokens.iter().enumerate() {
            if let TokenTree::Group(group) = token {
                within(&group.stream().into_iter().collect::<Vec<_>>(), name, found);
            }
            let braced = matches!(tokens.get(at + 1), Some(TokenTree::Group(g)) if g.delimiter() == Delimiter::Brace);
            if !braced || !is_word(token, name) {
                continue;
            }
            // `struct X {`, `impl X {`, `impl T for X {` and `-> X {` build nothing.
            let before = at.checked_sub(1).map(|i| tokens[i].to_string());
            if !matches!(before.as_deref(), Some("struct" | "enum" | "union" | "impl" | "for" | ">")) {
                found.push(line_of(token));
            }
        }
    }
    let mut found = Vec::new();
    if text.contains(name) {
        within(&tokens(text), name, &mut found);
    }
    found
}

/// The lines that use a word.
pub fn mentions(text: &str, word: &str) -> Vec<usize> {
    fn within(tokens: &[TokenTree], word: &str, found: &mut Vec<usize>) {
        for token in tokens {
            match token {
                TokenTree::Group(group) => within(&group.stream().into_iter().collect::<Vec<_>>(), word, found),
                token if is_word(token, word) => found.push(line_of(token)),
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    if text.contains(word) {
        within(&tokens(text), word, &mut found);
    }
    found
}

fn is_word(token: &TokenTree, word: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if ident == word)
}

fn is_sign(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign)
}

fn colons(tokens: &[TokenTree], at: usize) -> bool {
    tokens.get(at).is_some_and(|t| is_sign(t, ':')) && tokens.get(at + 1).is_some_and(|t| is_sign(t, ':'))
}

fn line_of(token: &TokenTree) -> usize {
    token.span().start().line
}
