use std::collections::{HashMap, HashSet};
use std::iter;

use super::certificate::Certificate;
use super::issuers::Issuers;
use super::name::Name;

/// A certificate and those that vouch for it, the leaf first, each followed by its issuer.
///
/// Vendors hand out chains in every order, twice, with a root or without, and mixed with
/// certificates that do not belong. This type puts them in order and tells what is missing and
/// what is left over; nothing is dropped silently. Certificates are linked by name and key
/// identifier; the signatures are checked by [`Self::verify_signatures`] (feature `crypto`).
/// Whether the root is one to trust is for the caller to know. A chain has at most a hundred
/// issuers; what comes after them is left over.
///
/// ```
/// use cert_core::{Certificate, CertificateChain};
///
/// let leaf = Certificate::from_pem(include_str!("../../tests/fixtures/certificate/leaf.pem"))?;
/// let root = Certificate::from_pem(include_str!("../../tests/fixtures/certificate/root.pem"))?;
/// let chain = CertificateChain::from_unordered([root.clone(), leaf.clone()])?;
/// assert_eq!(chain.leaf(), &leaf);
/// assert_eq!(chain.missing_issuer(), Some(leaf.issuer()));
/// assert_eq!(chain.strangers(), [root]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias("fullchain", "certificate path", "intermediates"))]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateChain {
    certificates: Vec<Certificate>,
    strangers: Vec<Certificate>,
    duplicates: Vec<Certificate>,
}

impl CertificateChain {
    /// Puts certificates in order. The leaf is the one that issued none of the others; if that
    /// leaves several, the one that is no authority.
    ///
    /// # Errors
    /// If there are no certificates, or no leaf can be told; then name it with
    /// [`Self::for_leaf`].
    #[doc(alias = "sort")]
    pub fn from_unordered(
        certificates: impl IntoIterator<Item = Certificate>,
    ) -> Result<Self, ChainError> {
        let (pool, duplicates) = without_duplicates(certificates);
        let leaf = find_leaf(&pool)?;
        Ok(Self::build(leaf, pool, duplicates))
    }

    /// Puts the certificates in order that vouch for this leaf. It may be among them, too.
    #[must_use]
    pub fn for_leaf(leaf: Certificate, others: impl IntoIterator<Item = Certificate>) -> Self {
        let others = others.into_iter().filter(|other| *other != leaf);
        let (pool, duplicates) = without_duplicates(others);
        Self::build(leaf, pool, duplicates)
    }

    /// The certificate that the chain is for.
    #[doc(alias = "end entity")]
    #[must_use]
    pub fn leaf(&self) -> &Certificate {
        &self.certificates[0]
    }

    /// The chain, the leaf first.
    #[must_use]
    pub fn certificates(&self) -> &[Certificate] {
        &self.certificates
    }

    /// The chain without the leaf: intermediates, then the root if it is there.
    #[doc(alias("intermediates", "ca bundle"))]
    #[must_use]
    pub fn issuers(&self) -> &[Certificate] {
        &self.certificates[1..]
    }

    /// The self-issued certificate at the end, if the chain gets there.
    #[must_use]
    pub fn root(&self) -> Option<&Certificate> {
        self.certificates
            .last()
            .filter(|last| last.is_self_issued())
    }

    /// The chain without its root, as a server sends it: whoever trusts the root has it already.
    /// A leaf that is its own root stays.
    ///
    /// ```
    /// use cert_core::{Certificate, CertificateChain};
    ///
    /// let pem = [
    ///     include_str!("../../tests/fixtures/certificate/leaf.pem"),
    ///     include_str!("../../tests/fixtures/certificate/intermediate.pem"),
    ///     include_str!("../../tests/fixtures/certificate/root.pem"),
    /// ];
    /// let chain = CertificateChain::parse(pem.concat().as_bytes())?;
    /// assert_eq!(chain.certificates().len(), 3);
    /// let sent = chain.without_root();
    /// assert_eq!(sent.certificates(), &chain.certificates()[..2]);
    /// assert_eq!(sent.missing_issuer(), chain.root().map(Certificate::subject));
    /// # Ok::<(), cert_core::DecodeError>(())
    /// ```
    #[must_use]
    pub fn without_root(&self) -> Self {
        let mut chain = self.clone();
        if chain.certificates.len() > 1 && chain.root().is_some() {
            chain.certificates.pop();
        }
        chain
    }

