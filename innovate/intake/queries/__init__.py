"""Reading imports, and what a spreadsheet is compared with."""
