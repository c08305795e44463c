"""The page of one text, served like the product: Streamlit under `st.App`, imports frozen."""

import gc

import streamlit as st

app = st.App("page.py")
gc.collect()
gc.freeze()
