"""Training on phantoms: small enough to run in seconds."""
