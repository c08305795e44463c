"""The schema's history: one file a version, oldest first, never changed once released."""
