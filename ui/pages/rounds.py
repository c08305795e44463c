"""The rounds: open, close, publish; and a form for a new one."""

from survey.access import may_run_rounds
from ui import frame, round_desk, session

_ = session.current_words()
frame.show_title(_("Các đợt đánh giá"), _("Mở, đóng và công bố các đợt; bộ chỉ số được khóa khi đợt mở."))
for round_ in session.rounds():
    round_desk.show(round_)
if may_run_rounds(session.current_person()):
    round_desk.show_new()
