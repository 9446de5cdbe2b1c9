"""What goes wrong in counting right answers."""

from operations.listed_networks import least_output_taken

least_output = least_output_taken("accuracy")
