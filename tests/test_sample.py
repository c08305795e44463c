"""The invented rounds: made the same way each time, sound as answers, and loaded into an empty store only."""

import re
import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from scoring.answers_csv import read_answers
from scoring.matrix import build_matrix
from scoring.scorecard import Scorecard, score
from survey import passwords
from survey.access import OF_LIBRARY, Role
from survey.checks import HARD, find_problems
from survey.errors import SurveyError
from survey.figures import all_figures, figure_named
from survey.framework import Framework, load_framework
from survey.members import Members, load_members
from survey.response import Answer, AnswerState, Recorded, Response, ResponseState
from survey.review import ThreadState, Verdict
from survey.rounds import RoundState
from survey.sample.accounts import DEMO_PASSWORD, demo_accounts
from survey.sample.files import WARNING
from survey.sample.generate import FRAMEWORK, file_texts, main, make_sample
from survey.sample.loading import load_sample
from survey.sample.reading import read_sample
from survey.sample.responses import SampleResponse, SampleRound
from survey.sample.rounds import SAMPLE
from survey.sending import Lack, find_obstacles
from survey.store import Store

Sample = list[SampleRound]
# Realistic ranges for one library, and for a merged one where it is not the ranges of its parts added up.
RANGES = {
    "G1": (20, 30), "G2": (75_000, 350_000), "G4": (1_000, 28_000), "G5": (66_000, 563_000), "G6": (300, 12_000),
    "G7": (19_000, 170_000), "A2": (20, 40), "B4.denominator": (1_200, 4_000),
}  # fmt: skip
MERGED_TOPS = {
    "G2": 531_000,
    "G4": 28_000,
    "G5": 563_000,
    "G6": 12_000,
    "G7": 170_000,
    "B4.denominator": 4_000,
}
COPIES_IN_A_YEAR = (1_000, 12_000)
PAGES_PER_DOCUMENT = (60, 260)
OUTSIDE_PARTS = {"phu_tho_2025": 2, "bac_ninh_2025": 1}
# The two falls of a stock figure that the sample shows on purpose, each with its reason.
FALLS = {("2025-truoc-sap-nhap", "hoa_binh", "G2"), ("2025-sau-sap-nhap", "lao_cai_2025", "G5")}


# Not made by the generator.
BY_HAND = ("rounds.yaml", "review.yaml", "practices.yaml")
# The library whose review has begun, and what was decided about it and about the one that was returned.
BEGUN = "bac_ninh_2025"
FOUND_RIGHT = {BEGUN: {"A1", "A2", "A4", "B1", "B3", "D2"}, "son_la": {"A1", "A2", "B1"}}


@pytest.fixture(scope="module")
def framework() -> Framework:
    return load_framework(FRAMEWORK).framework


@pytest.fixture(scope="module")
def members() -> Members:
    return load_members()


@pytest.fixture(scope="module")
def sample() -> Sample:
    return read_sample()


@pytest.fixture(scope="module")
def made_anew() -> Sample:
    return make_sample()


def response_of(round_id: str, library: str, given: SampleResponse) -> Response:
    recorded = {name: Recorded(answer, revision=1) for name, answer in given.answers.items()}
    return Response(round_id, library, given.state, recorded)


def scores(framework: Framework, made: SampleRound) -> Scorecard:
    answers = {library: given.answers for library, given in made.responses.items()}
    verified = {library: given.verified for library, given in made.responses.items()}
    return score(build_matrix(answers, framework, verified=verified), framework)


def each_with_its_last(sample: Sample) -> list[tuple[Response, Response | None]]:
    """Every response of a library that answered the round before too, with that one."""
    pairs = []
    for place, made in enumerate(sample):
        last = sample[place - 1].responses if place else {}
        for library, given in made.responses.items():
            before = response_of("before", library, last[library]) if library in last else None
            pairs.append((response_of(made.round_.id, library, given), before))
    return pairs


# The files


