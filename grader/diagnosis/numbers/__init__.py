"""What wrong numbers tell by themselves: factors, terms, places, shapes."""
