"""Everything Streamlit draws; one plain script for each page under `ui/pages/`."""
