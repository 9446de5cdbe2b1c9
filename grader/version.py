"""The version that reports, grades and the service name."""

__version__ = "0.1.0"
