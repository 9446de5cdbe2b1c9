"""What the updates of the parameters are made of, and which mistake explains a wrong one."""
