//! twinbox-server.
