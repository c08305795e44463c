"""An error that nobody foresaw: logged with an id that the person can quote, never a traceback on screen."""

import logging

import streamlit as st

from survey.errors import DefinitionError, SurveyError
from survey.logs import error_id
from ui import markup, session

LOGGER = logging.getLogger("thuoc_so")


def broken_definition(error: DefinitionError) -> SurveyError:
    """What a person reads who meets a faulty file under `data/`; the faults go to the log."""
    LOGGER.error("%s", error)
    return SurveyError(
        vi=f"Tệp định nghĩa {error.file} có {len(error.faults)} lỗi nên chưa dùng được. Dữ liệu đã lưu vẫn còn. "
        "Hãy nhờ người quản trị chạy «python -m survey check» với tệp này để xem từng lỗi.",
        en=f"The definition file {error.file} has {len(error.faults)} fault(s) and cannot be used. Saved data are "
        "safe. Ask the administrator to run “python -m survey check” on it to see every fault.",
    )


def unsaved(error: Exception) -> SurveyError:
    """What stands beside an answer that an unforeseen error kept from being saved."""
    number = _logged(error)
    return SurveyError(
        vi="CHƯA lưu được: có sự cố ngoài dự kiến. Nội dung vừa nhập vẫn còn trên màn hình. Hãy bấm «Lưu lại»; "
        f"nếu vẫn gặp, báo mã {number} cho người quản trị.",
        en="NOT saved: something unforeseen went wrong. What you typed is still on the screen. Press “Save again”; "
        f"if it happens again, give the code {number} to the administrator.",
    )


def _logged(error: Exception) -> str:
    number = error_id()
    LOGGER.error("mishap %s", number, exc_info=error, extra={"error_id": number})
    return number


def log_mishap(error: Exception) -> bool:
    """Show one calm sentence in place of Streamlit's own; returns True so that it shows nothing."""
    language = session.current_language()
    if isinstance(error, DefinitionError):
        error = broken_definition(error)
    if isinstance(error, SurveyError):
        st.html(markup.notice(markup.paragraph(error.to(language)), "bad"))
        return True
    number = _logged(error)
    words = session.current_words()(
        "Có sự cố ngoài dự kiến. Mọi câu đã báo «Đã lưu» vẫn còn. Hãy tải lại trang; nếu vẫn gặp, "
        "báo mã {number} cho người quản trị."
    )
    st.html(markup.notice(markup.paragraph(words.format(number=number)), "bad"))
    return True