def test_the_files_are_what_the_generator_writes(made_anew: Sample):
    written = {path.name: path.read_bytes() for path in SAMPLE.iterdir() if path.name not in BY_HAND}
    assert written == {name: text.encode() for name, text in file_texts(made_anew).items()}


def test_the_generator_writes_into_a_folder(tmp_path: Path):
    main(tmp_path)
    assert (tmp_path / "2023.csv").read_bytes() == (SAMPLE / "2023.csv").read_bytes()


def test_every_file_says_first_that_it_is_invented():
    for path in SAMPLE.iterdir():
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert first.startswith("# DỮ LIỆU MINH HỌA"), path.name
        assert path.name in BY_HAND or first == WARNING


def test_what_is_read_is_what_was_made(sample: Sample, made_anew: Sample):
    assert sample == made_anew


def test_the_scoring_command_reads_the_same_figures(framework: Framework, sample: Sample):
    for made in sample:
        text = (SAMPLE / f"{made.round_.id}.csv").read_text(encoding="utf-8")
        read = read_answers(text, framework)
        assert list(read.answers) == list(made.responses)
        for library, given in made.responses.items():
            assert read.verified.get(library, set()) == given.verified
            for name, answer in given.answers.items():
                assert read.answers[library][name].same_figures(answer), (library, name)


def test_rows_follow_the_members_and_the_questions(framework: Framework, members: Members, sample: Sample):
    questions = list(framework.questions)
    for made in sample:
        valid = [member.id for member in members.valid_on(made.round_.reference_date)]
        assert list(made.responses) == [library for library in valid if library in made.responses]
        for given in made.responses.values():
            assert list(given.answers) == sorted(given.answers, key=questions.index)


# The rounds


def test_four_rounds_with_the_members_of_their_day(framework: Framework, members: Members, sample: Sample):
    assert [(made.round_.id, made.round_.state, len(made.responses)) for made in sample] == [
        ("2023", RoundState.PUBLISHED, 13),
        ("2024", RoundState.PUBLISHED, 13),
        ("2025-truoc-sap-nhap", RoundState.PUBLISHED, 13),
        ("2025-sau-sap-nhap", RoundState.OPEN, 9),
    ]
    assert [made.round_.reference_date for made in sample] == [
        date(2023, 12, 31),
        date(2024, 12, 31),
        date(2025, 6, 30),
        date(2025, 12, 31),
    ]
    assert (sample[3].round_.opens_on, sample[3].round_.closes_on) == (date(2026, 11, 1), date(2026, 12, 31))
    assert len(members.valid_on(date(2025, 12, 31))) == 10
    for made in sample:
        assert (made.round_.framework_id, made.round_.framework_version) == (framework.id, framework.version)


def test_published_responses_are_sent_within_the_round_and_mostly_accepted(sample: Sample):
    for made in sample[:3]:
        states = [given.state for given in made.responses.values()]
        assert set(states) == {ResponseState.ACCEPTED, ResponseState.SUBMITTED}
        assert states.count(ResponseState.ACCEPTED) >= 10
        for given in made.responses.values():
            assert made.round_.opens_on <= given.submitted.date() <= made.round_.closes_on
            share = len(given.verified) / len(given.answers)
            assert share >= 0.6 if given.state is ResponseState.ACCEPTED else share == 0


def test_the_open_round_shows_every_state(sample: Sample):
    states = {library: given.state.value for library, given in sample[3].responses.items()}
    assert states == {
        "son_la": "returned",
        "lai_chau": "draft",
        "cao_bang": "submitted",
        "lang_son": "submitted",
        "tuyen_quang_2025": "accepted",
        "lao_cai_2025": "submitted",
        "thai_nguyen_2025": "accepted",
        "phu_tho_2025": "draft",
        "bac_ninh_2025": "submitted",
    }
    assert "A8" in sample[3].responses["son_la"].remark
    for library in ("tuyen_quang_2025", "thai_nguyen_2025"):
        given = sample[3].responses[library]
        assert given.verified == set(given.answers)


