//! Holds the rooms of the crate apart.
//!
//! Values move in one direction through the crate, and no module names what lies further along. [`ARROWS`] says which
//! top-level module may name which; every path in `src/` that starts at the crate's root is held against it. Comments,
//! doc comments and `#[cfg(test)]` items do not count: a test may look where it wants.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

/// Each top-level module with those that it may name, in the order of `lib.rs`. A module may always name itself.
#[rustfmt::skip]
const ARROWS: &[(&str, &[&str])] = &[
    ("lib", &[]),
    ("text", &[]),
    ("wire", &[]),
    ("profile", &["text", "wire"]),
    ("fact_catalog", &["profile"]),
    ("ruleset", &["text", "wire", "profile", "fact_catalog"]),
    ("reading", &["text", "profile", "ruleset"]),
    ("facts", &["text", "profile", "fact_catalog", "ruleset", "reading"]),
    ("scoring", &["text", "wire", "profile", "fact_catalog", "ruleset", "reading", "facts"]),
    ("evaluation", &["wire", "profile", "ruleset", "reading", "scoring"]),
    ("store", &[]),
    ("service", &["wire", "profile", "ruleset", "scoring", "evaluation", "store"]),
    ("config", &[]),
    ("api", &["wire", "profile", "fact_catalog", "ruleset", "scoring", "evaluation", "service"]),
    ("server", &["config", "store", "service", "api"]),
    ("cli", &["wire", "profile", "ruleset", "scoring", "evaluation", "config", "store", "service", "api", "server"]),
    ("main", &["cli"]),
];

/// Who may name an adapter of the store's port, that is, a public module of `store`.
const NAME_ADAPTERS: &[&str] = &["store", "server", "cli"];

/// The most lines that a source file may have.
const LONGEST_FILE: usize = 500;

#[test]
fn modules_name_what_the_table_allows_and_nothing_else() -> io::Result<()> {
    let sources = sources()?;
    let modules: BTreeSet<&str> = sources.iter().map(|source| source.module.as_str()).collect();
    let mut faults: Vec<String> = modules
        .iter()
        .filter(|module| allowed(module).is_none())
        .map(|module| format!("module `{module}` has no row in ARROWS"))
        .collect();
    let mut used = BTreeSet::new();
    for source in sources.iter().filter(|source| !source.is_test) {
        let permitted = allowed(&source.module).unwrap_or_default();
        for Named { line, module: target } in named(&source.code, source.depth) {
            used.insert((source.module.clone(), target.clone()));
            let known = target == "*" || modules.contains(target.as_str());
            if known && target != source.module && !permitted.contains(&target.as_str()) {
                faults.push(format!("{}:{line}: {} -> {target}", source.path.display(), source.module));
            }
        }
    }
    for (module, target) in
        ARROWS.iter().flat_map(|(module, targets)| targets.iter().map(move |target| (*module, *target)))
    {
        if !used.contains(&(module.to_owned(), target.to_owned())) {
            faults.push(format!("`{module}` never names `{target}`"));
        }
    }
    assert!(faults.is_empty(), "the table and the code differ:\n{}", faults.join("\n"));
    Ok(())
}

