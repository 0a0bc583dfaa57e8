use std::borrow::Cow;

use zeroize::Zeroizing;

use super::mac::MacData;
use super::ties::Ties;
use super::{
    CERTIFICATE_BAG, CRL_BAG, DATA, ENCRYPTED_DATA, FRIENDLY_NAME, KEY_BAG, LOCAL_KEY_ID,
    Pkcs12Certificate, Pkcs12Contents, Pkcs12Key, SAFE_CONTENTS_BAG, SHROUDED_KEY_BAG,
    X509_CERTIFICATE, X509_CRL,
};
use crate::asn1::oid::unsupported;
use crate::asn1::{
    DecodeError, DecodeErrorKind, Element, ObjectIdentifier, Reader, string_text, tag, to_definite,
};
use crate::keys::PrivateKey;
use crate::keys::pkcs5::{Budget, Scheme, Spelling, decrypt_key_info};
use crate::values::Secret;
use crate::x509::{Certificate, CertificateRevocationList};

/// Looks whether the bytes have the structure of a key store.
pub(super) fn check(ber: &[u8]) -> Result<(), DecodeError> {
    let der = to_definite(ber)?;
    Pfx::read(&der).map(|_| ())
}

pub(super) fn open(
    ber: &[u8],
    passphrase: &Secret,
    iteration_limit: u64,
) -> Result<Pkcs12Contents, DecodeError> {
    let der = to_definite(ber)?;
    let pfx = Pfx::read(&der)?;
    let mut budget = Budget::new(iteration_limit);
    let mut spellings = Spelling::all(passphrase);
    if let Some(mac) = &pfx.mac {
        let spelling = mac.verify(&pfx.safe, &spellings, &mut budget)?;
        // The spelling that the MAC was made with comes first, the others stay for the contents.
        spellings.swap(0, spelling);
    }
    let mut bags = Bags {
        spellings,
        budget,
        contents: Found::default(),
    };
    bags.read_safe(&pfx.safe)?;
    Ok(bags.contents.tied(pfx.mac.is_some()))
}

/// The outer structure: the safe that the MAC protects, and the MAC.
struct Pfx<'a> {
    safe: Vec<u8>,
    mac: Option<MacData<'a>>,
}

impl<'a> Pfx<'a> {
    fn read(der: &'a [u8]) -> Result<Self, DecodeError> {
        let mut fields = Reader::single(der, tag::SEQUENCE)?.reader();
        let version = fields.field(tag::INTEGER, "version")?.unsigned()?;
        if version != 3 {
            let what = format!("PKCS#12 version {version}");
            return Err(DecodeError::new(DecodeErrorKind::Unsupported(what)));
        }
        let (kind, content) = content_info(&fields.field(tag::SEQUENCE, "authSafe")?)?;
        if kind != DATA {
            return Err(unsupported("integrity by public key, content type", &kind));
        }
        let mac = fields.optional(tag::SEQUENCE)?;
        fields.finish()?;
        let mac = mac.map(|mac| MacData::read(&mac)).transpose()?;
        Ok(Self {
            safe: data(content.as_ref())?,
            mac,
        })
    }
}

/// Everything that was found, not yet tied together.
#[derive(Default)]
struct Found {
    keys: Vec<(PrivateKey, Attributes)>,
    certificates: Vec<Pkcs12Certificate>,
    crls: Vec<CertificateRevocationList>,
    unknown: Vec<ObjectIdentifier>,
}

impl Found {
    /// Ties keys to their certificates.
    fn tied(self, has_mac: bool) -> Pkcs12Contents {
        let mut keys = Vec::with_capacity(self.keys.len());
        let ties = Ties::between(&self.certificates);
        for (key, attributes) in self.keys {
            let Attributes {
                friendly_name,
                local_key_id,
            } = attributes;
            keys.push(Pkcs12Key {
                chain: ties.chain(&key, local_key_id.as_deref()),
                key,
                friendly_name,
                local_key_id,
            });
        }
        Pkcs12Contents {
            keys,
            certificates: self.certificates,
            crls: self.crls,
            unknown: self.unknown,
            has_mac,
        }
    }
}

