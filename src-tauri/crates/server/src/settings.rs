//! Where settings come from: the command line, then the environment, then a file. Secrets come from the environment
//! alone, so that none lies in a plain file or shows in a list of processes.

use crate::Keychain;
use serde::Deserialize;
use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
};
use twinbox_domain::NumberId;
use twinbox_engine::{AppDefaults, EngineSettings, GraphSettings, Number, NumberSettings, Secret};

/// A coexistence number's cap unless set otherwise: Meta's older pages say 5, newer ones 20 in and out together.
const DEFAULT_MPS: u32 = 5;

/// What may be given on the command line or by the environment.
#[derive(Clone, Default, clap::Parser)]
pub struct Arguments {
    /// Folder of the store; made if needed. One process at a time.
    #[arg(long, env = "TWINBOX_DATA_DIR")]
    pub data_dir: Option<PathBuf>,
    /// Address for webhooks, the API and the UI.
    #[arg(long, env = "TWINBOX_LISTEN")]
    pub listen: Option<SocketAddr>,
    /// The Graph API.
    #[arg(long, env = "TWINBOX_GRAPH_URL")]
    pub graph_url: Option<String>,
    /// Milliseconds to wait for an answer of the Graph API; 30000 unless set. A send without one is in doubt, and may arrive
    /// for as long again.
    #[arg(long, env = "TWINBOX_GRAPH_TIME_OUT_MS", hide = true)]
    pub graph_time_out_ms: Option<u64>,
    /// Where Meta's login page is.
    #[arg(long, env = "TWINBOX_DIALOG_URL")]
    pub dialog_url: Option<String>,
    /// Meta's id of the app that numbers are connected with.
    #[arg(long, env = "TWINBOX_APP_ID")]
    pub app_id: Option<String>,
    /// Meta's id of the app's login configuration.
    #[arg(long, env = "TWINBOX_CONFIG_ID")]
    pub config_id: Option<String>,
    /// The public https address that leads to the listener, without a path.
    #[arg(long, env = "TWINBOX_PUBLIC_URL")]
    pub public_url: Option<String>,
    /// Folder of the built UI, to use it in a browser.
    #[arg(long, env = "TWINBOX_UI_DIR")]
    pub ui_dir: Option<PathBuf>,
    /// A TOML file with any of: `data_dir`, `listen`, `graph_url`, `dialog_url`, `app_id`, `config_id`, `public_url`,
    /// `ui_dir`, `user`, `phone_number_id`, `display_phone_number`, `number_name`, `mps`,
    /// `storage_quota_bytes`.
    #[arg(long, env = "TWINBOX_CONFIG")]
    pub config: Option<PathBuf>,
    /// Meta's id of the number to send from.
    #[arg(long, env = "TWINBOX_PHONE_NUMBER_ID")]
    pub phone_number_id: Option<String>,
    /// The number itself.
    #[arg(long, env = "TWINBOX_DISPLAY_PHONE_NUMBER")]
    pub display_phone_number: Option<String>,
    /// The team's short name for it, until one is set in the app.
    #[arg(long, env = "TWINBOX_NUMBER_NAME")]
    pub number_name: Option<String>,
    /// The most bytes that files of messages should take, 0 for no limit. Above it, files of messages older than 30 days
    /// are removed, those fetched first before others. Without it, what was set last holds; at first there is no limit.
    #[arg(long, env = "TWINBOX_STORAGE_QUOTA_BYTES")]
    pub storage_quota_bytes: Option<u64>,
    /// Most messages a second, until it is set in the app.
    #[arg(long, env = "TWINBOX_MPS")]
    pub mps: Option<u32>,
    /// The name colleagues see on messages sent from here.
    #[arg(long, env = "TWINBOX_USER")]
    pub user: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct ConfigFile {
    data_dir: Option<PathBuf>,
    listen: Option<SocketAddr>,
    graph_url: Option<String>,
    dialog_url: Option<String>,
    app_id: Option<String>,
    config_id: Option<String>,
    public_url: Option<String>,
    ui_dir: Option<PathBuf>,
    phone_number_id: Option<String>,
    display_phone_number: Option<String>,
    number_name: Option<String>,
    mps: Option<u32>,
    user: Option<String>,
    storage_quota_bytes: Option<u64>,
}

/// The owner who has no name.
const UNNAMED: &str = "You";

/// What a [`Host`](crate::Host) needs.
#[derive(Clone)]
pub struct Settings {
    /// Folder of the store.
    pub data_dir: PathBuf,
    /// Address to listen on.
    pub listen: SocketAddr,
    /// Folder of the built UI; `None`: no UI is served.
    pub ui_dir: Option<PathBuf>,
    /// The name colleagues see on messages sent from here.
    pub user: String,
    /// Whether a signup in the browser comes back to a desktop app, by its link; else it comes back to this listener.
    pub returns_to_app: bool,
    /// What the engine needs.
    pub engine: EngineSettings,
}

impl Settings {
    /// Whether colleagues could tell the owner from themselves.
    pub fn names_owner(&self) -> bool {
        self.user != UNNAMED
    }
}

/// The settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The file cannot be read.
    #[error("the settings file {} cannot be read", path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The file is not what it should be. Without the parser's own words, which quote the line: it may hold a secret that
    /// somebody took for a setting.
    #[error("line {line} of the settings file {} {what}", path.display())]
    Format {
        /// Which file.
        path: PathBuf,
        /// Which line, the first one being 1.
        line: usize,
        /// What is wrong with it.
        what: &'static str,
    },
    /// Nobody said where the data goes.
    #[error("say where the data goes: --data-dir or TWINBOX_DATA_DIR")]
    NoDataDir,
    /// A number without its token.
    #[error("a number to send from needs its access token in TWINBOX_ACCESS_TOKEN")]
    NoAccessToken,
    /// A cap of nothing.
    #[error("the cap must be at least 1 message a second")]
    NoCap,
}

