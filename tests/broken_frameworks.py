"""Broken framework files: each an edit of the second framework, with what its faults must say."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Edit:
    """A change of the second framework's text, and what the faults must say."""

    old: str
    new: str
    says: tuple[str, ...]
    times: int = 1


CLAUSE = "              clause:\n                vi: Dòng 1\n                en: Line 1\n"
Y1_LEVEL_5 = "          5:\n            vi: Nội quy được rà soát hằng năm.\n            en: The rules are reviewed each year.\n"
Y2_ITEMS = """        items:
          - id: Y2.1
            label:
              vi: Mượn về
              en: Borrowing
          - id: Y2.2
            label:
              vi: Đọc tại chỗ
              en: Reading on site
"""
CONDITION = "    conditions:\n      - indicator: Y3\n        at_least: 1\n"
X1 = "dimensions > X > indicators > X1"
X2 = "dimensions > X > indicators > X2"
Y1 = "dimensions > Y > indicators > Y1"
Y2 = "dimensions > Y > indicators > Y2"

BROKEN = {
    "a key twice": Edit(
        "        zero: 20\n",
        "        zero: 20\n        zero: 30\n",
        ("line 87: key 'zero' was already given on line 86",),
    ),
    "a key twice at the top": Edit(
        "version: 3\n", "version: 3\nversion: 3\n", ("key 'version' was already given",)
    ),
    "an unknown key": Edit(
        "        zero: 20\n",
        "        zero: 20\n        colour: red\n",
        (f"{X1} > colour: Extra inputs are not permitted",),
    ),
    "an unknown key at the top": Edit(
        "version: 3\n", "version: 3\nauthor: A\n", ("author: Extra inputs are not permitted",)
    ),
    "formulas that the program does not have": Edit(
        "version: 3\n",
        "version: 3\nformulas: 2\n",
        ("formulas: the file asks for set 2, this version of the program computes by 1",),
    ),
    "a misspelt key": Edit(
        "        maximum: 30\n",
        "        maximun: 30\n",
        (f"{X1} > maximum: Field required", f"{X1} > maximun: Extra inputs are not permitted"),
    ),
    "an indicator's id twice": Edit(
        "      - id: X2\n", "      - id: X1\n", ("indicators > X1: the id stands 2 times",)
    ),
    "a question with an indicator's id": Edit(
        "    - id: Z2\n", "    - id: X1\n", ("indicators > X1: the id stands 2 times",)
    ),
    "a dimension's id twice": Edit("  - id: Y\n", "  - id: X\n", ("dimensions > X: the id stands 2 times",)),
    "the information section named as a dimension": Edit(
        "  id: Z\n", "  id: Y\n", ("dimensions > Y: the id stands 2 times",)
    ),
    "an item's id twice": Edit(
        "          - id: Y2.2\n",
        "          - id: Y2.1\n",
        ("Y2 > items > Y2.1: the item at position 2 has the id Y2.2",),
    ),
    "an item with another question's id": Edit(
        "          - id: Y2.1\n",
        "          - id: X9.1\n",
        ("Y2 > items > X9.1: the item at position 1 has the id Y2.1",),
    ),
    "a choice's id twice": Edit(
        "        - id: Z3.2\n", "        - id: Z3.1\n", ("Z3 > items > Z3.1: the id stands 2 times",)
    ),
    "an empty id": Edit(
        "    - id: Z2\n",
        '    - id: ""\n',
        (
            "information > questions > entry 2 > id: ",
            "an id is made of letters without accents, digits, - and _",
        ),
    ),
    "an id that leaves its folder": Edit(
        "id: reading-rooms\n", "id: ../../secret\n", ("id: an id is made of letters",)
    ),
    "an id with a dot": Edit("      - id: X2\n", "      - id: X.2\n", (f"{X2[:-2]}X.2 > id: ",)),
    "a target on the zero point": Edit(
        "            value: 24\n",
        "            value: 48\n",
        (f"{X2} > targets > 2026 > value: 48 equals the zero point",),
    ),
    "a last target on the zero point": Edit(
        "            value: 12\n",
        "            value: 48\n",
        (f"{X2} > targets > 2028 > value: 48 equals the zero point",),
    ),
    "a target beyond the scale": Edit(
        "            value: 60\n",
        "            value: 160\n",
        (f"{X1} > targets > 2026 > value: 160 cannot be reached on a scale from 0 to 100",),
    ),
    "a target of a checklist above its items": Edit(
        "            value: 2\n",
        "            value: 3\n",
        (f"{Y2} > targets > 2028 > value: 3 cannot be reached on a scale from 0 to 2",),
    ),
    "a negative target": Edit(
        "            value: 24\n",
        "            value: -24\n",
        (f"{X2} > targets > 2026 > value: -24 cannot be reached",),
    ),
    "a first target beyond the last": Edit(
        "            value: 24\n",
        "            value: 6\n",
        (
            f"{X2} > targets > 2026 > value: 6 does not lie between the zero point 48 and the target of 2028 (12)",
        ),
    ),
    "a first target on the wrong side": Edit(
        "            value: 24\n",
        "            value: 60\n",
        (f"{X2} > targets > 2026 > value: 60 does not lie between",),
    ),
    "a zero point off the scale": Edit(
        "        zero: 20\n",
        "        zero: 120\n",
        (f"{X1} > zero: 120 does not lie on a scale from 0 to 100",),
    ),
    "a target of another year": Edit(
        "          - year: 2026\n            value: 60",
        "          - year: 2027\n            value: 60",
        (f"{X1} > targets: one target for each of 2026, 2028 is needed, found 2027, 2028",),
    ),
    "a target given twice": Edit(
        "          - year: 2028\n            value: 100",
        "          - year: 2026\n            value: 100",
        (f"{X1} > targets: one target for each of 2026, 2028 is needed, found 2026, 2026",),
    ),
    "maxima that miss the dimension's points": Edit(
        "    points: 60\n",
        "    points: 70\n",
        ("dimensions > X > points: the maxima add up to 60, the file declares 70",),
    ),
    "maxima that miss the declared total": Edit(
        "total_points: 100\n",
        "total_points: 1000\n",
        ("total_points: the maxima add up to 100, the file declares 1000",),
    ),
    "a negative maximum": Edit(
        "        maximum: 30\n",
        "        maximum: -30\n",
        (f"{X1} > maximum: Input should be greater than 0",),
    ),
    "a maximum of 0": Edit(
        "        maximum: 30\n", "        maximum: 0\n", (f"{X1} > maximum: Input should be greater than 0",)
    ),
    "an endless maximum": Edit(
        "        maximum: 30\n",
        "        maximum: .inf\n",
        (f"{X1} > maximum: Input should be a finite number",),
    ),
    "a zero point that is no number": Edit(
        "        zero: 20\n", "        zero: .nan\n", (f"{X1} > zero: Input should be a finite number",)
    ),
    "words where a number is needed": Edit(
        "        maximum: 30\n",
        "        maximum: ba mươi\n",
        (f"{X1} > maximum: Input should be a valid number",),
    ),
    "a number of 5000 digits": Edit("version: 3\n", f"version: {'9' * 5000}\n", ("version: ",)),
    "a list where a number is needed": Edit(
        "        zero: 20\n", "        zero: [20]\n", (f"{X1} > zero: Input should be a valid number",)
    ),
    "a word where a list is needed": Edit(
        "milestones: [2026, 2028]\n", "milestones: sau\n", ("milestones: Input should be a list",)
    ),
    "one milestone only": Edit("milestones: [2026, 2028]\n", "milestones: [2026]\n", ("milestones: ",)),
    "milestones in the wrong order": Edit(
        "milestones: [2026, 2028]\n",
        "milestones: [2028, 2026]\n",
        ("milestones: the years 2028, 2026 must rise",),
    ),
    "English missing": Edit("          en: Rooms with light\n", "", (f"{X1} > label > en: Field required",)),
    "Vietnamese missing": Edit("          vi: Phòng có đèn\n", "", (f"{X1} > label > vi: Field required",)),
    "empty words": Edit(
        "          en: Rooms with light\n",
        '          en: "  "\n',
        (f"{X1} > label > en: the words are empty",),
    ),
    "words in one language only": Edit(
        "        label:\n          vi: Phòng có đèn\n          en: Rooms with light\n",
        "        label: Phòng có đèn\n",
        (f"{X1} > label: keys with their values are expected",),
    ),
    "a maximum written as a word": Edit(
        "        maximum: 10\n", "        maximum: true\n", ("maximum: Input should be a valid number",)
    ),
    "a day written as a number": Edit(
        "checked: 2026-01-15", "checked: 20260115", ("checked: Input should be a valid date",)
    ),
    "a number in the manner of old": Edit("total_points: 100", "total_points: 1:40", ("total_points: ",)),
    "ids that differ in capitals alone": Edit(
        "      - id: X2\n", "      - id: x1\n", ("x1: differs from X1 only in capital letters",)
    ),
    "words that nobody can see": Edit(
        "          en: Rooms with light\n",
        '          en: "\\u200b"\n',
        ("label > en: the words are empty",),
    ),
    "braces that reach into Python": Edit(
        "({right}). Correct", "({right.__class__}). Correct", ("braces can hold {left} and {right} only",)
    ),
    "braces that ask for a wide field": Edit(
        "({right}). Correct", "({right:>900000000}). Correct", ("braces can hold {left} and {right} only",)
    ),
    "a figure compared with itself": Edit(
        "    right: Z1\n", "    right: X1.denominator\n", ("would be compared with itself",)
    ),
    "a comma that makes a key": Edit(
        "        help:\n          vi: Càng ít càng tốt.\n          en: Fewer is better.\n",
        "        help: {vi: Càng ít, càng tốt, en: Fewer is better}\n",
        (f"{X2} > help > càng tốt: Extra inputs are not permitted",),
    ),
    "no source": Edit(
        "            source:\n              kind: federation\n              document: TEST-1\n"
        + CLAUSE
        + "              checked: 2026-01-15\n",
        "",
        (f"{X1} > targets > 2026 > source: Field required",),
    ),
    "no clause": Edit(CLAUSE, "", (f"{X1} > targets > 2026 > source > clause: Field required",)),
    "an unlisted source": Edit(
        "document: TEST-1",
        "document: QD-999",
        ("indicators > X1 > targets > 2026 > source > document: 'QD-999' is not listed in sources.yaml",),
    ),
    "a proposal dressed as law": Edit(
        "kind: federation",
        "kind: national",
        (
            "indicators > X1 > targets > 2026 > source > kind: 'TEST-1' is a federation document and cannot back",
        ),
    ),
    "an unknown kind of source": Edit(
        "kind: federation",
        "kind: rumour",
        (f"{X1} > targets > 2026 > source > kind: Input should be 'national', 'province' or 'federation'",),
    ),
    "a bad date": Edit(
        "checked: 2026-01-15",
        "checked: 2026-13-45",
        (f"{X1} > targets > 2026 > source > checked: Input should be a valid date",),
    ),
    "a date in words": Edit(
        "checked: 2026-01-15",
        "checked: hôm qua",
        (f"{X1} > targets > 2026 > source > checked: Input should be a valid date",),
    ),
    "a programme target that cites nothing known": Edit(
        "    source:\n      kind: federation\n      document: TEST-1\n",
        "    source:\n      kind: federation\n      document: TEST-2\n",
        ("programme_targets > P1 > source > document: 'TEST-2' is not listed",),
    ),
    "a rubric without its top level": Edit(
        Y1_LEVEL_5,
        "",
        (
            f"{Y1} > levels: the rubric cannot be reached beyond level 4: no statement for 5",
            f"{Y1} > targets > 2028 > value: 5 cannot be reached",
        ),
    ),
    "a rubric with a hole": Edit(
        "          2:\n            vi: Dự thảo đã lấy ý kiến bạn đọc.\n            en: Readers were asked about the draft.\n",
        "",
        (f"{Y1} > levels: the rubric cannot be reached beyond level 1: no statement for 2",),
    ),
    "a rubric with two equal statements": Edit(
        "Nội quy đã ban hành.",
        "Đã có bản dự thảo nội quy.",
        (f"{Y1} > levels: the statement «Đã có bản dự thảo nội quy.» stands 2 times",),
    ),
    "a rubric with two equal English statements": Edit(
        "The rules are issued.",
        "A draft exists.",
        (f"{Y1} > levels: the statement «A draft exists.» stands 2 times",),
    ),
    "a rubric with a seventh level": Edit(
        Y1_LEVEL_5,
        Y1_LEVEL_5 + "          6:\n            vi: Hơn nữa.\n            en: More still.\n",
        (f"{Y1} > levels > 6: levels run from 0 to 5",),
    ),
    "a rubric with a level in words": Edit(
        "          5:\n            vi: Nội quy được",
        "          năm:\n            vi: Nội quy được",
        (f"{Y1} > levels > ",),
    ),
    "an unknown kind of question": Edit(
        "        kind: level\n",
        "        kind: opinion\n",
        (f"{Y1}: Input tag 'opinion' found using 'kind' does not match any of the expected tags",),
    ),
    "no kind of question": Edit("        kind: level\n", "", (f"{Y1}: Field required: kind",)),
    "a field of another kind": Edit(
        "        kind: yesno\n",
        "        kind: yesno\n        whole: true\n",
        ("dimensions > Y > indicators > Y3 > whole: Extra inputs are not permitted",),
    ),
    "a checklist without items": Edit(Y2_ITEMS, "        items: []\n", (f"{Y2} > items: ",)),
    "a dimension without indicators": Edit(
        "  - id: Y\n",
        "  - id: W\n    label: &w {vi: Trống, en: Empty}\n    short: *w\n    points: 0\n    indicators: []\n  - id: Y\n",
        ("dimensions > W > indicators: ",),
    ),
    "a key question that need not apply": Edit(
        "        may_not_apply: false\n",
        "",
        (f"{X1} > key: a key indicator cannot be allowed as not applicable",),
    ),
    "a gap in the levels": Edit(
        "  - level: 1\n", "  - level: 3\n", ("levels: number the levels 0, 1, 2 ... without a gap",)
    ),
    "levels that do not rise": Edit(
        "    at_least: 80\n",
        "    at_least: 40\n",
        ("levels: at_least must start at 0, rise, and stay within 100",),
    ),
    "a lowest level above 0": Edit(
        "    at_least: 0\n", "    at_least: 5\n", ("levels: at_least must start at 0",)
    ),
    "a level above 100": Edit(
        "    at_least: 80\n",
        "    at_least: 101\n",
        ("levels: at_least must start at 0, rise, and stay within 100",),
    ),
    "a gate on a level that is none": Edit(
        "  key_indicators_from: 2\n",
        "  key_indicators_from: 7\n",
        ("gates: level 7 is not one of the levels",),
    ),
    "a verified share in percent": Edit(
        "  verified: []\n",
        "  verified:\n    - level: 2\n      share: 60\n",
        ("gates > verified > 2 > share: 60 is not a share from 0 to 1",),
    ),
    "a negative gate": Edit(
        "  above_weakest: 1\n",
        "  above_weakest: -1\n",
        ("gates > above_weakest: Input should be greater than or equal to 0",),
    ),
    "a threshold in percent": Edit(
        "  total_coverage: 0.75\n",
        "  total_coverage: 75\n",
        ("thresholds > total_coverage: Input should be less than or equal to 1",),
    ),
    "a plausible range upside down": Edit(
        "            low: 1\n            high: 40\n",
        "            low: 40\n            high: 1\n",
        ("X1 > denominator > plausible: low 40 is above high 1",),
    ),
    "a check on a figure that is none": Edit(
        "    right: Z1\n",
        "    right: Z9\n",
        ("checks > X1-rooms > right: 'Z9' is no figure of this framework",),
    ),
    "a check on a part of what has none": Edit(
        "    left: X1.denominator\n",
        "    left: X2.denominator\n",
        ("checks > X1-rooms > left: 'X2.denominator' is no figure",),
    ),
    "a quotient without its range": Edit(
        "    relation: equal\n",
        "    relation: quotient\n",
        ("checks > X1-rooms > between: a range belongs to a quotient",),
    ),
    "an unknown relation": Edit(
        "    relation: equal\n",
        "    relation: similar\n",
        ("checks > X1-rooms > relation: Input should be 'equal', 'at_most' or 'quotient'",),
    ),
    "a message with an unknown brace": Edit(
        "({right}). Correct",
        "({total}). Correct",
        ("checks > X1-rooms > message > en: braces can hold {left} and {right} only",),
    ),
    "a message with a loose brace": Edit(
        "({right}). Hãy",
        "({right). Hãy",
        ("checks > X1-rooms > message > vi: braces can hold {left} and {right} only",),
    ),
    "a programme target on an unknown indicator": Edit(
        "      - indicator: Y3\n",
        "      - indicator: Y9\n",
        ("programme_targets > P1 > conditions: 'Y9' is no indicator",),
    ),
    "a programme target beyond the scale": Edit(
        "        at_least: 1\n",
        "        at_least: 2\n",
        ("programme_targets > P1 > conditions > Y3: 2 cannot be reached",),
    ),
    "a programme target with an unknown dimension": Edit(
        CONDITION, "    dimensions: [X, W]\n", ("programme_targets > P1 > dimensions: 'W' is no dimension",)
    ),
    "a programme target with nothing to decide": Edit(
        CONDITION, "", ("programme_targets > P1: give either dimensions or conditions",)
    ),
    "a programme target with two ways to decide": Edit(
        CONDITION,
        CONDITION + "    dimensions: [X]\n",
        ("programme_targets > P1: give either dimensions or conditions",),
    ),
    "pooling what is no ratio": Edit(
        "    federation: share\n",
        "    federation: pooled\n",
        ("programme_targets > P1 > federation: pooling needs one condition on a ratio",),
    ),
    "a goal above 100 per cent": Edit(
        "    goal: 100\n", "    goal: 150\n", ("programme_targets > P1 > goal: 150 is not a percentage",)
    ),
    "a goal of 0": Edit(
        "    goal: 100\n", "    goal: 0\n", ("programme_targets > P1 > goal: 0 is not a percentage",)
    ),
    "a condition on a question that is no yes-no": Edit(
        "    federation: share\n",
        "    federation: share\n    national_if: Z1\n",
        ("programme_targets > P1 > national_if: 'Z1' is no yes-no question",),
    ),
    "a merge key": Edit(
        "      - id: X2\n",
        "      - <<: {kind: number}\n        id: X2\n",
        ("line 109: '<<' (merging) is not used here",),
    ),
    "a tab": Edit("        zero: 20\n", "\tzero: 20\n", ("line 86: ",)),
    "an indent that fits nothing": Edit("        zero: 20\n", "     zero: 20\n", ("line 86: ",)),
    "an unclosed quotation": Edit("version: 3\n", 'version: "3\n', ("line ",)),
    "an unknown anchor": Edit("version: 3\n", "version: *three\n", ("line 3: found undefined alias",)),
    "an anchor that holds itself": Edit(
        "version: 3\n", "version: &v [*v]\n", ("line 3: found unconstructable recursive node",)
    ),
    "a command for Python": Edit(
        "version: 3\n",
        "version: !!python/object/apply:os.getcwd []\n",
        ("line 3: could not determine a constructor",),
    ),
    "a tag that does not fit": Edit(
        "        whole: false\n",
        "        whole: !!bool nửa\n",
        (f"{X2} > whole: Input should be a valid boolean",),
    ),
    "a key twice on one line": Edit(
        "        help:\n          vi: Càng ít càng tốt.\n          en: Fewer is better.\n",
        "        help: {vi: Một, vi: Hai, en: Three}\n",
        ("line 117: key 'vi' was already given on line 117",),
    ),
    "a level as a number and as text": Edit(
        "          0:\n            vi: Chưa có nội quy.",
        '          "5":\n            vi: Khác.\n            en: Other.\n          0:\n            vi: Chưa có nội quy.',
        (f"{Y1} > levels > 5 > [key]: Input should be a valid integer",),
    ),
    "a number in quotes": Edit(
        "        maximum: 30\n",
        '        maximum: "30"\n',
        (f"{X1} > maximum: Input should be a valid number",),
    ),
    "yes for a number": Edit(
        "            value: 1\n", "            value: yes\n", ("Input should be a valid number",)
    ),
    "1 for a yes": Edit(
        "        key: true\n", "        key: 1\n", (f"{X1} > key: Input should be a valid boolean",)
    ),
    "a word for a yes": Edit(
        "        evidence: true\n",
        '        evidence: "on"\n',
        (f"{X1} > evidence: Input should be a valid boolean",),
    ),
    "a number that YAML reads by eights": Edit(
        "total_points: 100\n", "total_points: 0144\n", ("total_points: Input should be a valid number",)
    ),
    "a number with a line between digits": Edit(
        "total_points: 100\n", "total_points: 1_00\n", ("total_points: Input should be a valid number",)
    ),
    "a version that is no count": Edit(
        "version: 3\n", "version: 0\n", ("version: Input should be greater than or equal to 1",)
    ),
    "a version beyond what is stored": Edit(
        "version: 3\n", "version: 100000000000000000000\n", ("version: Input should be less than",)
    ),
    "a version that is a yes": Edit(
        "version: 3\n", "version: yes\n", ("version: Input should be a valid integer",)
    ),
    "a year of one digit": Edit(
        "milestones: [2026, 2028]\n",
        "milestones: [6, 2028]\n",
        ("milestones > entry 1: Input should be greater",),
    ),
    "a year too far": Edit(
        "milestones: [2026, 2028]\n",
        "milestones: [2026, 20280]\n",
        ("milestones > entry 2: Input should be less",),
    ),
    "a small number for a day": Edit(
        "checked: 2026-01-15",
        "checked: 86400",
        (f"{X1} > targets > 2026 > source > checked: Input should be a valid date such as 2026-01-15",),
    ),
    "an id with a space": Edit(
        "      - id: X2\n", "      - id: X 2\n", ("X 2 > id: an id is made of letters",)
    ),
    "an id with accents": Edit(
        "      - id: X2\n", "      - id: Đèn\n", ("Đèn > id: an id is made of letters",)
    ),
    "a choice's id that CSV cannot hold": Edit(
        "        - id: Z3.1\n",
        "        - id: Z3;1\n",
        ("information > questions > Z3 > items > Z3;1 > id: an item's id is made of letters",),
    ),
    "words that nobody sees": Edit(
        "          en: Rooms with light\n",
        '          en: "\\u200b\\u00a0"\n',
        (f"{X1} > label > en: the words are empty: nothing in them can be seen",),
    ),
    "words with half a sign": Edit(
        "          en: Rooms with light\n",
        '          en: "a\\ud800"\n',
        (f"{X1} > label > en: the words hold a sign that cannot be printed",),
    ),
    "words with a bell": Edit(
        "            vi: Nội quy đã ban hành.\n",
        '            vi: "a\\x07"\n',
        (f"{Y1} > levels > 3 > vi: the words hold a sign that cannot be printed",),
    ),
    "a quotient upside down": Edit(
        "    relation: equal\n",
        "    relation: quotient\n    between:\n      low: 600\n      high: 20\n",
        ("checks > X1-rooms > between: low 600 is above high 20",),
    ),
    "a gate on the lowest level": Edit(
        "  key_indicators_from: 2\n",
        "  key_indicators_from: 0\n",
        ("gates: level 0 is the lowest, so no condition can hold a library back from it",),
    ),
    "two shares for one level": Edit(
        "  verified: []\n",
        "  verified:\n    - level: 1\n      share: 0.5\n    - level: 1\n      share: 0.7\n",
        ("gates > verified > 1: the level stands 2 times",),
    ),
    "a target a hair from the zero point": Edit(
        "            value: 24\n",
        "            value: 48.0000000000001\n",
        (f"{X2} > targets > 2026 > value: 48 equals the zero point",),
    ),
    "a negative plausible answer": Edit(
        "            low: 1\n",
        "            low: -5\n",
        ("X1 > denominator > plausible > low: -5 is below 0",),
    ),
    "a condition twice": Edit(
        CONDITION,
        CONDITION + "      - indicator: Y3\n        at_least: 1\n",
        ("programme_targets > P1 > conditions: 'Y3' stands 2 times",),
    ),
    "a condition that all meet": Edit(
        "        at_least: 1\n",
        "        at_least: 0\n",
        ("programme_targets > P1 > conditions > Y3 > at_least: 0 is met by every answer",),
    ),
    "a dimension twice in a target": Edit(
        CONDITION, "    dimensions: [X, X]\n", ("programme_targets > P1 > dimensions: 'X' stands 2 times",)
    ),
    "a proposal dressed as a province's plan": Edit(
        "kind: federation",
        "kind: province",
        ("'TEST-1' is a federation document and cannot back a province target",),
    ),
    "a maximum beyond all measure": Edit(
        "        maximum: 30\n",
        "        maximum: 1.0e+300\n",
        (f"{X1} > maximum: Input should be less than",),
    ),
    "a control character": Edit(
        "version: 3\n", "version: 3\x07\n", ("line 3: the character #x0007 is not allowed in YAML",)
    ),
}

