"""Score sheets on paper: printed with a code each, typed in by two people, counted once both typed the same."""
