use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::{Domains, dns::Published, domain::Domain};
use crate::sectigo_scm::{
    SectigoScm,
    dates::DateFormat,
    progress::{Progress, Waiting},
};

const DAY: SignedDuration = SignedDuration::from_hours(24);
/// How long control counts once it was shown.
const VALID_DAYS: i32 = 398;
/// How long the authority waits for what is to be published.
const ORDER_DAYS: i32 = 30;

/// Whether control over a domain was shown, and how it is to be shown next.
#[derive(Clone, Debug, Default)]
pub(super) struct Dcv {
    validated: Option<Validated>,
    challenge: Option<Challenge>,
    started: Option<Mode>,
    order: Option<Order>,
}

#[derive(Clone, Copy, Debug)]
struct Validated {
    on: Timestamp,
    until: Timestamp,
    mode: Mode,
}

/// The ways to show control.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::sectigo_scm) enum Mode {
    Email,
    Cname,
    Http,
    Https,
    Txt,
}

/// What is to be published for one domain.
#[derive(Clone, Debug)]
pub(in crate::sectigo_scm) struct Challenge {
    name: String,
    label: String,
    value: String,
    text: String,
}

/// What the authority was asked to check.
#[derive(Clone, Debug)]
pub(super) struct Order {
    pub(super) mode: Mode,
    pub(super) backend_id: String,
    pub(super) email: Option<String>,
    pub(super) reference: Option<String>,
    submitted: Timestamp,
    checked: Timestamp,
    waiting: Waiting,
    rejected: bool,
}

impl Mode {
    pub(in crate::sectigo_scm) fn text(self) -> &'static str {
        match self {
            Self::Email => "EMAIL",
            Self::Cname => "CNAME",
            Self::Http => "HTTP",
            Self::Https => "HTTPS",
            Self::Txt => "TXT",
        }
    }

    fn method(self) -> &'static str {
        match self {
            Self::Email => "EMAIL",
            Self::Cname => "CNAME_CSR_HASH",
            Self::Http => "HTTP_CSR_HASH",
            Self::Https => "HTTPS_CSR_HASH",
            Self::Txt => "DNSTXT_RANDOM_VALUE",
        }
    }
}

impl Challenge {
    pub(in crate::sectigo_scm) fn new(name: &str) -> Self {
        let mut random = fastrand::Rng::new();
        let mut hex = |octets: usize| -> String {
            let octets = (0..octets).map(|_| format!("{:02x}", random.u8(..)));
            octets.collect()
        };
        Self {
            name: name.to_owned(),
            label: hex(16),
            value: hex(32),
            text: hex(16),
        }
    }

    /// Record name and target; both with a dot at the end.
    pub(in crate::sectigo_scm) fn alias(&self) -> (String, String) {
        let (first, second) = self.value.split_at(32);
        let host = format!("_{}.{}.", self.label, self.name);
        (host, format!("{first}.{second}.sectigo.com."))
    }

    /// Record name, with a dot at the end, and text.
    pub(super) fn txt(&self) -> (String, String) {
        let host = format!("_pki-validation.{}.", self.name);
        (host, self.text.clone())
    }

    /// The file's address and its two lines.
    pub(in crate::sectigo_scm) fn file(&self, mode: Mode) -> (String, [&str; 2]) {
        let scheme = mode.text().to_ascii_lowercase();
        let label = self.label.to_ascii_uppercase();
        let path = format!(".well-known/pki-validation/{label}.txt");
        let url = format!("{scheme}://{}/{path}", self.name);
        (url, [&self.value, "sectigo.com"])
    }

    pub(super) fn is_met(&self, mode: Mode, published: &Published) -> bool {
        match mode {
            Mode::Email => false,
            Mode::Cname => {
                let (host, target) = self.alias();
                published.has_alias(&host, &target)
            }
            Mode::Txt => {
                let (host, text) = self.txt();
                published.has_text(&host, &text)
            }
            Mode::Http | Mode::Https => {
                let (url, lines) = self.file(mode);
                published.has_file(mode.text(), &url, lines)
            }
        }
    }
}

impl Dcv {
    pub(super) fn validated(now: Timestamp) -> Self {
        let mut dcv = Self::default();
        dcv.pass(Mode::Cname, now);
        dcv
    }

    fn pass(&mut self, mode: Mode, now: Timestamp) {
        let until = now + DAY * VALID_DAYS;
        let on = now;
        self.validated = Some(Validated { on, until, mode });
        self.started = None;
        self.order = None;
    }

