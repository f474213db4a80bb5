"""What a spreadsheet of scores means in a round: pure rules."""