def test_the_draft_in_the_middle_has_one_fault_of_each_sort(framework: Framework, sample: Sample):
    given = sample[3].responses["lai_chau"]
    begun = {
        section: sum(name.startswith(section) for name in given.answers) for section in ("A", "B", "C", "D")
    }
    assert begun == {"A": 11, "B": 5, "C": 2, "D": 0}
    before = response_of("before", "lai_chau", sample[2].responses["lai_chau"])
    stopping = [
        (obstacle.question_id, obstacle.lack)
        for obstacle in find_obstacles(framework, response_of("now", "lai_chau", given), before)
        if obstacle.stops
    ]
    assert stopping == [("A1", Lack.WRONG), ("A8", Lack.NO_EVIDENCE), ("B5", Lack.UNEXPLAINED)]


# The answers


def test_every_check_holds_or_is_explained_wherever_a_response_was_sent(framework: Framework, sample: Sample):
    for response, before in each_with_its_last(sample):
        if response.state is ResponseState.DRAFT:
            continue
        stopping = [found for found in find_obstacles(framework, response, before) if found.stops]
        assert stopping == [], (response.round_id, response.library_id)


def test_no_relation_of_the_framework_is_broken_in_a_published_round(framework: Framework, sample: Sample):
    relations = {check.id for check in framework.checks}
    for made in sample[:3]:
        for library, given in made.responses.items():
            problems = find_problems(framework, response_of(made.round_.id, library, given))
            found = [problem for problem in problems if problem.severity == HARD or problem.code in relations]
            assert found == [], (made.round_.id, library)


def test_figures_lie_in_the_ranges_seen_in_the_field(framework: Framework, members: Members, sample: Sample):
    for made in sample:
        for library, given in made.responses.items():
            parts = max(1, len(members.predecessors_of(library)) + OUTSIDE_PARTS.get(library, 0))
            for name, (low, high) in RANGES.items():
                figure = figure_named(framework, name)
                value = figure.of(given.answers.get(figure.question_id, Answer()))
                top = MERGED_TOPS.get(name, parts * high) if parts > 1 else high
                assert value is None or low <= value <= top, (made.round_.id, library, name, value)
            pages = given.answers["G5"].value / given.answers["G4"].value
            assert PAGES_PER_DOCUMENT[0] <= pages <= PAGES_PER_DOCUMENT[1], (library, pages)


def test_stocks_grow_and_fall_only_where_a_reason_is_given(framework: Framework, sample: Sample):
    stocks = [figure for figure in all_figures(framework) if figure.stock]
    for response, before in each_with_its_last(sample):
        for figure in stocks if before else ():
            now, then = (figure.of(one.answer(figure.question_id)) for one in (response, before))
            if now is None or then is None or now >= then:
                continue
            assert (response.round_id, response.library_id, figure.name) in FALLS
            assert response.answer(figure.question_id).confirmed["fall-value"]


def test_copies_added_in_a_year_are_plausible(sample: Sample):
    low, high = COPIES_IN_A_YEAR
    for library, given in sample[1].responses.items():
        added = given.answers["G2"].value - sample[0].responses[library].answers["G2"].value
        assert low <= added <= high, library


def test_the_budget_of_a_year_is_the_same_in_both_rounds_that_ask_for_it(sample: Sample):
    for library, given in sample[2].responses.items():
        now, then = given.answers["D4"], sample[1].responses[library].answers["D4"]
        assert now.same_figures(then), library


@pytest.mark.parametrize("library", ["tuyen_quang_2025", "thai_nguyen_2025", "lao_cai_2025"])
def test_a_merged_library_counts_at_least_what_its_parts_counted(
    framework: Framework, members: Members, sample: Sample, library: str
):
    parts = [sample[2].responses[part.id] for part in members.predecessors_of(library)]
    for figure in all_figures(framework):
        if not figure.stock:
            continue
        now = figure.of(sample[3].responses[library].answers.get(figure.question_id, Answer()))
        then = [figure.of(part.answers.get(figure.question_id, Answer())) for part in parts]
        if now is None or None in then or ("2025-sau-sap-nhap", library, figure.name) in FALLS:
            continue
        assert sum(then) <= now <= 1.25 * sum(then), figure.name


