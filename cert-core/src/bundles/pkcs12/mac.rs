use crate::asn1::oid::oid;
use crate::asn1::{DecodeError, DecodeErrorKind, Element, ObjectIdentifier, tag};
use crate::keys::pkcs5::{
    Budget, Pbkdf2, Purpose, Spelling, blocks, digest, digest_length, equal, hmac, hmac_digest,
};
use crate::values::HashAlgorithm;
use crate::x509::algorithm::algorithm_identifier;

/// What protects the integrity of a store.
pub(super) struct MacData<'a> {
    scheme: MacScheme<'a>,
    expected: &'a [u8],
}

enum MacScheme<'a> {
    /// RFC 7292, 4.
    Pkcs12 {
        digest: HashAlgorithm,
        salt: &'a [u8],
        iterations: u64,
    },
    /// RFC 9579.
    Pbmac1 {
        derivation: Pbkdf2,
        /// Of the key.
        length: usize,
        digest: HashAlgorithm,
    },
}

impl<'a> MacData<'a> {
    pub(super) fn read(element: &Element<'a>) -> Result<Self, DecodeError> {
        let mut fields = element.reader();
        let mut info = fields.field(tag::SEQUENCE, "mac")?.reader();
        let algorithm = info.field(tag::SEQUENCE, "digestAlgorithm")?;
        let expected = info.field(tag::OCTET_STRING, "digest")?.content;
        let salt = fields.field(tag::OCTET_STRING, "macSalt")?.content;
        let iterations = fields.optional(tag::INTEGER)?;
        let iterations = iterations.map_or(Ok(1), |iterations| iterations.unsigned())?;
        let (oid, parameters) = algorithm_identifier(&algorithm)?;
        let scheme = if oid == PBMAC1 {
            let parameters =
                parameters.ok_or_else(|| DecodeError::invalid("PBMAC1 without parameters"))?;
            MacScheme::read_pbmac1(&parameters.of_tag(tag::SEQUENCE)?)?
        } else {
            MacScheme::Pkcs12 {
                digest: digest(&algorithm)?,
                salt,
                iterations,
            }
        };
        Ok(Self { scheme, expected })
    }

    /// Which spelling of the pass phrase the MAC was made with.
    pub(super) fn verify(
        &self,
        safe: &[u8],
        spellings: &[Spelling],
        budget: &mut Budget,
    ) -> Result<usize, DecodeError> {
        let iterations = self.scheme.spend(budget)?;
        for (index, spelling) in spellings.iter().enumerate() {
            if equal(
                &self.scheme.compute(safe, spelling, iterations)?,
                self.expected,
            ) {
                return Ok(index);
            }
        }
        Err(DecodeError::new(DecodeErrorKind::WrongPassphrase))
    }
}

impl MacScheme<'_> {
    fn read_pbmac1(parameters: &Element<'_>) -> Result<Self, DecodeError> {
        let mut fields = parameters.reader();
        let derivation = Pbkdf2::read(&fields.field(tag::SEQUENCE, "keyDerivationFunc")?)?;
        let digest = hmac_digest(&fields.field(tag::SEQUENCE, "messageAuthScheme")?)?;
        let length = derivation
            .length
            .and_then(|length| usize::try_from(length).ok())
            .filter(|length| (1..=64).contains(length))
            .ok_or_else(|| DecodeError::invalid("PBMAC1 without a sound key length"))?;
        Ok(Self::Pbmac1 {
            derivation,
            length,
            digest,
        })
    }

    /// Takes off what deriving the key costs; gives the iterations.
    fn spend(&self, budget: &mut Budget) -> Result<u32, DecodeError> {
        match self {
            Self::Pkcs12 { iterations, .. } => budget.spend(*iterations, 1),
            Self::Pbmac1 {
                derivation, length, ..
            } => budget.spend(derivation.iterations, blocks(*length, derivation.digest)),
        }
    }

    fn compute(
        &self,
        safe: &[u8],
        spelling: &Spelling,
        iterations: u32,
    ) -> Result<Vec<u8>, DecodeError> {
        match self {
            Self::Pkcs12 { digest, salt, .. } => {
                let length = digest_length(*digest);
                let key = spelling.derive(*digest, Purpose::Mac, salt, iterations, length)?;
                hmac(*digest, &key, safe)
            }
            Self::Pbmac1 {
                derivation,
                length,
                digest,
            } => {
                let Pbkdf2 {
                    salt, digest: prf, ..
                } = derivation;
                let key = spelling.pbkdf2(*prf, salt, iterations, *length)?;
                hmac(*digest, &key, safe)
            }
        }
    }
}

const PBMAC1: ObjectIdentifier = oid!("1.2.840.113549.1.5.14");
