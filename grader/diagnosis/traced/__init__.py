"""The values inside a function beside those of the solution's steps, and the first wrong one."""
