//! Answers whose rows are read one by one.

use std::fmt::Debug;

use cert_core::client::{Around, CsvRow, CsvRows, Error, JsonRows, RowFormat, Rows};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::probe::{self, Outcome, Probe};

impl<T, A> Probe for JsonRows<T, A>
where
    T: DeserializeOwned + Debug + 'static,
    A: Around + Debug,
{
    fn ignored(body: &[u8]) -> Result<Vec<String>, String> {
        let mut body: Value = serde_json::from_slice(body).map_err(|error| error.to_string())?;
        let members = body.as_object_mut().ok_or("the answer is no object")?;
        let rows = members.remove(A::ROWS);
        let mut found = probe::ignored::<A>(body.to_string().as_bytes())?;
        for row in rows.iter().filter_map(Value::as_array).flatten() {
            found.extend(probe::ignored::<T>(row.to_string().as_bytes())?);
        }
        Ok(found)
    }

    async fn outcome(mut rows: Self) -> Result<Outcome, Error> {
        let all = all(&mut rows).await?;
        Ok(shown(&(all, rows.around())))
    }
}

impl<T: CsvRow + Debug> Probe for CsvRows<T> {
    /// The columns of which no cell can be seen in the rows.
    fn ignored(body: &[u8]) -> Result<Vec<String>, String> {
        let sheet = Sheet::read(body).map_err(|error| error.to_string())?;
        let columns = sheet.header.iter().enumerate();
        let unseen = columns.filter(|(index, _)| {
            let [one, other] = ["7", "8"].map(|text| sheet.with(*index, text));
            let read =
                |body: Vec<u8>| probe::decode_body::<Self>(body).map(|outcome| outcome.shown);
            matches!((read(one), read(other)), (Ok(one), Ok(other)) if one == other)
        });
        Ok(unseen.map(|(_, name)| name.to_owned()).collect())
    }

    async fn outcome(mut rows: Self) -> Result<Outcome, Error> {
        Ok(shown(&all(&mut rows).await?))
    }
}

async fn all<F: RowFormat>(rows: &mut Rows<F>) -> Result<Vec<F::Row>, Error> {
    let mut all = Vec::new();
    while let Some(row) = rows.next().await {
        all.push(row?);
    }
    Ok(all)
}

fn shown(rows: &impl Debug) -> Outcome {
    Outcome {
        shown: format!("{rows:?}"),
        content: None,
    }
}

/// Comma-separated values, read without the client.
struct Sheet {
    header: csv::StringRecord,
    rows: Vec<csv::StringRecord>,
}

impl Sheet {
    fn read(body: &[u8]) -> Result<Self, csv::Error> {
        let mut reader = csv::Reader::from_reader(body);
        Ok(Self {
            header: reader.headers()?.clone(),
            rows: reader.records().collect::<Result<_, _>>()?,
        })
    }

    /// The same with `text` in every cell of a column.
    fn with(&self, column: usize, text: &str) -> Vec<u8> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let put = |(index, cell)| if index == column { text } else { cell };
        let rows = self.rows.iter().map(|row| row.iter().enumerate().map(put));
        writer.write_record(&self.header).expect("memory");
        rows.for_each(|row| writer.write_record(row).expect("memory"));
        writer.into_inner().expect("memory")
    }
}
