"""The paper of the page."""
