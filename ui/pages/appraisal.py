"""The reviewer's desk: by library, by question, over-claims, and for the chair who reviews whom."""

import streamlit as st

from ui import addressed, frame, session
from ui.appraisal import desk, lists, naming, over, queue

_ = session.current_words()
opened = desk.open_desk(session.current_person())
if opened is None:
    frame.show_title(_("Thẩm định"))
    queue.show_empty()
    st.stop()

frame.show_title(_("Thẩm định"), frame.round_remark(opened.round))
known = {entry.id: entry.name for entry in desk.rounds_on_desk(opened.person)}
if len(known) > 1:
    addressed.select(_("Đợt đánh giá"), known, opened.round.id, desk.ROUND)
views = {
    "thu-vien": _("Theo thư viện"),
    "chi-so": _("Theo chỉ số"),
    "tien-do": _("Tiến độ thẩm định"),
    "chenh-lech": _("Chênh lệch điểm"),
}
if opened.is_chair:
    views["phan-cong"] = _("Phân công, gia hạn")
view = addressed.segments(_("Cách xem"), views, desk.VIEW, label_shown=False)
if view == "thu-vien":
    lists.show_by_library(opened)
elif view == "chi-so":
    lists.show_by_question(opened)
elif view == "tien-do":
    queue.show(opened)
elif view == "chenh-lech":
    over.show(opened)
else:
    naming.show(opened)
