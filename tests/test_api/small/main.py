"""Fields whose words Streamlit chooses, and one that counts what reached the server."""

import streamlit as st


def fields() -> None:
    st.text_input("Ghi chú", key="words", help="Lời giải thích", on_change=_note)
    st.selectbox("Mức", ["Một", "Hai"], index=None)
    st.date_input("Ngày chốt", format="DD/MM/YYYY")
    st.file_uploader("Tệp", type=["xlsx"])
    st.markdown(f"Đã nhận: {', '.join(st.session_state.get('noted', ['chưa có gì']))}")


def _note() -> None:
    st.session_state.setdefault("noted", []).append(st.session_state["words"])


pages = [
    st.Page(fields, title="Trang chủ", url_path="trang-chu", default=True),
    st.Page(fields, title="Tiến độ", url_path="tien-do"),
]
st.navigation(pages, position="top").run()
