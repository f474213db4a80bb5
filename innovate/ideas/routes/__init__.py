"""Pages of ideas: the team's proposal, its submission and history, the secretariat's rooms."""
