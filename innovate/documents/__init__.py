"""Official papers: numbered, frozen, verifiable by everybody."""