impl Settings {
    /// Puts the settings together. `secret` looks up an environment variable, so that tests need not set any;
    /// `default_data_dir` is where the data goes when nobody says.
    ///
    /// # Errors
    /// [`SettingsError`] says what to mend.
    pub fn read(
        arguments: Arguments,
        default_data_dir: Option<PathBuf>,
        secret: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, SettingsError> {
        let file = arguments
            .config
            .as_deref()
            .map(read_file)
            .transpose()?
            .unwrap_or_default();
        let secret = |name| {
            secret(name)
                .map(|text| Secret::new(&text))
                .filter(|secret| !secret.expose().is_empty())
        };
        let listen = arguments
            .listen
            .or(file.listen)
            .unwrap_or(SocketAddr::from(([127, 0, 0, 1], 8787)));
        let mps = arguments.mps.or(file.mps).unwrap_or(DEFAULT_MPS);
        if mps == 0 {
            return Err(SettingsError::NoCap);
        }
        let app = AppDefaults::default();
        let app = AppDefaults {
            app_id: arguments.app_id.or(file.app_id).unwrap_or_default(),
            config_id: arguments.config_id.or(file.config_id).unwrap_or_default(),
            graph_url: arguments.graph_url.or(file.graph_url).unwrap_or(app.graph_url),
            dialog_url: arguments.dialog_url.or(file.dialog_url).unwrap_or(app.dialog_url),
            public_url: arguments.public_url.or(file.public_url).unwrap_or_default(),
            time_out: arguments
                .graph_time_out_ms
                .map_or(app.time_out, std::time::Duration::from_millis),
            ..app
        };
        let phone_number_id = arguments
            .phone_number_id
            .or(file.phone_number_id)
            .filter(|id| !id.trim().is_empty());
        let numbers = match phone_number_id {
            None => Vec::new(),
            Some(id) => vec![NumberSettings {
                number: Number {
                    id: NumberId(id.trim().to_owned()),
                    display_phone_number: arguments
                        .display_phone_number
                        .or(file.display_phone_number)
                        .unwrap_or_default()
                        .chars()
                        .filter(char::is_ascii_digit)
                        .collect(),
                    name: arguments.number_name.or(file.number_name).unwrap_or_default(),
                    cap_per_second: mps,
                    counts_received: false,
                    tells_read: true,
                },
                graph: GraphSettings {
                    base_url: app.graph_url.clone(),
                    version: app.graph_version.clone(),
                    access_token: secret("TWINBOX_ACCESS_TOKEN").ok_or(SettingsError::NoAccessToken)?,
                    time_out: app.time_out,
                },
            }],
        };
        let data_dir = arguments
            .data_dir
            .or(file.data_dir)
            .or(default_data_dir)
            .ok_or(SettingsError::NoDataDir)?;
        let keys = Arc::new(Keychain::of(&data_dir));
        Ok(Self {
            data_dir,
            listen,
            ui_dir: arguments.ui_dir.or(file.ui_dir),
            user: arguments
                .user
                .or(file.user)
                .filter(|user| !user.trim().is_empty())
                .unwrap_or_else(|| UNNAMED.to_owned()),
            returns_to_app: false,
            engine: EngineSettings {
                app_secret: secret("TWINBOX_APP_SECRET"),
                verify_token: secret("TWINBOX_VERIFY_TOKEN"),
                app,
                keys,
                numbers,
                webhook_url: None,
                storage_quota_bytes: arguments.storage_quota_bytes.or(file.storage_quota_bytes),
            },
        })
    }
}

fn read_file(path: &Path) -> Result<ConfigFile, SettingsError> {
    let text = std::fs::read_to_string(path).map_err(|source| SettingsError::File {
        path: path.to_owned(),
        source,
    })?;
    toml::from_str(&text).map_err(|error: toml::de::Error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        SettingsError::Format {
            path: path.to_owned(),
            line: before.matches('\n').count() + 1,
            what: match error.message().starts_with("unknown field") {
                true => "names no setting; secrets come from the environment alone",
                false => "is not what should stand there",
            },
        }
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn number() -> Arguments {
        Arguments {
            data_dir: Some(PathBuf::from("data")),
            phone_number_id: Some(" 106540352242922 ".to_owned()),
            display_phone_number: Some("+1 555 078 3881".to_owned()),
            ..Arguments::default()
        }
    }

    fn with_token(name: &str) -> Option<String> {
        (name == "TWINBOX_ACCESS_TOKEN").then(|| " EAA \n".to_owned())
    }

    #[test]
    fn a_number_with_its_token_can_send() {
        let settings = Settings::read(number(), None, with_token).unwrap();
        let number = settings.engine.numbers.first().unwrap();
        assert_eq!(number.number.display_phone_number, "15550783881");
        assert_eq!(number.number.id.as_str(), "106540352242922");
        assert_eq!(number.graph.access_token.expose(), "EAA");
        assert_eq!(number.graph.base_url, "https://graph.facebook.com");
    }

    #[test]
    fn what_is_missing_is_said() {
        assert!(matches!(
            Settings::read(number(), None, |_| None),
            Err(SettingsError::NoAccessToken)
        ));
        assert!(matches!(
            Settings::read(Arguments::default(), None, with_token),
            Err(SettingsError::NoDataDir)
        ));
        let none = Arguments {
            mps: Some(0),
            ..number()
        };
        assert!(matches!(
            Settings::read(none, None, with_token),
            Err(SettingsError::NoCap)
        ));
    }

    #[test]
    fn a_file_gives_what_the_command_line_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let config = folder.path().join("twinbox.toml");
        std::fs::write(
            &config,
            "listen = '127.0.0.1:9000'\nmps = 20\nphone_number_id = 'other'\n",
        )
        .unwrap();
        let settings = Settings::read(
            Arguments {
                config: Some(config.clone()),
                ..number()
            },
            None,
            with_token,
        )
        .unwrap();
        assert_eq!(settings.listen.port(), 9000);
        let first = settings.engine.numbers.first().unwrap();
        assert_eq!(
            (first.number.cap_per_second, first.number.id.as_str()),
            (20, "106540352242922")
        );
    }

    #[test]
    fn what_is_wrong_in_a_file_is_said_without_what_stands_there() {
        let folder = tempfile::tempdir().unwrap();
        let config = folder.path().join("twinbox.toml");
        for (line, what) in [
            ("access_token = 'EAAG'", "names no setting"),
            ("mps = 'EAAG'", "is not what should stand there"),
            ("listen = 'EAAG'", "is not what should stand there"),
            ("access_token = 'EAAG", "is not what should stand there"),
            ("EAAG", "is not what should stand there"),
        ] {
            std::fs::write(&config, format!("# mine\n{line}\n")).unwrap();
            let arguments = Arguments {
                config: Some(config.clone()),
                ..number()
            };
            let error = Settings::read(arguments, None, with_token).err().unwrap();
            let said = error.to_string();
            assert!(said.starts_with("line 2 of ") && said.contains(what), "{line}: {said}");
            assert!(!format!("{error:?}").contains("EAA"), "{line}");
        }
    }
}