def test_the_pages_of_lao_cai_fall_a_little_below_the_sum(members: Members, sample: Sample):
    parts = [sample[2].responses[part.id] for part in members.predecessors_of("lao_cai_2025")]
    pages = sample[3].responses["lao_cai_2025"].answers["G5"]
    assert 0.9 < pages.value / sum(part.answers["G5"].value for part in parts) < 1
    assert pages.confirmed["below-parts-value"]


def test_other_members_are_twelve_before_the_merger_and_nine_after(sample: Sample):
    for made in sample:
        asked = {
            given.answers["C7"].denominator for given in made.responses.values() if "C7" in given.answers
        }
        assert asked == {12 if made.round_.state is RoundState.PUBLISHED else 9}


def test_few_are_tied_to_open_data_and_six_of_thirteen_to_the_authority(sample: Sample):
    yes = {
        name: [library for library, given in sample[2].responses.items() if given.answers[name].value == 1]
        for name in ("B9", "C10")
    }
    assert yes["B9"] == ["thai_nguyen"]
    assert len(yes["C10"]) == 6


def test_reasons_stand_beside_what_is_unknown_or_not_applicable(framework: Framework, sample: Sample):
    for made in sample:
        for given in made.responses.values():
            for name, answer in given.answers.items():
                if answer.state is AnswerState.NOT_APPLICABLE:
                    assert framework.indicators[name].may_not_apply
                if answer.state is not AnswerState.ANSWERED:
                    assert answer.reason, name


def test_no_document_can_be_taken_for_a_real_one(sample: Sample):
    number = re.compile(r"\d+/MINH-HOA-(\d{4})")
    for made in sample:
        for given in made.responses.values():
            for document in (paper for answer in given.answers.values() for paper in answer.evidence):
                assert not document.link or ".example/" in document.link
                if document.number:
                    issued = datetime.strptime(document.issued, "%d/%m/%Y").date()  # noqa: DTZ007 - a day alone
                    assert number.fullmatch(document.number)[1] == str(issued.year)
                    assert issued < made.round_.reference_date


# The scores


def test_scores_spread_from_weak_to_leading(framework: Framework, sample: Sample):
    for made in sample[:3]:
        card = scores(framework, made)
        stated = sorted(value for value in card.total.score if value == value)
        assert 15 <= stated[0] <= 25
        assert stated[-1] == card.total.score[card.row("thai_nguyen")]
        assert sum(35 <= value <= 60 for value in stated) >= 6
    assert [round(stated[-1]) for stated in _totals(framework, sample)] == [62, 71, 75, 77]


def _totals(framework: Framework, sample: Sample) -> list[list[float]]:
    cards = [scores(framework, made) for made in sample]
    return [sorted(float(value) for value in card.total.score if value == value) for card in cards]


def test_one_published_response_is_too_thin_for_a_score(framework: Framework, sample: Sample):
    thin = []
    for made in sample[:3]:
        card = scores(framework, made)
        for library, coverage in zip(card.libraries, card.total.coverage, strict=True):
            if coverage < framework.thresholds.total_coverage:
                thin.append((made.round_.id, library))
            else:
                assert coverage > 0.86, library
    assert thin == [("2025-truoc-sap-nhap", "ha_giang")]


def test_gates_hold_some_back(framework: Framework, sample: Sample):
    card = scores(framework, sample[3])
    held = card.row("lao_cai_2025")
    assert (card.level.by_score[held], card.level.level[held], card.level.key_cap[held]) == (3, 2, 2)
    assert card.level.level[card.row("thai_nguyen_2025")] == 4
    earlier = scores(framework, sample[1])
    leader = earlier.row("thai_nguyen")
    assert (earlier.level.by_score[leader], earlier.level.verified_cap[leader]) == (4, 3)


