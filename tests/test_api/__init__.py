"""The plain routes, in front of a real database and Streamlit's own files."""
