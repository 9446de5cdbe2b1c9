"""The means on one submission that is still alive, by what they look at."""

from collections.abc import Sequence

from grader.assignments import ContractFunction
from grader.checks.run import CheckRun, CheckSetting
from grader.checks.student import Student
from grader.diagnosis.cases.where import Source
from grader.diagnosis.general.changes import Changes
from grader.diagnosis.general.own_text import OwnText
from grader.diagnosis.general.places import Places
from grader.diagnosis.general.text_facts import TextFacts


class GeneralMeans:
    """What can be asked of a submission's text.

    Attributes:
        text: the functions as they are written and watched.
        facts: what the text tells by itself.
        changes: what makes it right.
        places: where something is.
    """

    def __init__(
        self,
        student: Student,
        source: Source,
        contract: Sequence[ContractFunction],
        setting: CheckSetting,
        runs: Sequence[CheckRun],
    ) -> None:
        self.text = OwnText(student, source, contract, setting, runs)
        self.facts = TextFacts(self.text)
        self.changes = Changes(self.text)
        self.places = Places(self.text)
