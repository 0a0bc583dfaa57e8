//! What a certificate is, and how a vendor's system is called.