#[derive(Default)]
struct Attributes {
    friendly_name: Option<String>,
    local_key_id: Option<Vec<u8>>,
}

impl Attributes {
    fn read(set: Option<&Element<'_>>) -> Result<Self, DecodeError> {
        let mut found = Self::default();
        let Some(set) = set else { return Ok(found) };
        let mut attributes = set.reader();
        while let Some(attribute) = attributes.next()? {
            let mut fields = attribute.of_tag(tag::SEQUENCE)?.reader();
            let kind = fields
                .field(tag::OBJECT_IDENTIFIER, "attrId")?
                .object_identifier()?;
            let value = fields.field(tag::SET, "attrValues")?.reader().next()?;
            match value {
                Some(value) if kind == FRIENDLY_NAME => found.friendly_name = string_text(&value),
                Some(value) if kind == LOCAL_KEY_ID => found.local_key_id = Some(value.octets()?),
                _ => {}
            }
        }
        Ok(found)
    }
}

struct Bags {
    spellings: Vec<Spelling>,
    budget: Budget,
    contents: Found,
}

impl Bags {
    /// Reads an `AuthenticatedSafe`.
    fn read_safe(&mut self, ber: &[u8]) -> Result<(), DecodeError> {
        let der = definite(ber)?;
        let mut safes = Reader::single(&der, tag::SEQUENCE)?.reader();
        while let Some(safe) = safes.next()? {
            let (kind, content) = content_info(&safe.of_tag(tag::SEQUENCE)?)?;
            if kind == DATA {
                self.read_bags(&data(content.as_ref())?, NESTING_LIMIT)?;
            } else if kind == ENCRYPTED_DATA {
                let plain = self.decrypt(content.as_ref())?;
                self.read_bags(&plain, NESTING_LIMIT)?;
            } else {
                return Err(unsupported("privacy by public key, content type", &kind));
            }
        }
        Ok(())
    }

    fn decrypt(
        &mut self,
        content: Option<&Element<'_>>,
    ) -> Result<Zeroizing<Vec<u8>>, DecodeError> {
        let content = content.ok_or_else(no_content)?.of_tag(tag::SEQUENCE)?;
        let mut fields = content.reader();
        fields.field(tag::INTEGER, "version")?;
        let mut info = fields
            .field(tag::SEQUENCE, "encryptedContentInfo")?
            .reader();
        info.field(tag::OBJECT_IDENTIFIER, "contentType")?;
        let scheme = Scheme::read(&info.field(tag::SEQUENCE, "contentEncryptionAlgorithm")?)?;
        let encrypted = info.any("encryptedContent")?.octets()?;
        scheme.decrypt(&encrypted, &self.spellings, &mut self.budget, |plain| {
            let bags = definite(plain)?;
            Reader::single(&bags, tag::SEQUENCE)?;
            Ok(Zeroizing::new(bags.to_vec()))
        })
    }

    /// Reads a `SafeContents`.
    fn read_bags(&mut self, ber: &[u8], depth: usize) -> Result<(), DecodeError> {
        let der = definite(ber)?;
        let mut bags = Reader::single(&der, tag::SEQUENCE)?.reader();
        while let Some(bag) = bags.next()? {
            self.read_bag(&bag.of_tag(tag::SEQUENCE)?, depth)?;
        }
        Ok(())
    }

