"""The audit trail: who did what, when; without what was answered."""

from survey.access import may_read_trail, require
from ui import frame, session, trail

_ = session.current_words()
require(may_read_trail(session.current_person()))
frame.show_title(_("Nhật ký"), _("Ai đã làm gì, lúc nào. Nội dung câu trả lời không hiện ở đây."))
trail.show(trail.asked())
