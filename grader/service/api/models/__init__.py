"""What goes in and out of the API, documented where it is declared."""
