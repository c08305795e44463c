"""The smallest page that asks something: what every other page is compared with."""

import streamlit as st

st.text_input("Một dòng", key="words")
