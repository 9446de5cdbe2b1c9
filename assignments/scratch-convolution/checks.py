"""What is verified of Dropout; the layers of images are verified by the table in `composition.py`."""

from operations.plain_dropout import dropout_checks

shares, kept, after_training, backward = dropout_checks("Dropout", (12, 8))
