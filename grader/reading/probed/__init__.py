"""What no formula is known for, judged by moving it and measuring what that does."""
