"""Tables that tutorials read from text files, drawn with the columns, sizes and kinds of the published ones."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

# A column is (name, mean, spread), (name, [values]), or the name of what is to be told: (name, [values], "target").
Column = Any


def _numbers(text: str) -> list[Column]:
    """Columns written as `name mean spread`, one after the other."""
    parts = text.split()
    return [(parts[i], float(parts[i + 1]), float(parts[i + 2])) for i in range(0, len(parts), 3)]


_CELLS = [
    "radius 14.1 3.5", "texture 19.3 4.3", "perimeter 92 24", "area 655 352", "smoothness .096 .014",
    "compactness .104 .053", "concavity .089 .08", "concave_points .049 .039", "symmetry .181 .027",
    "fractal_dimension .063 .007",
]  # fmt: skip
CELLS = [
    (name + ending, mean * share, spread * share)
    for ending, share in (("_mean", 1.0), ("_se", 0.1), ("_worst", 1.3))
    for name, mean, spread in _numbers(" ".join(_CELLS))
]
WINE = _numbers(
    "alcohol 13 .8 malic_acid 2.3 1.1 ash 2.4 .27 alcalinity_of_ash 19.5 3.3 magnesium 99.7 14 total_phenols 2.3 .63 "
    "flavanoids 2 1 nonflavanoid_phenols .36 .12 proanthocyanins 1.6 .57 color_intensity 5.1 2.3 hue .96 .23 "
    "od280 2.6 .71 proline 747 315"
)
_WINE_QUALITY = [
    ("fixed acidity", 8.3, 1.7), ("volatile acidity", 0.53, 0.18), ("citric acid", 0.27, 0.19),
    ("residual sugar", 2.5, 1.4), ("chlorides", 0.087, 0.047), ("free sulfur dioxide", 15.9, 10.5),
    ("total sulfur dioxide", 46.5, 32.9), ("density", 0.997, 0.002), ("pH", 3.3, 0.15), ("sulphates", 0.66, 0.17),
    ("alcohol", 10.4, 1.1),
]  # fmt: skip

#: (words of the path, any of which tells it; rows; columns; separator; whether it has a header)
TABLES: list[tuple[tuple[str, ...], int, list[Column], str, bool]] = [
    (
        ("diabetes", "pima"), 768,
        [*_numbers("Pregnancies 3.8 3.4 Glucose 121 32 BloodPressure 69 19 SkinThickness 20 16 Insulin 80 115 "
                   "BMI 32 7.9 DiabetesPedigreeFunction .47 .33 Age 33 11.8"), ("Outcome", [0, 1], "target")],
        ",", True,
    ),
    (
        ("titanic",), 891,
        [("PassengerId",), ("Survived", [0, 1], "target"), ("Pclass", [1, 2, 3]), ("Name", ["Mr. John Doe"]),
         ("Sex", ["male", "female"]), ("Age", 29.7, 14.5), ("SibSp", [0, 1, 2]), ("Parch", [0, 1, 2]),
         ("Ticket", ["A/5"]), ("Fare", 32.2, 49.7), ("Cabin", ["C85"]), ("Embarked", ["S", "C", "Q"])],
        ",", True,
    ),
    (("winequality", "wine_quality", "wine-quality"), 1599, [*_WINE_QUALITY, ("quality", [3, 4, 5, 6, 7, 8], "target")],
     ";", True),
    (("wine.data", "wine.csv"), 178, [("class", [1, 2, 3], "target"), *WINE], ",", False),
    (
        ("heart",), 303,
        [("age", 54, 9), ("sex", [0, 1]), ("cp", [0, 1, 2, 3]), *_numbers("trestbps 131 17 chol 246 52"),
         ("fbs", [0, 1]), ("restecg", [0, 1, 2]), ("thalach", 150, 23), ("exang", [0, 1]), ("oldpeak", 1.0, 1.2),
         ("slope", [0, 1, 2]), ("ca", [0, 1, 2, 3]), ("thal", [1, 2, 3]), ("target", [0, 1], "target")],
        ",", True,
    ),
    (("wdbc",), 569, [("id",), ("diagnosis", ["B", "M"], "target"), *CELLS], ",", False),
    (("breast", "cancer"), 569, [("id",), ("diagnosis", ["B", "M"], "target"), *CELLS], ",", True),
    (("banknote",), 1372, [*_numbers("variance .43 2.8 skewness 1.9 5.9 curtosis 1.4 4.3 entropy -1.2 2.1"),
                          ("class", [0, 1], "target")], ",", False),
    (
        ("seeds", "wheat"), 210,
        [*_numbers("area 14.8 2.9 perimeter 14.6 1.3 compactness .87 .02 length 5.6 .44 width 3.3 .38 "
                   "asymmetry 3.7 1.5 groove 5.4 .49"), ("class", [1, 2, 3], "target")],
        ",", False,
    ),
    (
        ("monks",), 124,
        [("", [""]), ("class", [0, 1], "target"), ("a1", [1, 2, 3]), ("a2", [1, 2, 3]), ("a3", [1, 2]),
         ("a4", [1, 2, 3]), ("a5", [1, 2, 3, 4]), ("a6", [1, 2]), ("id", ["data_5"])],
        " ", False,
    ),
    (
        ("ionosphere",), 351,
        [*[("a%d" % i, 0.3, 0.5) for i in range(1, 35)], ("class", ["g", "b"], "target")],
        ",", False,
    ),
    (("sonar",), 208, [*[("band%d" % i, 0.25, 0.15) for i in range(60)], ("class", ["R", "M"], "target")], ",", False),
    (
        ("churn",), 800,
        [("RowNumber",), ("CustomerId",), ("Surname", ["Smith"]), ("CreditScore", 650, 97),
         ("Geography", ["France", "Germany", "Spain"]), ("Gender", ["Male", "Female"]), ("Age", 39, 10),
         ("Tenure", 5, 2.9), ("Balance", 76486, 62397), ("NumOfProducts", [1, 2, 3]), ("HasCrCard", [0, 1]),
         ("IsActiveMember", [0, 1]), ("EstimatedSalary", 100090, 57510), ("Exited", [0, 1], "target")],
        ",", True,
    ),
    (
        ("housing", "boston"), 506,
        [*_numbers("CRIM 3.6 8.6 ZN 11 23 INDUS 11 6.9 CHAS .07 .25 NOX .55 .12 RM 6.3 .7 AGE 69 28 DIS 3.8 2.1 "
                   "RAD 9.5 8.7 TAX 408 168 PTRATIO 18.5 2.2 B 357 91 LSTAT 12.7 7.1"), ("MEDV", 22.5, 9.2, "target")],
        ",", True,
    ),
    (
        ("insurance",), 400,
        [("age", 39, 14), ("sex", ["female", "male"]), ("bmi", 30.7, 6.1), ("children", [0, 1, 2, 3]),
         ("smoker", ["no", "yes"]), ("region", ["northeast", "northwest", "southeast", "southwest"]),
         ("charges", 13270, 12110, "target")],
        ",", True,
    ),
    (
        ("auto-mpg", "auto_mpg", "autompg"), 398,
        [("mpg", 23.5, 7.8, "target"), ("cylinders", [4, 6, 8]), *_numbers(
            "displacement 193 104 horsepower 104 38 weight 2970 847 acceleration 15.6 2.8 model_year 76 3.7"
        ), ("origin", [1, 2, 3]), ("car_name", ["a car"])],
        ",", True,
    ),
    (("Advertising",), 200, [("",), *_numbers("TV 147 86 Radio 23 15 Newspaper 31 22"), ("Sales", 14, 5.2, "target")],
     ",", True),
    (("advertising",), 200, [*_numbers("TV 147 86 Radio 23 15 Newspaper 31 22"), ("Sales", 14, 5.2, "target")],
     ",", True),
    (("social_network",), 400, [("User ID",), ("Gender", ["Male", "Female"]), ("Age", 38, 10),
                                ("EstimatedSalary", 69743, 34097), ("Purchased", [0, 1], "target")], ",", True),
    (("salary",), 30, [("YearsExperience", 5.3, 2.8), ("Salary", 76003, 27414, "target")], ",", True),
    (("ex2data2",), 118, [*_numbers("test1 0 0.5 test2 0.2 0.5"), ("accepted", [0, 1], "target")], ",", False),
    (("ex2data",), 100, [*_numbers("exam1 66 19 exam2 66 19"), ("admitted", [0, 1], "target")], ",", False),
    (("ex1data2",), 47, [*_numbers("size 2000 795 bedrooms 3.2 0.8"), ("price", 340413, 125040, "target")], ",", False),
    (("ex1data",), 97, [("population", 8.2, 3.9), ("profit", 5.8, 5.5, "target")], ",", False),
]  # fmt: skip


#: what a gate gives for 00, 01, 10, 11
_GATES = {"and": "0001", "or": "0111", "xor": "0110", "nand": "1110", "nor": "1000", "xnor": "1001"}
_AROUND_A_GATE = frozenset(["", "data", "dataset", "set", "gate", "logic", "table", "train", "training", "test"])
_ENDINGS = (".csv", ".data", ".txt", ".tsv", ".dat", ".train", ".test")


def known(path: str, least: int = 0) -> tuple[str, str, bool] | None:
    """What a table's path promises: (its text, the separator, whether it has a header); None if nothing is known.

    Args:
        least: rows that it has at least.
    """
    lower = path.lower().replace("\\", "/").replace(" ", "_")
    gate = _gate(lower)
    if gate is not None:
        return gate
    for words, rows, columns, separator, has_header in TABLES:
        base = lower.rpartition("/")[2]
        is_file = "." not in base or base.endswith(_ENDINGS)
        place = lower if "." in base else base
        if any(word in (place if word.islower() else path.rpartition("/")[2]) for word in words) and is_file:
            is_bare = lower.endswith((".data", ".data.csv", ".txt")) or "." not in base or "pima-indians" in lower
            header = has_header and not is_bare
            return _as_text(columns, max(rows, least), separator, header), separator, header
    return None


def _gate(path: str) -> tuple[str, str, bool] | None:
    """The four lines of a table of truth values that is named by its gate: `dataset_xor.txt`."""
    base, _, ending = path.rpartition("/")[2].rpartition(".")
    words = [word for word in re.split(r"[^a-z]+", base) if word not in _AROUND_A_GATE]
    if len(words) != 1 or words[0] not in _GATES or "." + ending not in _ENDINGS:
        return None
    separator = " " if ending in ("txt", "dat") else ","
    rows = [(k // 2, k % 2, int(one)) for k, one in enumerate(_GATES[words[0]])]
    return "".join(separator.join(map(str, row)) + "\n" for row in rows), separator, False


def _as_text(columns: list[Column], rows: int, separator: str, header: bool) -> str:
    names = [separator.join(column[0] for column in columns)] if header else []
    lines = [separator.join(map(str, row)) for row in zip(*drawn(columns, rows))]
    return "\n".join([*names, *lines]) + "\n"


def of_columns(asked: list[str]) -> tuple[str, str, bool] | None:
    """The best known table with most of some columns, by their names, as `known` gives one."""
    for _, rows, columns, separator, has_header in TABLES:
        names = {column[0] for column in columns}
        common = sum(name in names for name in asked)
        if has_header and common >= 2 and 2 * common > len(asked):
            return _as_text(columns, rows, separator, True), separator, True
    return None


def published(name: str) -> tuple[dict[str, list[Any]], dict[str, list[Any]]] | None:
    """A table in two parts: measurements, without what numbers its rows, and what is to be told."""
    for words, rows, columns, _, _ in TABLES:
        if any(word in name.lower() for word in words):
            parts: tuple[dict[str, list[Any]], dict[str, list[Any]]] = ({}, {})
            for column, values in zip(columns, drawn(columns, rows)):
                if len(column) > 1 and (not isinstance(column[1], list) or len(column[1]) > 1):
                    parts[column[-1] == "target"][column[0]] = values
            return parts
    return None


def drawn(columns: list[Column], rows: int, seed: int = 0) -> list[list[Any]]:
    """The columns of a table: what is to be told can be told from the others."""
    rng = np.random.RandomState(seed)
    hidden = rng.randn(rows)
    found: list[list[Any]] = []
    for column in columns:
        if len(column) == 1:
            found.append(list(range(1, rows + 1)))
        elif isinstance(column[1], list):
            share = 2.0 if column[-1] == "target" else 0.3
            rank = np.argsort(np.argsort(share * hidden + 0.5 * rng.randn(rows))) / rows
            found.append([column[1][int(one * len(column[1]))] for one in rank])
        else:
            share = 1.0 if column[-1] == "target" else 0.5
            values = column[1] + column[2] * (share * hidden + np.sqrt(1.0625 - share**2) * rng.randn(rows))
            values = np.maximum(values, 0.0) if column[1] > 0 and column[1] < 3 * column[2] else values
            digits = max(0, int(np.ceil(3 - np.log10(column[2]))))
            found.append(np.round(values, digits).tolist())
    return found


def measured(columns: list[Column], rows: int, kinds: int) -> tuple[Any, Any]:
    """Measurements with these means and spreads in a number of kinds: (inputs, kinds)."""
    made = drawn([*columns, ("kind", list(range(kinds)), "target")], rows)
    return np.column_stack(made[:-1]).astype(float), np.array(made[-1])
