//! `entregent import`: turns what was exported elsewhere into profile documents, one a line.

use std::fs::File;
use std::io::{self, Read, Seek as _};
use std::path::{Path, PathBuf};

use zip::ZipArchive;

use crate::cli::{Ending, output};
use crate::profile::import::linkedin::{self, CONNECTIONS, INVITATIONS};
use crate::wire::Refusal;

/// What to import.
#[derive(clap::Subcommand)]
pub(super) enum Source {
    /// Connections and invitations of a LinkedIn data export, without names.
    LinkedinExport {
        /// The archive as it was downloaded, the folder it was unpacked into, or its `Connections.csv`.
        path: PathBuf,
    },
}

/// The most bytes of a table, unpacked.
const LONGEST_TABLE: u64 = 64 << 20;

/// The tables that are read, as far as they are there.
#[derive(Default)]
struct Tables {
    connections: Option<Vec<u8>>,
    invitations: Option<Vec<u8>>,
}

/// Prints a document a line; rows that are wrong are told on standard error and make it a faulty input.
pub(super) fn run(source: &Source) -> Result<(), Ending> {
    let Source::LinkedinExport { path } = source;
    let tables = read(path).map_err(|error| {
        output::complain(&format!("{}: {error}", path.display()));
        Ending::WrongUse
    })?;
    if tables.connections.is_none() && tables.invitations.is_none() {
        output::complain(&format!("{}: neither `{CONNECTIONS}` nor `{INVITATIONS}` is there", path.display()));
        return Err(Ending::FaultyInput);
    }
    let export = linkedin::join(tables.connections.as_deref(), tables.invitations.as_deref());
    let mut lines = Vec::new();
    for document in &export.documents {
        lines.extend(serde_json::to_vec(document).unwrap_or_default());
        lines.push(b'\n');
    }
    output::raw(&lines)?;
    let count = export.documents.len();
    output::complain(&format!("profiles: {count}; rows left out, for they say nothing of a person: {}", export.silent));
    export.refused.iter().for_each(|(table, refusal)| complain(table, refusal));
    if export.refused.is_empty() { Ok(()) } else { Err(Ending::FaultyInput) }
}

fn complain(table: &str, refusal: &Refusal) {
    if let Refusal::Invalid(complaints) = refusal {
        complaints.iter().for_each(|it| output::complain(&format!("{table}{}: {}", it.pointer, it.reason)));
    }
}

fn read(path: &Path) -> io::Result<Tables> {
    if path.is_dir() {
        let table = |name: &str| match File::open(path.join(name)) {
            Ok(file) => bounded(file).map(Some),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        };
        return Ok(Tables { connections: table(CONNECTIONS)?, invitations: table(INVITATIONS)? });
    }
    let mut file = File::open(path)?;
    let mut first = [0; 2];
    let is_archive = file.read(&mut first)? == first.len() && &first == b"PK";
    file.rewind()?;
    if !is_archive {
        return Ok(Tables { connections: Some(bounded(file)?), invitations: None });
    }
    let mut archive = ZipArchive::new(file).map_err(io::Error::other)?;
    Ok(Tables { connections: unpack(&mut archive, CONNECTIONS)?, invitations: unpack(&mut archive, INVITATIONS)? })
}

/// Unpacks the table of this name, in whatever folder of the archive it is.
fn unpack(archive: &mut ZipArchive<File>, name: &str) -> io::Result<Option<Vec<u8>>> {
    let names = archive.file_names().filter_map(Result::ok);
    let entry = names.map(|entry| entry.into_owned()).find(|entry| entry.rsplit('/').next() == Some(name));
    let Some(entry) = entry else { return Ok(None) };
    bounded(archive.by_name(&entry).map_err(io::Error::other)?).map(Some)
}

/// Reads to the end, whatever the archive says of the length, but no more than a table may have.
fn bounded(table: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = table.take(LONGEST_TABLE + 1).read_to_end(&mut bytes)?;
    let is_short = u64::try_from(read).is_ok_and(|read| read <= LONGEST_TABLE);
    is_short.then_some(bytes).ok_or_else(|| io::Error::other(format!("a table has more than {LONGEST_TABLE} bytes")))
}
