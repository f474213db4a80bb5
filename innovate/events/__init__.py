"""A competition: phases, groups, tracks, roles in it, its entry form."""
