"""What shows a fault to whoever made it: small cases by hand, experiments."""