#[test]
fn only_the_outermost_rooms_name_a_store_adapter() -> io::Result<()> {
    let sources = sources()?;
    let port = sources.iter().find(|source| source.path.ends_with("store/mod.rs")).map_or("", |port| &port.code);
    let adapters: Vec<&str> =
        port.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    assert!(!adapters.is_empty(), "the store has no adapter");
    let mut faults = Vec::new();
    for source in sources.iter().filter(|source| !source.is_test && !NAME_ADAPTERS.contains(&source.module.as_str())) {
        for Named { line, module } in inside_store(&source.code) {
            if module == "*" || adapters.contains(&module.as_str()) {
                faults.push(format!("{}:{line}: store::{module}", source.path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "adapters named where only the port may be:\n{}", faults.join("\n"));
    Ok(())
}

#[test]
fn no_module_names_one_that_comes_after_it_in_the_library() {
    let library = include_str!("../src/lib.rs");
    let order = library.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    let rows: Vec<&str> = ARROWS.iter().map(|(module, _)| *module).collect();
    assert_eq!(rows, ["lib"].into_iter().chain(order).chain(["main"]).collect::<Vec<_>>());
    for (index, (module, targets)) in ARROWS.iter().enumerate() {
        assert!(targets.iter().all(|target| rows[..index].contains(target)), "`{module}` names a later module");
    }
}

#[test]
fn no_source_file_is_too_long() -> io::Result<()> {
    let long: Vec<String> = sources()?
        .iter()
        .filter(|source| source.lines > LONGEST_FILE)
        .map(|source| format!("{}: {} lines", source.path.display(), source.lines))
        .collect();
    assert!(long.is_empty(), "files of more than {LONGEST_FILE} lines:\n{}", long.join("\n"));
    Ok(())
}

#[test]
fn paths_from_the_root_are_found() {
    check("use crate::text::Token;", 1, &["1 text"]);
    check("use crate::{\n    text::{self, Token},\n    wire,\n};", 1, &["2 text", "3 wire"]);
    check("fn f() { entregent::scoring::judge() }", 0, &["1 scoring"]);
    check("use crate::*;", 1, &["1 *"]);
    check("use super::wire;", 1, &["1 wire"]);
    check("use super::super::wire;", 2, &["1 wire"]);
    check("use super::wire;", 2, &[]);
    check("#[serde(with = \"crate::wire::date\")] x: u8", 1, &["1 wire"]);
    check("pub(crate) fn crate_name() {}", 1, &[]);
    check("let quote = '\"'; use crate::text;", 1, &["1 text"]);
    check("fn f<'a>(x: &'a str) { crate::text::fold(x) }", 1, &["1 text"]);
}

#[test]
fn paths_inside_the_store_are_found() {
    let found = |code: &str| -> Vec<String> { inside_store(code).into_iter().map(|named| named.module).collect() };
    assert_eq!(found("use crate::store::memory::MemoryStore;"), ["memory"]);
    assert_eq!(found("use crate::{store::{Store, sled::{SledStore}}, wire};"), ["Store", "sled"]);
    assert_eq!(found("fn f(s: &store::sled::SledStore, restore: u8, store: u8) {}"), ["sled"]);
    assert_eq!(found("use crate::store::*;"), ["*"]);
}

#[test]
fn comments_strings_and_tests_do_not_count() {
    check("// crate::api\n/* crate::api /* crate::api */ crate::api */ crate::text", 1, &["2 text"]);
    check("let s = \"see crate::api \\\" crate::api\"; crate::text", 1, &["1 text"]);
    check("let s = r#\"see \"crate::api\" there\"#; crate::text", 1, &["1 text"]);
    check("#[cfg(test)]\nmod tests {\n use crate::api; fn f() { {} }\n}\nuse crate::text;", 1, &["5 text"]);
    check("#[cfg(test)]\n#[path = \"t.rs\"]\nmod tests;\nuse crate::text;", 1, &["4 text"]);
    check("#[cfg(test)]\nfn f(x: [u8; 2]) { crate::api::g(x) }\nuse crate::text;", 1, &["3 text"]);
    check("#![cfg(test)]\nuse crate::api;", 1, &[]);
}

fn check(source: &str, depth: usize, expected: &[&str]) {
    let found: Vec<String> = named(&without_tests(&without_comments(source)), depth)
        .into_iter()
        .map(|named| format!("{} {}", named.line, named.module))
        .collect();
    assert_eq!(found, expected, "in {source}");
}

/// One file of `src/`.
struct Source {
    path: PathBuf,
    /// The top-level module that the file belongs to.
    module: String,
    /// How many `super` lead from the file's module to the crate's root.
    depth: usize,
    lines: usize,
    /// Whether the file is the body of a `#[cfg(test)] mod name;`.
    is_test: bool,
    /// The text with comments, strings and tests blanked out, lines kept.
    code: String,
}

/// A top-level module that a path names.
struct Named {
    line: usize,
    module: String,
}

fn allowed(module: &str) -> Option<&'static [&'static str]> {
    ARROWS.iter().find(|(name, _)| *name == module).map(|(_, targets)| *targets)
}

fn sources() -> io::Result<Vec<Source>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files)?;
    files.sort();
    let mut sources = Vec::new();
    let mut test_modules = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file)?;
        let inside = file.strip_prefix(&root).map_err(io::Error::other)?;
        let names: Vec<String> =
            inside.with_extension("").iter().map(|name| name.to_string_lossy().into_owned()).collect();
        let is_mod = names.last().is_some_and(|name| name == "mod");
        let depth = names.len() - usize::from(is_mod);
        let uncommented = without_comments(&text);
        let folder = if is_mod { file.with_file_name("") } else { file.with_extension("") };
        test_modules.extend(file_modules_for_tests(&uncommented).into_iter().map(|name| folder.join(name)));
        sources.push(Source {
            path: Path::new("src").join(inside),
            module: names.into_iter().next().unwrap_or_default(),
            depth,
            lines: text.lines().count(),
            is_test: false,
            code: without_tests(&uncommented),
        });
    }
    for source in &mut sources {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(&source.path);
        source.is_test = test_modules.iter().any(|module| file.with_extension("").starts_with(module));
    }
    assert!(!sources.is_empty(), "no source file found");
    Ok(sources)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    Ok(())
}