    fn read_bag(&mut self, bag: &Element<'_>, depth: usize) -> Result<(), DecodeError> {
        let mut fields = bag.reader();
        let kind = fields
            .field(tag::OBJECT_IDENTIFIER, "bagId")?
            .object_identifier()?;
        let value = fields.field(tag::context_constructed(0), "bagValue")?;
        let attributes = Attributes::read(fields.optional(tag::SET)?.as_ref())?;
        let value = value.reader().any("bagValue")?;
        match kind {
            kind if kind == KEY_BAG => {
                let key = PrivateKey::from_der(value.raw)?;
                self.contents.keys.push((key, attributes));
            }
            kind if kind == SHROUDED_KEY_BAG => {
                let value = value.of_tag(tag::SEQUENCE)?;
                let key = decrypt_key_info(
                    &value,
                    &self.spellings,
                    &mut self.budget,
                    PrivateKey::from_der,
                )?;
                self.contents.keys.push((key, attributes));
            }
            kind if kind == CERTIFICATE_BAG => self.read_certificate(&value, attributes)?,
            kind if kind == CRL_BAG => self.read_crl(&value)?,
            kind if kind == SAFE_CONTENTS_BAG => {
                let depth = depth
                    .checked_sub(1)
                    .ok_or_else(|| DecodeError::new(DecodeErrorKind::TooDeep(NESTING_LIMIT)))?;
                self.read_bags(value.raw, depth)?;
            }
            kind => self.contents.unknown.push(kind),
        }
        Ok(())
    }

    fn read_certificate(
        &mut self,
        value: &Element<'_>,
        attributes: Attributes,
    ) -> Result<(), DecodeError> {
        let Some(der) = typed_octets(value, &X509_CERTIFICATE)? else {
            self.contents.unknown.push(CERTIFICATE_BAG);
            return Ok(());
        };
        let Attributes {
            friendly_name,
            local_key_id,
        } = attributes;
        let certificate = Certificate::from_der(&der)?;
        let found = Pkcs12Certificate {
            certificate,
            friendly_name,
            local_key_id,
        };
        self.contents.certificates.push(found);
        Ok(())
    }

    fn read_crl(&mut self, value: &Element<'_>) -> Result<(), DecodeError> {
        match typed_octets(value, &X509_CRL)? {
            Some(der) => self
                .contents
                .crls
                .push(CertificateRevocationList::from_der(&der)?),
            None => self.contents.unknown.push(CRL_BAG),
        }
        Ok(())
    }
}

/// Bags within bags; no writer nests them at all.
const NESTING_LIMIT: usize = 4;

fn definite(ber: &[u8]) -> Result<Zeroizing<Vec<u8>>, DecodeError> {
    to_definite(ber).map(Cow::into_owned).map(Zeroizing::new)
}

/// Type and content of a `ContentInfo`.
fn content_info<'a>(
    element: &Element<'a>,
) -> Result<(ObjectIdentifier, Option<Element<'a>>), DecodeError> {
    let mut fields = element.reader();
    let kind = fields
        .field(tag::OBJECT_IDENTIFIER, "contentType")?
        .object_identifier()?;
    let content = match fields.optional(tag::context_constructed(0))? {
        Some(tagged) => tagged.reader().next()?,
        None => None,
    };
    Ok((kind, content))
}

fn data(content: Option<&Element<'_>>) -> Result<Vec<u8>, DecodeError> {
    content
        .ok_or_else(no_content)?
        .of_tag(tag::OCTET_STRING)?
        .octets()
}

fn no_content() -> DecodeError {
    DecodeError::invalid("no content").in_field("content")
}

/// The octets of a `CertBag` or `CRLBag`, if they are of this type.
fn typed_octets(
    value: &Element<'_>,
    wanted: &ObjectIdentifier,
) -> Result<Option<Vec<u8>>, DecodeError> {
    let mut fields = value.of_tag(tag::SEQUENCE)?.reader();
    let kind = fields
        .field(tag::OBJECT_IDENTIFIER, "certId")?
        .object_identifier()?;
    let tagged = fields.field(tag::context_constructed(0), "certValue")?;
    if kind != *wanted {
        return Ok(None);
    }
    tagged
        .reader()
        .field(tag::OCTET_STRING, "certValue")?
        .octets()
        .map(Some)
}
