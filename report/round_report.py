"""Everything that is printed about one round, computed once from its responses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from scoring.matrix import AnswerMatrix
from scoring.programme import FederationResult, LibraryResult, federation_results, library_results
from scoring.reviewed import matrix_of_responses, reviewed_matrix
from scoring.scorecard import Scorecard, score
from survey.checks import sound_answers
from survey.framework import Framework, SourceDocument
from survey.members import Member
from survey.response import AnswerState, Response
from survey.rounds import Round

SELF = "self"
VERIFIED = "verified"
BASES = (SELF, VERIFIED)


@dataclass(frozen=True, eq=False)
class RoundReport:
    """One round with its members in order of name, their responses and both scorecards.

    sample: the data are invented, and every page and file must say so.
    """

    round: Round
    framework: Framework
    sources: Mapping[str, SourceDocument]
    members: tuple[Member, ...]
    responses: Mapping[str, Response]
    sample: bool = False

    @cached_property
    def _sound(self) -> dict[str, frozenset[str]]:
        """By library, the questions whose answer can be scored."""
        return {
            library: sound_answers(self.framework, response) for library, response in self.responses.items()
        }

    def sound(self, library: str) -> frozenset[str]:
        """The questions of one library whose answer can be scored."""
        return self._sound[library]

    @cached_property
    def matrix(self) -> AnswerMatrix:
        return matrix_of_responses(self.responses, self.framework, valid=self._sound)

    @cached_property
    def self_card(self) -> Scorecard:
        return score(self.matrix, self.framework)

    @cached_property
    def verified_card(self) -> Scorecard:
        return score(reviewed_matrix(self.responses, self.framework, valid=self._sound), self.framework)

    def card(self, basis: str = SELF) -> Scorecard:
        return self.verified_card if basis == VERIFIED else self.self_card

    def programme(self, basis: str = SELF) -> list[LibraryResult]:
        return self._verified_programme if basis == VERIFIED else self._self_programme

    @cached_property
    def _self_programme(self) -> list[LibraryResult]:
        return library_results(self.self_card, self.framework, binding=self._binding())

    @cached_property
    def _verified_programme(self) -> list[LibraryResult]:
        return library_results(self.verified_card, self.framework, binding=self._binding())

    def federation(self, basis: str = SELF) -> list[FederationResult]:
        """The Federation against each target, from what was sent."""
        return federation_results(
            self.programme(basis), self.card(basis), self.framework, sent=self.sent_libraries
        )

    @cached_property
    def sent_libraries(self) -> frozenset[str]:
        return frozenset(name for name, response in self.responses.items() if not response.editable)

    @cached_property
    def reviewed(self) -> bool:
        """Whether a reviewer decided about any answer that was sent."""
        return any(
            entry.verified
            for library in self.sent_libraries
            for entry in self.responses[library].recorded.values()
        )

    @cached_property
    def _by_id(self) -> dict[str, Member]:
        return {member.id: member for member in self.members}

    def member(self, library: str) -> Member:
        return self._by_id[library]

    def only(self, libraries: Sequence[str]) -> "RoundReport":
        """The same round for some of its libraries."""
        return RoundReport(
            round=self.round,
            framework=self.framework,
            sources=self.sources,
            members=tuple(member for member in self.members if member.id in libraries),
            responses={name: self.responses[name] for name in self.responses if name in libraries},
            sample=self.sample,
        )

    def _binding(self) -> dict[str, frozenset[str]]:
        """By target, the libraries for which a conditional target is national."""
        return {
            target.id: frozenset(
                library
                for library, response in self.responses.items()
                if target.national_if
                and response.answer(target.national_if).state is AnswerState.ANSWERED
                and response.answer(target.national_if).value == 1
            )
            for target in self.framework.programme_targets
        }


def round_report(
    round_: Round,
    framework: Framework,
    members: Sequence[Member],
    responses: Mapping[str, Response],
    sources: Mapping[str, SourceDocument],
    *,
    sample: bool = False,
) -> RoundReport:
    """Put a round together; a member without a response is there with an empty one."""
    return RoundReport(
        round=round_,
        framework=framework,
        sources=framework.documents(sources),
        members=tuple(members),
        responses={
            member.id: responses.get(member.id) or Response(round_.id, member.id) for member in members
        },
        sample=sample,
    )