    pub(super) fn is_valid(&self, now: Timestamp) -> bool {
        self.validated.is_some_and(|valid| valid.until >= now)
    }

    pub(super) fn until(&self) -> Option<Timestamp> {
        Some(self.validated?.until)
    }

    pub(super) fn status(&self, now: Timestamp) -> &'static str {
        match self.validated {
            Some(_) if self.is_valid(now) => "VALIDATED",
            Some(_) => "EXPIRED",
            None => "NOT_VALIDATED",
        }
    }

    pub(super) fn order_status(&self) -> &'static str {
        match (&self.order, self.started) {
            (Some(order), _) if order.rejected => "REJECTED",
            (Some(_), _) => "SUBMITTED",
            (None, Some(_)) => "AWAITING_SUBMISSION",
            (None, None) => "NOT_INITIATED",
        }
    }

    /// The way that was begun or ordered.
    pub(super) fn mode(&self) -> Option<Mode> {
        let ordered = self.order.as_ref().map(|order| order.mode);
        ordered.or(self.started)
    }

    pub(super) fn order(&self) -> Option<&Order> {
        self.order.as_ref()
    }

    pub(super) fn method(&self) -> Option<&'static str> {
        Some(self.validated?.mode.method())
    }

    pub(super) fn days(&self, dates: DateFormat) -> Option<(String, String)> {
        let Validated { on, until, .. } = self.validated?;
        Some((dates.write(on), dates.write(until)))
    }

    /// What the details of a domain say.
    pub(super) fn describe(&self, body: &mut Value, dates: DateFormat, now: Timestamp) {
        body["validationStatus"] = self.status(now).into();
        if let Some((on, until)) = self.days(dates) {
            body["validationMethod"] = json!(self.method());
            body["dcvValidation"] = on.into();
            body["dcvExpiration"] = until.into();
        }
    }

    pub(super) fn start(&mut self, name: &str, mode: Mode) -> &Challenge {
        self.started = Some(mode);
        self.challenge(name)
    }

    pub(super) fn challenge(&mut self, name: &str) -> &Challenge {
        self.challenge.get_or_insert_with(|| Challenge::new(name))
    }

    pub(super) fn submit(&mut self, order: Order) {
        self.order = Some(order);
    }

    /// Back to the beginning, what had been shown included.
    pub(super) fn reset(&mut self) {
        *self = Self::default();
    }
}

impl Order {
    pub(super) fn new(mode: Mode, backend_id: i64, now: Timestamp) -> Self {
        Self {
            mode,
            backend_id: backend_id.to_string(),
            email: None,
            reference: None,
            submitted: now,
            checked: now,
            waiting: Waiting::since(now),
            rejected: false,
        }
    }

    /// Its days and its instants, as answers have them.
    pub(super) fn history(&self, days: DateFormat, instants: DateFormat) -> [(&str, String); 4] {
        let hour = SignedDuration::from_hours(1);
        [
            ("submittedDate", days.write(self.submitted)),
            ("orderExpiration", instants.write(self.end())),
            ("lastCheck", instants.write(self.checked)),
            ("nextCheck", instants.write(self.checked + hour)),
        ]
    }

    fn end(&self) -> Timestamp {
        self.submitted + DAY * ORDER_DAYS
    }

    fn is_clicked(&self, by: Progress, alone: Option<SignedDuration>, now: Timestamp) -> bool {
        let end = self.waiting.end(by, alone);
        self.mode == Mode::Email && end.is_some_and(|at| at <= now)
    }
}

impl SectigoScm {
    /// Has the authority look whether control over a domain is shown by now.
    pub(super) fn check_control(&mut self, id: i64) {
        let (by, alone, now) = (self.options.validation, self.options.unattended, self.now());
        let Domains {
            table, published, ..
        } = &mut self.domains;
        let pending = |domain: &&Domain| {
            let order = domain.dcv.order.as_ref();
            order.is_some_and(|order| !order.rejected)
        };
        if table.get(id).filter(pending).is_none() {
            return;
        }
        let Some(domain) = table.get_mut(id) else {
            return;
        };
        let dcv = &mut domain.dcv;
        let Some(order) = &mut dcv.order else {
            return;
        };
        let met = dcv.challenge.as_ref();
        let met = met.is_some_and(|challenge| challenge.is_met(order.mode, published));
        let shown = met || order.is_clicked(by, alone, now);
        order.checked = now;
        order.waiting.look(now);
        order.rejected = order.end() <= now;
        let mode = order.mode;
        if shown {
            dcv.pass(mode, now);
        }
    }
}