    /// The name of the issuer at which the chain breaks off; `None` if it ends with a root.
    ///
    /// A chain that lacks nothing but the root, as servers send it, names the root here.
    #[must_use]
    pub fn missing_issuer(&self) -> Option<&Name> {
        self.certificates
            .last()
            .filter(|last| !last.is_self_issued())
            .map(Certificate::issuer)
    }

    /// The certificates that were given and are no part of the chain.
    #[must_use]
    pub fn strangers(&self) -> &[Certificate] {
        &self.strangers
    }

    /// The certificates that were given more than once, each as often as it was one too many.
    #[must_use]
    pub fn duplicates(&self) -> &[Certificate] {
        &self.duplicates
    }

    /// The chain as a PEM bundle, the leaf first.
    #[must_use]
    pub fn to_pem(&self) -> String {
        self.certificates.iter().map(Certificate::to_pem).collect()
    }

    /// A chain that is in order, with nothing left over.
    #[cfg(feature = "pkcs12")]
    pub(crate) fn linked(certificates: Vec<Certificate>) -> Self {
        Self {
            certificates,
            strangers: Vec::new(),
            duplicates: Vec::new(),
        }
    }

    fn build(leaf: Certificate, mut pool: Vec<Certificate>, duplicates: Vec<Certificate>) -> Self {
        pool.retain(|other| *other != leaf);
        let places = Issuers::among(&pool).chain(&leaf, None);
        let issuers = places.iter().map(|place| pool[*place].clone());
        let certificates: Vec<_> = iter::once(leaf).chain(issuers).collect();
        let places: HashSet<_> = places.into_iter().collect();
        let mut place = 0..;
        pool.retain(|_| place.next().is_some_and(|place| !places.contains(&place)));
        Self {
            certificates,
            strangers: pool,
            duplicates,
        }
    }
}

/// Reason why certificates cannot be put in order.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ChainError {
    /// No certificates.
    #[error("no certificates were given")]
    Empty,
    /// Circle of certificates that issued each other.
    #[error("each of the certificates issued another of them; name the leaf")]
    NoLeaf,
    /// Several of them could be the leaf; their subjects.
    #[error("several certificates could be the leaf: {}; name the one that is meant", list(.0))]
    SeveralLeaves(Vec<Name>),
}

fn list(names: &[Name]) -> String {
    let names: Vec<_> = names.iter().map(ToString::to_string).collect();
    names.join("; ")
}

fn without_duplicates(
    certificates: impl IntoIterator<Item = Certificate>,
) -> (Vec<Certificate>, Vec<Certificate>) {
    let mut seen = HashSet::new();
    certificates
        .into_iter()
        .partition(|certificate| seen.insert(certificate.clone()))
}

fn find_leaf(pool: &[Certificate]) -> Result<Certificate, ChainError> {
    let mut issued: HashMap<_, usize> = HashMap::new();
    for certificate in pool
        .iter()
        .filter(|certificate| !certificate.is_self_issued())
    {
        *issued.entry(certificate.issuer().in_order()).or_default() += 1;
    }
    let issued_none = |one: &&Certificate| !issued.contains_key(&one.subject().in_order());
    let candidates: Vec<_> = pool.iter().filter(issued_none).collect();
    let ends: Vec<_> = candidates
        .iter()
        .copied()
        .filter(|candidate| !candidate.is_ca())
        .collect();
    match (candidates.as_slice(), ends.as_slice()) {
        ([leaf], _) | (_, [leaf]) => Ok((*leaf).clone()),
        ([], _) if pool.is_empty() => Err(ChainError::Empty),
        ([], _) => Err(ChainError::NoLeaf),
        (several, _) => Err(ChainError::SeveralLeaves(
            several.iter().map(|one| one.subject().clone()).collect(),
        )),
    }
}
