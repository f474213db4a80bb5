"""Reading banks of questions, tests, sheets and what they tell."""
