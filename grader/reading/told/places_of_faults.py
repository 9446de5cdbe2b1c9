"""Where what was found stands in the person's text: the line that makes it, names it, or asks a helper for it."""

from grader.reading.judging.finding import Finding
from grader.reading.judging.judgement import Judgement
from grader.reading.recorded.graph import PRODUCTS, VIEWS
from grader.reading.recorded.recording import Place
from grader.reading.told.asked import where_asked
from grader.reading.told.placed import Placed, placed
from grader.submissions import Submission


class Places:
    """Places of events and of faults."""

    def __init__(self, judgement: Judgement, submission: Submission) -> None:
        self.judgement = judgement
        self.network = judgement.network
        self.submission = submission
        self.recording = self.network.graph.recording

    def place(self, event: int | None) -> Placed:
        """Where an event stands, and that line."""
        return (None, "") if event is None else self._at(self.recording.place_of(self.network.graph.events[event]))

    def _at(self, place: Place) -> Placed:
        return placed(self.submission, place.filename, place.line)

    def location_of(self, finding: Finding) -> Placed:
        """The place of a finding and its text.

        Where it comes out of a helper that is right in itself, the statement that asks for it is meant.
        """
        event = finding.event
        renamed = self._renamed(event) if finding.code == "not-summed" else None
        if finding.code in ("output-without-target", "cost-of-changed-output"):
            renamed = self._named_last(finding)
        if finding.code == "last-sample-only" and event is not None:
            renamed = self._overwritten(event, finding)
        if renamed is not None:
            return renamed
        is_of_helper = finding.code in ("no-output-slope", "output-slope-left-out", "slope-of-output-too")
        if event is not None and (is_of_helper or self._is_right_elsewhere(finding)):
            factor = None if is_of_helper else self._own_factor(finding, event)
            if factor is not None:
                return self.place(factor)
            where = where_asked(self.network.graph, event)
            if where is not None:
                return self._at(where)
        return self.place(event)

    def _renamed(self, update: int | None) -> Placed | None:
        """Where what an update takes got a name of its own: `db = delta` computes nothing, but is the line."""
        graph, start = self.network.graph, self.judgement.start
        if update is None:
            return None
        made = {graph.events[at].result: at for at in graph.ancestors(update, start - 1)}
        for value, at in sorted(made.items(), key=lambda entry: -entry[1]):
            names = [(place, name) for when, place, name, held in sorted(self.recording.named)
                     if held == value and at <= when <= update]  # fmt: skip
            other = next((place for place, name in names if name != names[0][1]), None)
            if names:
                if other is None:
                    return None
                return self._at(self.recording.places[other])
        return None

    def _overwritten(self, event: int, finding: Finding) -> Placed | None:
        """Where what the last sample gives takes the place of the sum: the last name that it gets before the update."""
        updates, value = self.network.chain[finding.layer].updates, self.network.graph.events[event].result
        last = [place for at, place, _, held in sorted(self.recording.named) if held == value and at <= updates[0]]
        return self._at(self.recording.places[last[-1]]) if last else None

    def _named_last(self, finding: Finding) -> Placed | None:
        """Where the output got the name of a δ, if the finding is of the output itself: `dZ = A` computes nothing."""
        graph, updates = self.network.graph, self.network.chain[finding.layer].updates
        value = self.network.passes[0].layers[-1].a_value
        if finding.event is None or value is None or graph.events[finding.event].result != value or not updates:
            return None
        named = [(place, name) for at, place, name, held in sorted(self.recording.named, key=lambda entry: entry[0])
                 if held == value and finding.event < at <= updates[0]]  # fmt: skip
        firsts: dict[str, int] = {}
        for place, name in named:
            firsts.setdefault(name, place)
        return self._at(self.recording.places[list(firsts.values())[-1]]) if len(firsts) > 1 else None

    def _own_factor(self, finding: Finding, event: int) -> int | None:
        """Where a factor of a wrong product is made, if in a line that has no part in a right δ above: its slope."""
        graph, start = self.network.graph, self.judgement.start
        above = [self.judgement.right.get(f"δ{number}") for number in range(finding.layer + 2, self.network.depth + 1)]
        right = {graph.events[one].place for at in above if at is not None for one in graph.ancestors(at, start)}
        own = [
            one
            for one in graph.sources[event]
            if one > start and graph.events[one].op not in PRODUCTS | VIEWS and graph.events[one].place not in right
        ]
        return own[0] if len(own) == 1 else None

    def _is_right_elsewhere(self, finding: Finding) -> bool:
        """Whether the line that makes a wrong value makes one on the way to a right δ above as well, and no wrong one.

        What is right below is right but for the fault, and may be made of the same mistake.
        """
        graph, judgement = self.network.graph, self.judgement
        events, start = graph.events, judgement.start
        place = events[finding.event or 0].place
        if sum(one.event is not None and events[one.event].place == place for one in judgement.findings) > 1:
            return False
        above = [judgement.right.get(f"δ{number}") for number in range(finding.layer + 2, self.network.depth + 1)]
        return any(
            one != finding.event and events[one].place == place
            for at in above
            if at is not None and at >= start
            for one in graph.ancestors(at, start)
        )
