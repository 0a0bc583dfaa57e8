use cert_core::client::{Answer, Error, Fault, Op};
use cert_core::open_enum;
use serde::Deserialize;
use serde::de::IgnoredAny;

open_enum! {
    /// The vendor's code for why a call was refused.
    ///
    /// ```
    /// # fn demo(error: ivanti_mdm::Error) {
    /// use ivanti_mdm::ErrorCode;
    ///
    /// if ErrorCode::of(&error) == Some(ErrorCode::UnreadableKeystore) {
    ///     println!("wrong pass phrase, or no PKCS#12 file");
    /// }
    /// # }
    /// ```
    pub enum ErrorCode {
        /// More than 1,000 certificates in one request.
        TooManyCertificates = "CERT-114",
        /// The CSV file cannot be understood.
        InvalidCsv = "CSV-100",
        /// The PKCS#12 file cannot be opened. Also said when keys that are to be cleared by
        /// account and policy were cleared before.
        UnreadableKeystore = "KSF-101",
        /// A field of the request is not valid, such as accounts or policies that do not exist.
        InvalidField = "HTTP-400-3",
        /// A page size or position outside of what is allowed.
        Range = "Range",
    }
}

impl ErrorCode {
    /// The first code of a refused call, if the answer had one; [`Refusal::of`] has all.
    #[must_use]
    pub fn of(error: &Error) -> Option<Self> {
        error.code().map(Self::from)
    }
}

cert_core::response! {
    /// All that the vendor says when it refuses.
    #[derive(Default)]
    pub struct Refusal {
        /// Errors of the request as a whole.
        pub global_errors: Vec<GlobalError>,
        /// Errors of fields of the request.
        pub field_errors: Vec<FieldError>,
    }
}

cert_core::response! {
    /// Something wrong with a request as a whole.
    pub struct GlobalError {
        /// The code.
        pub code: Option<ErrorCode>,
        /// The words, blanks at the end included.
        pub message: Option<String>,
    }
}

cert_core::response! {
    /// Something wrong with a field of a request.
    pub struct FieldError {
        /// The code.
        pub code: Option<ErrorCode>,
        /// The words, blanks at the end included.
        pub message: Option<String>,
        /// The field's name on the wire.
        pub field: Option<String>,
    }
}

impl Refusal {
    /// Errors that the vendor listed, if the answer was one of its own and a refusal.
    #[must_use]
    pub fn of(error: &Error) -> Option<Self> {
        Self::in_body(error.body())
    }

    /// `errors` that are there and not null refuse, whatever else is known of them.
    fn in_body(body: &[u8]) -> Option<Self> {
        let text = str::from_utf8(body).ok()?;
        let Marker { errors } = serde_json::from_str(text).ok()?;
        errors?;
        let told = serde_json::from_str(text).map(|Failed { errors }| errors);
        Some(told.unwrap_or_default())
    }

    fn code(&self) -> Option<String> {
        let global = self.global_errors.iter().map(|error| &error.code);
        let fields = self.field_errors.iter().map(|error| &error.code);
        let mut codes = global.chain(fields).flatten();
        codes.next().map(ToString::to_string)
    }

    fn message(&self) -> Option<String> {
        let words =
            |message: &Option<String>| message.as_deref().unwrap_or_default().trim().to_owned();
        let global = self.global_errors.iter().map(|error| words(&error.message));
        let fields = self.field_errors.iter().map(|error| match &error.field {
            Some(field) => format!("{} (field `{field}`)", words(&error.message)),
            None => words(&error.message),
        });
        let all: Vec<_> = global
            .chain(fields)
            .filter(|text| !text.is_empty())
            .collect();
        (!all.is_empty()).then(|| all.join("; "))
    }
}

#[derive(Deserialize)]
struct Marker {
    errors: Option<IgnoredAny>,
}

#[derive(Deserialize)]
struct Failed {
    errors: Refusal,
}

/// How an answer says that it is a refusal: `errors` decides, not the status.
pub(crate) fn fault(_: &Op, answer: &Answer) -> Option<Fault> {
    if answer.body.first() != Some(&b'{') {
        return None;
    }
    let refusal = Refusal::in_body(&answer.body)?;
    Some(Fault {
        code: refusal.code(),
        message: refusal.message(),
        class: None,
    })
}

#[cfg(test)]
mod tests {
    use cert_core::client::Answer;

    use super::*;

    static GET: Op = Op::get("get", "/");

    fn fault_in(body: &'static str) -> Option<Fault> {
        let answer = Answer::new(Default::default(), Default::default(), body.into());
        fault(&GET, &answer)
    }

    #[test]
    fn errors_decide_whatever_they_hold() {
        assert_eq!(fault_in(r#"{"errors": null, "result": true}"#), None);
        assert_eq!(fault_in(r#"{"result": {}}"#), None);
        assert_eq!(fault_in("caID,caName"), None);
        assert_eq!(fault_in(r#"{"errors": {}}"#), Some(Fault::default()));
        assert_eq!(fault_in(r#"{"errors": ["odd"]}"#), Some(Fault::default()));
    }

    #[test]
    fn codes_words_and_fields_are_told() {
        let body = r#"{"errors": {
            "globalErrors": [{"code": "CERT-114", "message": "limit : 1,000 "}],
            "fieldErrors": [{"code": "HTTP-400-3", "message": "Invalid.", "field": "a"}]
        }, "result": null}"#;
        let fault = fault_in(body).expect("a refusal");
        assert_eq!(fault.code.as_deref(), Some("CERT-114"));
        let message = "limit : 1,000; Invalid. (field `a`)";
        assert_eq!(fault.message.as_deref(), Some(message));
        let refusal = Refusal::in_body(body.as_bytes()).expect("a refusal");
        assert_eq!(refusal.field_errors[0].code, Some(ErrorCode::InvalidField));
        assert_eq!(
            refusal.global_errors[0].message.as_deref(),
            Some("limit : 1,000 ")
        );
    }
}