/// Finds the paths from the crate's root in `code`, which has neither comments nor tests.
fn named(code: &str, depth: usize) -> Vec<Named> {
    let mut found: Vec<(usize, String)> = Vec::new();
    for head in ["crate", "entregent", "super"] {
        for (start, _) in code.match_indices(head) {
            let before = code.get(..start).unwrap_or_default();
            let rest = code.get(start + head.len()..).unwrap_or_default();
            if before.ends_with(is_word) || before.trim_end().ends_with("::") {
                continue;
            }
            let (steps, rest) = if head == "super" { climb(rest) } else { (depth, rest) };
            if steps >= depth {
                found.extend(targets(rest).into_iter().map(|(rest, name)| (code.len() - rest, name)));
            }
        }
    }
    found.sort();
    let line = |offset| code.get(..offset).unwrap_or_default().matches('\n').count() + 1;
    found.into_iter().map(|(offset, module)| Named { line: line(offset), module }).collect()
}

/// Finds what paths through a module named `store` name next, wherever those paths start.
fn inside_store(code: &str) -> Vec<Named> {
    let line = |offset| code.get(..offset).unwrap_or_default().matches('\n').count() + 1;
    let words = code
        .match_indices("store")
        .filter(|(start, _)| !code.get(..*start).is_some_and(|before| before.ends_with(is_word)));
    words
        .flat_map(|(start, word)| targets(code.get(start + word.len()..).unwrap_or_default()))
        .map(|(rest, module)| Named { line: line(code.len() - rest), module })
        .collect()
}

/// Counts the steps of `super::super::…`; `rest` begins after the first.
fn climb(mut rest: &str) -> (usize, &str) {
    let mut steps = 1;
    while let Some(further) = after_colons(rest).and_then(|rest| rest.strip_prefix("super")) {
        if further.starts_with(is_word) {
            break;
        }
        rest = further;
        steps += 1;
    }
    (steps, rest)
}

/// The first names of the path or the group that follows, each with the length of the text from it to the end.
fn targets(rest: &str) -> Vec<(usize, String)> {
    let Some(rest) = after_colons(rest) else { return Vec::new() };
    let Some(group) = rest.strip_prefix('{') else { return first_name(rest).into_iter().collect() };
    let mut found = Vec::new();
    let (mut level, mut is_start) = (0_usize, true);
    for (offset, letter) in group.char_indices() {
        match letter {
            '}' if level == 0 => break,
            '}' => level -= 1,
            '{' => level += 1,
            ',' if level == 0 => is_start = true,
            letter if is_start && !letter.is_whitespace() => {
                found.extend(group.get(offset..).and_then(first_name));
                is_start = false;
            }
            _ => {}
        }
    }
    found
}

fn first_name(rest: &str) -> Option<(usize, String)> {
    if rest.starts_with('*') {
        return Some((rest.len(), "*".to_owned()));
    }
    let name: String = rest.chars().take_while(|letter| is_word(*letter)).collect();
    (!name.is_empty() && name != "self").then_some((rest.len(), name))
}

