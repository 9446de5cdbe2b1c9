"""The means on one submission that is still alive, by what they look at."""

from grader.diagnosis.cases.judged import Judged
from grader.diagnosis.general.changes import Changes
from grader.diagnosis.general.own_text import OwnText
from grader.diagnosis.general.places import Places
from grader.diagnosis.general.reached import Reached
from grader.diagnosis.general.text_facts import TextFacts


class GeneralMeans:
    """What can be asked of a submission's text.

    Attributes:
        text: the functions as they are written and watched.
        facts: what the text tells by itself.
        changes: what makes it right.
        places: where something is.
        reached: which places its results come of.
    """

    def __init__(self, judged: Judged) -> None:
        self.text = OwnText(judged)
        self.facts = TextFacts(self.text)
        self.changes = Changes(self.text)
        self.places = Places(self.text)
        self.reached = Reached(self.text)
