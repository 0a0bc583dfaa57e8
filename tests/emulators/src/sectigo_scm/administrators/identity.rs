//! Signing in to the web interface by an identity provider.

use super::{Administrator, Kind, administrator::PERSON, body::PROVIDERS};
use crate::sectigo_scm::SectigoScm;

impl SectigoScm {
    /// Somebody signs in to the web interface by an identity provider, which tells attributes:
    /// the number of the administrator, or `None` where nobody is signed in.
    ///
    /// Whoever is not known becomes an administrator by the first template of the provider whose
    /// rules all hold.
    pub fn sign_in_by_idp(
        &mut self,
        provider: i64,
        person: &str,
        attributes: &[(&str, &[&str])],
    ) -> Option<i64> {
        PROVIDERS.iter().find(|(known, _)| *known == provider)?;
        let mut all = self.administrators.table.values();
        let is_known = |one: &&Administrator| {
            one.identity_provider == Some(provider) && one.text(PERSON) == Some(person)
        };
        let known = all.find(is_known).map(|known| (known.id, known.active));
        drop(all);
        match known {
            Some((id, active)) => active.then_some(id),
            None => self.make_from_template(provider, person, attributes),
        }
    }

    fn make_from_template(
        &mut self,
        provider: i64,
        person: &str,
        attributes: &[(&str, &[&str])],
    ) -> Option<i64> {
        let now = self.now();
        let mut templates = self.administrators.templates.values();
        let template = templates.find(|template| template.fits(provider, attributes))?;
        let id = self.administrators.table.next_id();
        let mut made = Administrator::new(id, Kind::Idp, now);
        made.texts.insert(PERSON, person.to_owned());
        made.texts.insert("email", person.to_owned());
        made.identity_provider = Some(provider);
        made.template = Some(template.id);
        made.roles.clone_from(&template.roles);
        made.privileges.clone_from(&template.privileges);
        drop(templates);
        self.administrators.insert(made);
        Some(id)
    }
}
