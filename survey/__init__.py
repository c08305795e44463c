"""What is asked, what was answered, who may do what, and where it is kept."""
