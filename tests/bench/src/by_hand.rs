use std::error::Error;

use reqwest::header::{ACCEPT, HeaderMap, HeaderValue};
use serde::de::DeserializeOwned;

use crate::{Case, Detail, Entry, Small};

/// Calls as a program makes them that has nothing but reqwest and `serde_json`.
#[derive(Debug)]
pub struct ByHand {
    client: reqwest::Client,
    url: String,
}

impl ByHand {
    /// Calls to `url`.
    ///
    /// # Errors
    ///
    /// When reqwest cannot be set up.
    pub fn new(url: &str) -> Result<Self, Box<dyn Error>> {
        let mut headers = HeaderMap::new();
        headers.insert("login", HeaderValue::from_static("admin"));
        headers.insert("password", HeaderValue::from_static("secret"));
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        let client = reqwest::Client::builder().default_headers(headers);
        Ok(Self {
            client: client.no_proxy().build()?,
            url: url.to_owned(),
        })
    }

    /// Makes one call.
    ///
    /// # Errors
    ///
    /// When it fails.
    pub async fn call(&self, case: Case) -> Result<i64, Box<dyn Error>> {
        let url = format!("{}/{}/{}", self.url, case.name(), 5);
        Ok(match case {
            Case::Small => self.get::<Small>(&url).await?.id,
            Case::Detail => self.get::<Detail>(&url).await?.ssl_id,
            Case::Page => self.get::<Vec<Entry>>(&url).await?.len() as i64,
        })
    }

    async fn get<T: DeserializeOwned>(&self, url: &str) -> Result<T, Box<dyn Error>> {
        let answer = self.client.get(url).send().await?.error_for_status()?;
        Ok(serde_json::from_slice(&answer.bytes().await?)?)
    }
}
