"""My network."""
