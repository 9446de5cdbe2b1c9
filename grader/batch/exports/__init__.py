"""The gradebook in the forms that the platforms read."""
