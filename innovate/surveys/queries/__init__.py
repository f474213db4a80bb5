"""Reading surveys, who was asked, and what came back."""
