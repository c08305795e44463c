"""What people are told when the store refuses a change, and the errors that carry it."""

from datetime import date

from survey.errors import NotAllowedError, SurveyError
from survey.response import Recorded, ResponseState
from survey.review import Decision
from survey.rounds import RoundState
from survey.scenario import MOST_SCENARIOS
from survey.text import Text, format_day
from survey.workflow import Action

ROUND_STATES = {
    RoundState.DRAFT: Text(vi="đang soạn", en="a draft"),
    RoundState.OPEN: Text(vi="đang mở", en="open"),
    RoundState.CLOSED: Text(vi="đã đóng", en="closed"),
    RoundState.PUBLISHED: Text(vi="đã công bố", en="published"),
}
RESPONSE_STATES = {
    ResponseState.DRAFT: Text(vi="đang soạn", en="a draft"),
    ResponseState.SUBMITTED: Text(vi="đã nộp", en="submitted"),
    ResponseState.UNDER_REVIEW: Text(vi="đang được thẩm định", en="under review"),
    ResponseState.RETURNED: Text(vi="được trả lại", en="returned"),
    ResponseState.ACCEPTED: Text(vi="đã được duyệt", en="accepted"),
}
ACTIONS = {
    Action.SAVE: Text(vi="lưu câu trả lời", en="save an answer"),
    Action.SUBMIT: Text(vi="gửi phiếu", en="send the response"),
    Action.WITHDRAW: Text(vi="thu hồi phiếu", en="withdraw the response"),
    Action.START_REVIEW: Text(vi="bắt đầu thẩm định", en="start the review"),
    Action.DECIDE: Text(vi="thẩm định chỉ số", en="decide about an indicator"),
    Action.RETURN: Text(vi="trả lại phiếu", en="return the response"),
    Action.REPLY: Text(vi="giải trình", en="reply"),
    Action.ACCEPT: Text(vi="chốt phiếu", en="accept the response"),
    Action.REOPEN: Text(vi="mở lại phiếu đã chốt", en="reopen the response"),
}


class RefusedActionError(SurveyError):
    """An action that the rules do not allow as things stand; it is noted in the audit trail."""


class ActionNotAllowedError(NotAllowedError):
    """An action that is not this person's; it is noted in the audit trail."""


class StaleDecisionError(SurveyError):
    """The answer, or the decision about it, changed since the reviewer opened it; both are carried."""

    def __init__(self, current: Recorded, decision: Decision | None) -> None:
        super().__init__(
            vi="CHƯA ghi ý kiến thẩm định: câu trả lời hoặc ý kiến thẩm định vừa thay đổi trong lúc bạn xem. "
            "Hãy xem cả hai rồi quyết định lại.",
            en="The decision was NOT recorded: the answer, or the decision about it, changed while you "
            "looked at it. Look at both and decide again.",
        )
        self.current = current
        self.decision = decision


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


def round_not_open(name: str, state: RoundState) -> RefusedActionError:
    words = ROUND_STATES[state]
    return RefusedActionError(
        vi=f"CHƯA lưu được: đợt «{name}» {words.vi} nên không nhận thay đổi. "
        "Nếu cần sửa, hãy liên hệ điều phối viên.",
        en=f"NOT saved: the round “{name}” is {words.en} and takes no changes. "
        "Ask the coordinator if something must be corrected.",
    )


def deadline_passed(name: str, last_day: str) -> RefusedActionError:
    return RefusedActionError(
        vi=f"CHƯA lưu được: hạn của đợt «{name}» là hết ngày {last_day}. "
        "Hãy liên hệ điều phối viên để được gia hạn.",
        en=f"NOT saved: the round “{name}” ended with the day {last_day}. "
        "Ask the coordinator for an extension.",
    )


