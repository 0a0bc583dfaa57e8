//! Lists whose entries stand in an object, beside their number.

use std::marker::PhantomData;

use cert_core::Field;
use cert_core::client::{Answer, Error, Page, PageReply};

use crate::paging::total;

/// Page of a list whose entries are the `data` of an object.
///
/// The size of the whole list is in the header `X-Total-Count`, or in `total` beside the entries,
/// which the vendor has deprecated. The larger one is right: an example has 0 in the header and
/// four entries.
#[derive(Debug)]
pub struct DataList<T>(PhantomData<fn() -> T>);

cert_core::response! {
    struct Data<T> {
        total: Option<u64>,
        data: Vec<T>,
    }
}

impl<T: for<'de> Field<'de> + Send + 'static> PageReply for DataList<T> {
    type Item = T;

    fn page(answer: &Answer) -> Result<Page<T>, Error> {
        let body: Data<T> = answer.json()?;
        let total = total(answer).max(body.total);
        Ok(Page::without_ids(body.data, total, answer))
    }
}
