"""What stands in a person's text where something happened."""

from grader.reading.recorded.graph import Graph


class Texts:
    """The person's own text at a place."""

    def __init__(self, graph: Graph, lines: dict[str, list[str]]) -> None:
        self.graph = graph
        self.lines = lines

    def __call__(self, place: int) -> str:
        where = self.graph.recording.places[place]
        lines = self.lines.get(where.filename, [])
        if not 1 <= where.line <= len(lines):
            return ""
        if where.line == where.end_line:
            return lines[where.line - 1].encode()[where.column : where.end_column].decode("utf-8", "replace")
        inner = lines[where.line : where.end_line - 1]
        last = lines[where.end_line - 1] if where.end_line <= len(lines) else ""
        return " ".join([lines[where.line - 1][where.column :], *inner, last[: where.end_column]])

    def statement(self, place: int) -> str:
        """The whole line."""
        where = self.graph.recording.places[place]
        lines = self.lines.get(where.filename, [])
        return lines[where.line - 1].strip() if 1 <= where.line <= len(lines) else ""
