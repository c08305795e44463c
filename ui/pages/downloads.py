"""Files to take away: the Excel summary and the answers as CSV, for each round one may take."""

from survey.access import may_export
from ui import downloads, frame, session

_ = session.current_words()
frame.show_title(_("Tải về"), _("Bảng tổng hợp Excel và số liệu gốc của từng đợt."))
downloads.show([entry for entry in session.rounds() if may_export(session.current_person(), entry)])
