"""The first page: where things stand and what to do next, for each role."""

from survey.access import Role
from ui import frame, home, session
from ui.appraisal import queue as appraisal

_ = session.current_words()
person = session.current_person()
frame.show_title(_("Xin chào, {name}").format(name=person.name))

if person.of_library:
    home.show_for_library(person)
elif person.role is Role.CHAIR:
    home.show_for_chair()
elif person.role is Role.REVIEWER:
    appraisal.show_for_reviewer(person)
elif person.role is Role.OFFICIAL:
    home.show_for_official()
else:
    home.show_for_administrator()
