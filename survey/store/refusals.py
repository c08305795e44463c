"""What people are told when the store refuses a change, and the errors that carry it."""

from survey.errors import SurveyError
from survey.response import Recorded, ResponseState
from survey.rounds import RoundState
from survey.text import Text

ROUND_STATES = {
    RoundState.DRAFT: Text(vi="đang soạn", en="a draft"),
    RoundState.OPEN: Text(vi="đang mở", en="open"),
    RoundState.CLOSED: Text(vi="đã đóng", en="closed"),
    RoundState.PUBLISHED: Text(vi="đã công bố", en="published"),
}
RESPONSE_STATES = {
    ResponseState.DRAFT: Text(vi="đang soạn", en="a draft"),
    ResponseState.SUBMITTED: Text(vi="đã nộp", en="submitted"),
    ResponseState.RETURNED: Text(vi="được trả lại", en="returned"),
    ResponseState.ACCEPTED: Text(vi="đã được duyệt", en="accepted"),
}


class StaleAnswerError(SurveyError):
    """Somebody saved the same answer since it was opened; `current` is what stands now."""

    def __init__(self, current: Recorded) -> None:
        super().__init__(
            vi=f"Câu trả lời của bạn CHƯA được lưu: «{current.saved_by}» vừa lưu câu này từ một cửa sổ khác. "
            "Hãy xem cả hai giá trị rồi chọn giá trị đúng.",
            en=f"Your answer was NOT saved: “{current.saved_by}” has just saved this question in another "
            "window. Look at both values and choose the right one.",
        )
        self.current = current


def round_not_found(round_id: str) -> SurveyError:
    return SurveyError(
        vi=f"Không có đợt đánh giá «{round_id}». Hãy chọn một đợt trong danh sách.",
        en=f"There is no round “{round_id}”. Choose one from the list.",
    )


def round_exists(round_id: str) -> SurveyError:
    return SurveyError(
        vi=f"Đã có đợt đánh giá «{round_id}». Hãy chọn mã khác.",
        en=f"The round “{round_id}” exists already. Choose another code.",
    )


def dates_reversed() -> SurveyError:
    return SurveyError(
        vi="Ngày đóng đợt đánh giá không thể trước ngày mở. Hãy sửa một trong hai ngày.",
        en="The round cannot close before it opens. Correct one of the two dates.",
    )


def round_not_open(name: str, state: RoundState) -> SurveyError:
    words = ROUND_STATES[state]
    return SurveyError(
        vi=f"CHƯA lưu được: đợt «{name}» {words.vi} nên không nhận thay đổi. "
        "Nếu cần sửa, hãy liên hệ điều phối viên.",
        en=f"NOT saved: the round “{name}” is {words.en} and takes no changes. "
        "Ask the coordinator if something must be corrected.",
    )


def deadline_passed(name: str, last_day: str) -> SurveyError:
    return SurveyError(
        vi=f"CHƯA lưu được: hạn của đợt «{name}» là hết ngày {last_day}. "
        "Hãy liên hệ điều phối viên để được gia hạn.",
        en=f"NOT saved: the round “{name}” ended with the day {last_day}. "
        "Ask the coordinator for an extension.",
    )


def response_not_editable(state: ResponseState) -> SurveyError:
    words = RESPONSE_STATES[state]
    return SurveyError(
        vi=f"CHƯA lưu được: phiếu {words.vi} nên không sửa được nữa. "
        "Nếu cần sửa, hãy đề nghị điều phối viên trả lại phiếu.",
        en=f"NOT saved: the response is {words.en} and can no longer be changed. "
        "Ask the coordinator to return it if something must be corrected.",
    )


def round_step_refused(name: str, now: RoundState, to: RoundState) -> SurveyError:
    return SurveyError(
        vi=f"Đợt «{name}» {ROUND_STATES[now].vi}, không chuyển được sang «{ROUND_STATES[to].vi}». "
        "Hãy tải lại trang để xem trạng thái hiện tại.",
        en=f"The round “{name}” is {ROUND_STATES[now].en} and cannot become {ROUND_STATES[to].en}. "
        "Reload the page to see how it stands.",
    )


def review_step_refused(now: ResponseState, to: ResponseState) -> SurveyError:
    return SurveyError(
        vi=f"Phiếu {RESPONSE_STATES[now].vi}, không chuyển được sang «{RESPONSE_STATES[to].vi}». "
        "Hãy tải lại trang để xem trạng thái hiện tại.",
        en=f"The response is {RESPONSE_STATES[now].en} and cannot become {RESPONSE_STATES[to].en}. "
        "Reload the page to see how it stands.",
    )


def remark_missing() -> SurveyError:
    return SurveyError(
        vi="Khi trả lại phiếu, hãy ghi rõ điều thư viện cần sửa.",
        en="When returning a response, write what the library has to correct.",
    )


def framework_changed(name: str) -> SurveyError:
    return SurveyError(
        vi=f"Đợt «{name}» đã mở với một bộ chỉ số khác và không đổi được nữa. "
        "Hãy dùng lại đúng bộ chỉ số đó hoặc lập đợt mới.",
        en=f"The round “{name}” was opened with another framework text, which is frozen. "
        "Use that framework again or set up a new round.",
    )