fn after_colons(rest: &str) -> Option<&str> {
    rest.trim_start().strip_prefix("::").map(str::trim_start)
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// Blanks out comments, and strings unless they hold nothing but a path, as in `#[serde(with = "crate::…")]`.
fn without_comments(source: &str) -> String {
    let mut code = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(letter) = rest.chars().next() {
        let length = skipped(rest).unwrap_or(0);
        let (piece, further) = rest.split_at(if length == 0 { letter.len_utf8() } else { length });
        let is_path = piece.trim_matches('"').chars().all(|letter| is_word(letter) || letter == ':');
        if length == 0 || is_path {
            code.push_str(piece);
        } else {
            code.push_str(&blank(piece));
        }
        rest = further;
    }
    code
}

/// The length of the comment, string or character literal at the start of `rest`, if one stands there.
fn skipped(rest: &str) -> Option<usize> {
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return Some(block_comment(rest));
    }
    if let Some(raw) = rest.strip_prefix('r') {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        if raw.trim_start_matches('#').starts_with('"') {
            let end = format!("\"{}", "#".repeat(hashes));
            let body = raw.get(hashes + 1..).unwrap_or_default();
            return Some(body.find(&end).map_or(rest.len(), |at| 1 + hashes + 1 + at + end.len()));
        }
        return None;
    }
    if let Some(body) = rest.strip_prefix('"') {
        return Some(1 + closing(body, '"').unwrap_or(body.len()));
    }
    let body = rest.strip_prefix('\'')?;
    let is_literal = body.starts_with('\\') || body.chars().nth(1) == Some('\'');
    is_literal.then(|| 1 + closing(body, '\'').unwrap_or(body.len()))
}

fn block_comment(rest: &str) -> usize {
    let (mut level, mut offset) = (0_usize, 0);
    while let Some(further) = rest.get(offset..).filter(|further| !further.is_empty()) {
        if further.starts_with("/*") {
            level += 1;
            offset += 2;
        } else if further.starts_with("*/") {
            level -= 1;
            offset += 2;
            if level == 0 {
                return offset;
            }
        } else {
            offset += further.chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

/// The length of `body` up to and with the closing quote; a backslash hides the character after it.
fn closing(body: &str, quote: char) -> Option<usize> {
    let mut is_hidden = false;
    for (offset, letter) in body.char_indices() {
        match letter {
            _ if is_hidden => is_hidden = false,
            '\\' => is_hidden = true,
            letter if letter == quote => return Some(offset + 1),
            _ => {}
        }
    }
    None
}

/// Blanks out every item that stands under `#[cfg(test)]`.
fn without_tests(code: &str) -> String {
    const MARK: &str = "#[cfg(test)]";
    if code.contains("#![cfg(test)]") {
        return blank(code);
    }
    let mut kept = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(at) = rest.find(MARK) {
        let (before, from) = rest.split_at(at);
        let (test, further) = from.split_at(MARK.len() + item(from.get(MARK.len()..).unwrap_or_default()));
        kept.push_str(before);
        kept.push_str(&blank(test));
        rest = further;
    }
    kept.push_str(rest);
    kept
}

/// The names of modules that `#[cfg(test)] mod name;` puts into files of their own.
fn file_modules_for_tests(code: &str) -> Vec<String> {
    code.split("#[cfg(test)]")
        .skip(1)
        .filter_map(|rest| rest.get(..item(rest)))
        .filter_map(|item| item.trim_end().strip_suffix(';')?.rsplit_once("mod "))
        .map(|(_, name)| name.trim().to_owned())
        .collect()
}

/// The length of the item at the start of `rest`: to its semicolon or to the brace that closes its body.
fn item(rest: &str) -> usize {
    let (mut brackets, mut braces) = (0_usize, 0_usize);
    for (offset, letter) in rest.char_indices() {
        match letter {
            '(' | '[' => brackets += 1,
            ')' | ']' => brackets = brackets.saturating_sub(1),
            '{' => braces += 1,
            '}' if braces <= 1 => return offset + 1,
            '}' => braces -= 1,
            ';' if brackets == 0 && braces == 0 => return offset + 1,
            _ => {}
        }
    }
    rest.len()
}

fn blank(piece: &str) -> String {
    piece.chars().map(|letter| if letter == '\n' { '\n' } else { ' ' }).collect()
}
