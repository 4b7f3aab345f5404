//! The rule set that a task is done by: a file, a name in the data directory, or the built-in one.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::cli::{Ending, check, output};
use crate::service::name::RuleSetChoice;
use crate::service::registry::{ReadyRuleSet, Registry};
use crate::service::source::{self, LoadFailure};
use crate::store::sled::SledStore;

/// Which rule set.
#[derive(clap::Args)]
pub(super) struct RulesArguments {
    /// Rule set: a file, or `name` or `name@revision` as in the data directory; the built-in one when absent.
    #[arg(long, value_name = "NAME_OR_FILE")]
    rule_set: Option<PathBuf>,
    /// Directory in which a service keeps its rule sets; only one process at a time can have it.
    #[arg(long, env = "ENTREGENT_DATA_DIR", value_name = "DIRECTORY", default_value = "entregent-data")]
    data_dir: PathBuf,
}

impl RulesArguments {
    /// Loads the rule set; when it cannot, says why on standard error and how the program is to end.
    pub(super) fn load(&self) -> Result<Arc<ReadyRuleSet>, Ending> {
        let file = self.rule_set.as_deref();
        if let Some(choice) = file.filter(|file| !file.exists()).and_then(Path::to_str).and_then(RuleSetChoice::parse) {
            return self.kept(&choice);
        }
        source::load(file).map_err(|failure| {
            complain(&failure, file);
            Ending::WrongUse
        })
    }

    fn kept(&self, choice: &RuleSetChoice) -> Result<Arc<ReadyRuleSet>, Ending> {
        if !self.data_dir.is_dir() {
            output::complain(&format!("there is no such file, and no data directory `{}`", self.data_dir.display()));
            return Err(Ending::WrongUse);
        }
        let store = SledStore::open(&self.data_dir).map_err(|failure| {
            output::complain(&failure.to_string());
            Ending::from(&failure)
        })?;
        let found = Registry::open(Arc::new(store)).and_then(|registry| registry.find(choice));
        found.map_err(|failure| {
            output::complain(&failure.to_string());
            Ending::WrongUse
        })
    }
}

/// Tells the operator; `file` is `None` for the built-in rules.
fn complain(failure: &LoadFailure, file: Option<&Path>) {
    match (failure, file) {
        (LoadFailure::Unreadable(error), _) => output::complain(&format!("the rule set cannot be read: {error}")),
        (LoadFailure::Refused(_) | LoadFailure::Faulty(_), Some(file)) => check::complain(file),
        (LoadFailure::Refused(_), None) => output::complain("the built-in rules are no rule set"),
        (LoadFailure::Faulty(diagnostics), None) => {
            output::complain("the built-in rules have errors:");
            for found in diagnostics.iter().filter(|found| check::is_error(found)) {
                output::complain(&format!("{} {}", found.pointer, found.message));
            }
        }
    }
}
