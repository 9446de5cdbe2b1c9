"""Recognition: which assignment a submission belongs to, by names, signatures and imports; nothing is run."""

from grader.recognition.catalogue import Catalogue, refusal, remark_on_another
from grader.recognition.recognise import Match, Verdict

__all__ = ["Catalogue", "Match", "Verdict", "refusal", "remark_on_another"]
