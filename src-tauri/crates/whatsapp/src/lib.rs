//! twinbox-whatsapp.
