"""Notebooks as texts."""

import json


def notebook_json(*code: str, minor: int = 4, **top: object) -> str:
    """A notebook of version 4 with these code cells."""
    cells = [
        {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": source}
        | ({"id": f"id-{number}"} if minor >= 5 else {})
        for number, source in enumerate(code)
    ]
    return json.dumps({"nbformat": 4, "nbformat_minor": minor, "metadata": {}, "cells": cells} | top)