WHOLE_FILES = {
    "empty": (b"", "a mapping of keys is expected"),
    "a remark only": (b"# nothing\n", "a mapping of keys is expected"),
    "a list at the top": (b"- id: X\n", "a mapping of keys is expected"),
    "a word": (b"hello\n", "a mapping of keys is expected"),
    "no YAML": (b"{{{", "line 1: "),
    "two documents": (b"id: a\n---\nid: b\n", "line 2: but found another document"),
    "a key that is a list": (b"? [1, 2]\n: 3\n", "line 1: "),
    "huge nesting of lists": (b"a: " + b"[" * 20_000, "nests or refers to itself too deeply"),
    "huge nesting of mappings": (b"{a: " * 5_000, "nests or refers to itself too deeply"),
    "a list that holds itself": (b"&a [*a]\n", "a mapping of keys is expected"),
    "a mapping that holds itself": (b"a: &x {b: *x}\n", "line 1: "),
    "not UTF-8": ("id: Thư viện".encode("utf-16"), "byte 0: not UTF-8 text"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0", "byte 0: not UTF-8 text"),
    "zeros": (b"id: a\nversion: \0", "line 2: the character #x0000 is not allowed in YAML"),
    "another YAML": (b"%YAML 9.9\n---\nid: a\n", "line 1: "),
    "a billion laughs": (
        b"a: &a [x,x,x,x,x,x,x,x,x]\n"
        + b"".join(b"%c: &%c [%s]\n" % (n + 1, n + 1, b",".join([b"*%c" % n] * 9)) for n in range(97, 110)),
        "its aliases (*) unfold to more than 500,000 entries",
    ),
    "aliases inside an id": (
        b"dimensions:\n  - a: &a [x,x,x,x,x,x,x,x,x]\n"
        + b"".join(
            b"    %c: &%c [%s]\n" % (n + 1, n + 1, b",".join([b"*%c" % n] * 9)) for n in range(97, 110)
        )
        + b"    id: *n\n",
        "its aliases (*) unfold to more than 500,000 entries",
    ),
    "far too large": (b"# " + b"x" * 2_000_000, "larger than 2,000,000 bytes"),
}
