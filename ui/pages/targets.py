"""The register of targets: each with its kind, document, clause and day of checking; and how one is changed."""

from survey.access import may_propose_target
from ui import frame, register, session, target_desk

_ = session.current_words()
frame.show_title(_("Sổ chỉ tiêu"), _("Mỗi con số đặt ra từ đâu, ai đặt, và được đối chiếu ngày nào."))
report = register.newest_report()
register.show(report)
target_desk.show_proposals(report)
if may_propose_target(session.current_person()):
    target_desk.show_form(report)
register.show_versions(report)
