"""How scores come about: rules, levels, every indicator with its targets, and the documents cited."""

from ui import frame, method, session

_ = session.current_words()
round_ = session.newest_round()
frame.show_title(_("Phương pháp"), _("Cách tính điểm, chỉ tiêu và căn cứ của từng chỉ số."))
method.show(round_)