# The store


@pytest.fixture(scope="module")
def filled(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = shutil.copy(sqlite_template, tmp_path_factory.mktemp("sample") / "sample.db")
    store = Store.open(f"sqlite:///{path}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        load_sample(store)
        yield store
    store.close()


def test_an_empty_store_is_filled(filled: Store, sample: Sample, members: Members):
    assert filled.members.all() == members.members
    assert {round_.id: round_.state for round_ in filled.rounds.all()} == {
        made.round_.id: made.round_.state for made in sample
    }
    for made in sample:
        stored = filled.answers.responses(made.round_.id)
        assert set(stored) == set(made.responses)
        for library, given in made.responses.items():
            begun = made is sample[-1] and library == BEGUN
            assert stored[library].state is (ResponseState.UNDER_REVIEW if begun else given.state)
            assert stored[library].remark == given.remark
            assert stored[library].submitted_at == given.submitted
            assert stored[library].answers == given.answers
            verified = {name for name, entry in stored[library].recorded.items() if entry.verified}
            reviewed = FOUND_RIGHT.get(library, set()) if made is sample[-1] else set()
            assert verified == given.verified | reviewed


def test_open_rounds_keep_the_text_of_their_framework(filled: Store):
    text = load_framework(FRAMEWORK).text
    for round_ in filled.rounds.all():
        assert filled.frameworks.text(round_.checksum) == text


def test_a_store_that_holds_anything_is_refused_in_both_languages(filled: Store):
    before = len(filled.rounds.all())
    with pytest.raises(SurveyError) as refused:
        load_sample(filled)
    assert "KHÔNG nạp dữ liệu minh họa" in refused.value.text.vi
    assert "NOT loaded" in refused.value.text.en
    assert len(filled.rounds.all()) == before


def test_everybody_signs_in_with_the_demo_password(filled: Store, members: Members):
    accounts = demo_accounts(members)
    assert {login: role for login, _, role, _ in accounts[:4]} == {
        "chutich": Role.CHAIR,
        "thamdinh": Role.REVIEWER,
        "coquan": Role.OFFICIAL,
        "quantri": Role.ADMINISTRATOR,
    }
    logins = "laichau dienbien sonla caobang langson tuyenquang laocai thainguyen phutho bacninh"
    people = {role: [login for login, _, one, _ in accounts if one is role] for role in OF_LIBRARY}
    assert sorted(people[Role.DIRECTOR]) == sorted(logins.split())
    assert sorted(people[Role.ENTRY]) == sorted(f"{login}.nhap" for login in logins.split())
    for login, name, role, library_id in accounts:
        person = filled.accounts.check_password(login, DEMO_PASSWORD, "127.0.0.1")
        assert (person.name, person.role, person.library_id) == (name, role, library_id)


def test_the_desk_is_alive_for_a_newcomer(filled: Store, sample: Sample):
    round_id = sample[-1].round_.id
    reviewers = {one.login for one in filled.cycle.assignments(round_id)}
    assert reviewers == {"thamdinh", "thainguyen"}
    files = filled.cycle.files(round_id)
    verdicts = {made[-1].verdict for file in files.values() for made in file.decisions.values()}
    assert verdicts == set(Verdict)
    threads = {file.thread(name) for file in files.values() for name in file.posts}
    assert threads == {ThreadState.OPEN, ThreadState.ANSWERED}
    assert filled.answers.response(round_id, "son_la").opened == {"A8", "B7"}
    for library, response in filled.answers.responses(round_id).items():
        if response.submitted_at is not None:
            assert filled.cycle.submissions(round_id, library)


def test_the_review_is_told_the_same_way_each_time(filled: Store, sample: Sample, tmp_path: Path):
    again = Store.open(f"sqlite:///{tmp_path / 'again.db'}")
    load_sample(again)
    round_id = sample[-1].round_.id
    assert again.cycle.files(round_id) == filled.cycle.files(round_id)
    again.close()
