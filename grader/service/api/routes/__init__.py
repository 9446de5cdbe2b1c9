"""The operations, a module per resource; every module has a `router`."""
