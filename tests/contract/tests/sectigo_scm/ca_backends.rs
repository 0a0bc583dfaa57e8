use contract::Suite;
use sectigo_scm::Client;

/// Answers without these are refused: nothing could be done with them.
const MANDATORY: [&str; 1] = ["ca_backend_list [].id"];

pub(crate) fn cases(suite: Suite<Client>) -> Suite<Client> {
    suite
        .case("ca_backend_list", |scm: &Client, _| {
            scm.ca_backends().list()
        })
        .mandatory(MANDATORY)
}