def response_not_editable(state: ResponseState) -> RefusedActionError:
    words = RESPONSE_STATES[state]
    return RefusedActionError(
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


def review_step_refused(now: ResponseState, to: ResponseState) -> RefusedActionError:
    return RefusedActionError(
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


def not_your_action(action: Action) -> ActionNotAllowedError:
    words = ACTIONS[action]
    return ActionNotAllowedError(
        vi=f"Không tìm thấy phiếu này, hoặc tài khoản của bạn không được {words.vi}. "
        "Hãy tải lại trang, hoặc hỏi Chủ tịch Liên hiệp.",
        en=f"This response was not found, or your account may not {words.en}. "
        "Reload the page, or ask the Federation's chair.",
    )


def action_refused(action: Action, state: ResponseState) -> RefusedActionError:
    words, now = ACTIONS[action], RESPONSE_STATES[state]
    return RefusedActionError(
        vi=f"Không {words.vi} được: phiếu {now.vi}. Hãy tải lại trang để xem trạng thái hiện tại.",
        en=f"It is not possible to {words.en}: the response is {now.en}. Reload the page to see how it stands.",
    )


def round_takes_no(action: Action, name: str, state: RoundState) -> RefusedActionError:
    words, now = ACTIONS[action], ROUND_STATES[state]
    return RefusedActionError(
        vi=f"Không {words.vi} được: đợt «{name}» {now.vi}. Hãy liên hệ Chủ tịch Liên hiệp nếu cần thay đổi.",
        en=f"It is not possible to {words.en}: the round “{name}” is {now.en}. Ask the chair if something "
        "must be changed.",
    )


def question_locked(question_id: str) -> RefusedActionError:
    return RefusedActionError(
        vi=f"CHƯA lưu được: câu {question_id} đang khóa, vì phiếu được trả lại chỉ để sửa những câu đã nêu. "
        "Nếu cần sửa câu này, hãy đề nghị người thẩm định mở thêm.",
        en=f"NOT saved: question {question_id} is locked, since the response was returned for certain "
        "questions only. Ask the reviewer to open this one too.",
    )


def thread_not_open(question_id: str) -> RefusedActionError:
    return RefusedActionError(
        vi=f"CHƯA gửi được giải trình: không có yêu cầu nào đang mở ở câu {question_id}. "
        "Hãy tải lại trang để xem ý kiến mới nhất.",
        en=f"The reply was NOT sent: nothing is open at question {question_id}. "
        "Reload the page to see the newest decision.",
    )


def words_missing() -> SurveyError:
    return SurveyError(
        vi="Nội dung còn trống. Hãy ghi ít nhất một câu rồi gửi lại.",
        en="Nothing was written. Write at least one sentence and send it again.",
    )


def reason_missing() -> SurveyError:
    return SurveyError(
        vi="CHƯA ghi: khi giảm điểm hoặc yêu cầu bổ sung, hãy chọn lý do và ghi ý kiến cho thư viện.",
        en="NOT recorded: when reducing an answer or asking for more, choose a reason and write to the library.",
    )


def value_missing() -> SurveyError:
    return SurveyError(
        vi="CHƯA ghi: khi giảm điểm, hãy nhập giá trị theo thẩm định, khác với giá trị thư viện tự chấm.",
        en="NOT recorded: when reducing an answer, enter the value as reviewed, other than the library's own.",
    )


def nothing_to_judge(question_id: str) -> SurveyError:
    return SurveyError(
        vi=f"CHƯA ghi: câu {question_id} chưa có câu trả lời, chỉ có thể yêu cầu bổ sung.",
        en=f"NOT recorded: question {question_id} has no answer; it is only possible to ask for more.",
    )


def nothing_to_open() -> SurveyError:
    return SurveyError(
        vi="CHƯA trả lại: chưa chỉ số nào được yêu cầu bổ sung. Hãy chọn những chỉ số mở cho thư viện sửa.",
        en="NOT returned: no indicator was asked to be completed. Choose those that the library may correct.",
    )


def name_missing() -> SurveyError:
    return SurveyError(
        vi="CHƯA gửi: hãy ghi họ và tên người gửi phiếu.",
        en="NOT sent: enter the full name of the person who sends the response.",
    )


def not_assignable() -> RefusedActionError:
    """Without the person's name: a refusal is noted in the trail, which holds no names."""
    return RefusedActionError(
        vi="CHƯA phân công: người này không thể thẩm định thư viện này (không ai thẩm định thư viện của mình, "
        "và chỉ người thẩm định hoặc người của thư viện khác được phân công). Hãy chọn người khác.",
        en="NOT assigned: this person cannot review this library (nobody reviews the own one, and only reviewers "
        "or people of another library can be named). Choose somebody else.",
    )


def exception_too_early(last_day: str) -> SurveyError:
    return SurveyError(
        vi=f"CHƯA gia hạn: ngày gia hạn phải sau hạn chung {last_day}. Hãy nhập một ngày sau đó.",
        en=f"No exception was granted: its day must be after the round's last day, {last_day}.",
    )


def reason_for_exception_missing() -> SurveyError:
    return SurveyError(
        vi="CHƯA gia hạn: hãy ghi lý do gia hạn cho thư viện này.",
        en="No exception was granted: write the reason for this library.",
    )


def proposal_decided(number: int) -> SurveyError:
    return SurveyError(
        vi=f"Đề xuất số {number} không còn chờ quyết định: nó đã được thông qua hoặc đã rút. Hãy tải lại trang.",
        en=f"Proposal {number} is not open any more: it was adopted or withdrawn. Reload the page.",
    )


def proposal_incomplete(longest: int) -> SurveyError:
    return SurveyError(
        vi="Chưa ghi đề xuất: cần điều, khoản của văn bản và lý do (lý do không quá "
        f"{longest} ký tự). Hãy điền nốt rồi gửi lại.",
        en=f"The proposal was not recorded: a clause and a reason of at most {longest} characters are needed.",
    )


def proposal_checked_later(day: date) -> SurveyError:
    return SurveyError(
        vi=f"Chưa ghi đề xuất: ngày đối chiếu {format_day(day, 'vi')} ở sau hôm nay. Hãy sửa lại ngày.",
        en=f"The proposal was not recorded: the day of checking {format_day(day, 'en')} lies in the future. Correct it.",
    )


def too_many_scenarios() -> SurveyError:
    return SurveyError(
        vi=f"CHƯA giữ kịch bản: thư viện đã có {MOST_SCENARIOS} kịch bản, là số nhiều nhất. "
        "Hãy xóa một kịch bản cũ rồi giữ lại.",
        en=f"The scenario was NOT kept: the library has {MOST_SCENARIOS}, which is the most. "
        "Delete an old one and keep it again.",
    )


def scenario_name_taken(name: str) -> SurveyError:
    return SurveyError(
        vi=f"CHƯA giữ kịch bản: đã có kịch bản tên «{name}». Hãy đặt tên khác.",
        en=f"The scenario was NOT kept: there is one called “{name}”. Choose another name.",
    )


def no_such_scenario() -> SurveyError:
    return SurveyError(
        vi="Kịch bản này không còn nữa, có thể người khác vừa xóa. Hãy tải lại trang.",
        en="This scenario is gone; somebody may have just deleted it. Reload the page.",
    )
